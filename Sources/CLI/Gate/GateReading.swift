import Deployment
import Diagnostics
import Engine
import Host

/// Evaluates an environment's gate for what is here now.
struct GateReading {
    let context: CommandContext
    let project: Project

    private var repository: GitRepository {
        GitRepository(directory: project.root, host: context.host, environment: context.host.surroundings.variables)
    }

    /// What git says of this moment; a project without git, or one that git refuses, has none of it.
    func gitState() -> (git: GitState?, tree: String?) {
        guard let facts = try? repository.facts(), let commit = facts.commit else { return (nil, nil) }
        let git = GitState(commit: commit, branch: facts.branch, dirty: facts.isDirty, tag: facts.tag)
        return (git, try? repository.tree(of: commit))
    }

    /// Brings here what others have recorded of what the gate asks about: rehearsals, approvals, rollbacks.
    ///
    /// - Returns: why that was not possible, where an environment demands it; elsewhere it is only told.
    func fetch(for environment: EnvironmentManifest) -> SharingFailure? {
        let gate = environment.gate
        guard gate.rehearsed != nil || gate.approvals != nil || gate.requiresAcknowledgement else { return nil }
        let other = gate.rehearsed.flatMap { ProjectLoader(project).environment($0.environment) }
        var asked: Set<SharedHistory> = []
        for settings in [environment.history, other?.history].compactMap(\.self) where asked.insert(settings).inserted {
            do throws(SharingFailure) { try project.fetchShared(settings) } catch {
                if settings.isRequired { return error }
                context.tell("note: judged by what is recorded here: \(ShownText.line(error.diagnostic.message))\n")
            }
        }
        return nil
    }

    /// - Parameter liveness: what was found of it before; asks the environment when there is nothing.
    func conditions(
        of environment: EnvironmentManifest, for runbook: String?, plan: Plan? = nil, isRehearsal: Bool = false,
        git: GitState?, tree: String?, liveness: GateCondition? = nil, loader: ProjectLoader
    ) -> [GateCondition] {
        guard !environment.gate.isOpenAlways else { return [] }
        let bindings = BindingsReading(context: context, project: project)
        return GateEvaluation(
            environment: environment, project: project,
            subject: .init(
                runbook: runbook, plan: plan, isRehearsal: isRehearsal, git: git, tree: tree,
                bindings: { bindings.bindings(of: $0, tree: tree) }),
            compare: ParityComparison(context: context, loader: loader).result,
            liveness: {
                if let liveness { return (liveness.held, liveness.found) }
                let status = StatusProbe(project: project, environment: environment).run()
                return (status.isHealthy, status.summary)
            }
        ).conditions()
    }
}

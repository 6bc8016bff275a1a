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

    func conditions(
        of environment: EnvironmentManifest, for runbook: String?, plan: Plan? = nil, isRehearsal: Bool = false,
        git: GitState?, tree: String?, loader: ProjectLoader
    ) -> [GateCondition] {
        guard !environment.gate.isOpenAlways else { return [] }
        let bindings = BindingsReading(context: context, project: project)
        return GateEvaluation(
            environment: environment, project: project,
            subject: .init(
                runbook: runbook, plan: plan, isRehearsal: isRehearsal, git: git, tree: tree,
                bindings: { bindings.bindings(of: $0, tree: tree) }),
            compare: ParityComparison(context: context, loader: loader).result
        ).conditions()
    }
}

import Deployment
import Diagnostics
import Engine
import Host

/// `resume`: carries a stopped run on after its last finished step, by its frozen plan.
struct ResumeCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let id = try context.run(context.arguments.requiredWord(for: .run), in: project)
        let watcher = RunWatcher(context: context, project: project)
        let reopening = RunReopening(project: project, observe: watcher.observe)
        do {
            let opened = try reopening.open(
                id,
                .init(
                    lockPatience: context.arguments.duration(of: .lockTimeout) ?? .zero,
                    killsOrphans: context.arguments.has(.killOrphan),
                    commandEndingOrphans: "rehearse resume \(id)\(assumptionWords) --kill-orphan"))
            let assumption = assumption
            do throws(StartFailure) {
                try Resumption(record: opened.record, plan: opened.plan, assumption: assumption).check()
            } catch {
                opened.release()
                throw CommandFailure(error)
            }
            let secrets = try resolvedSecrets(opened, project)
            let session = try reopening.session(opened, secrets: secrets)
            tellChanges(opened, project)
            let decisions = RunDecisions(context: context, made: operands(opened, project)).decisions(sightings: [:])
            return try watcher.finish(session, wasRollback: false) { () throws(StateFailure) in
                try session.resume(assumption)
                return try RunEngine(session: session, decisions: decisions).run()
            }
        } catch let failure as StartFailure {
            throw CommandFailure(failure)
        }
    }

    private var assumption: Resumption.Assumption? {
        context.arguments.choice(of: .assume, as: AssumeChoice.self).flatMap {
            Resumption.Assumption(rawValue: $0.rawValue)
        }
    }

    private var assumptionWords: String { assumption.map { " --assume \($0.rawValue)" } ?? "" }

    private func resolvedSecrets(
        _ opened: RunReopening.Opened, _ project: Project
    ) throws -> [(name: String, value: Secret)] {
        let problems = Problems()
        let secrets = SecretResolver(host: context.host, root: project.root).resolve(
            opened.plan.secrets, problems: problems)
        guard !problems.hasErrors else {
            opened.release()
            throw CommandFailure(.invalid, problems.all)
        }
        return secrets
    }

    /// The plan is frozen; that today's runbook is another one is worth saying.
    private func tellChanges(_ opened: RunReopening.Opened, _ project: Project) {
        let differences = RunbookDrift(context: context, project: project).differences(opened.record, opened.plan)
        for difference in differences {
            context.tell("note: today's runbook differs and is not used: \(difference)\n")
        }
    }

    /// What a `parity` step among the remaining ones compares.
    private func operands(_ opened: RunReopening.Opened, _ project: Project) -> PlanMaking.Made? {
        let loader = ProjectLoader(project)
        guard opened.plan.steps.contains(where: { $0.action.parity != nil }),
            let environment = loader.environment(opened.plan.environment.name)
        else { return nil }
        return PlanMaking.Made(plan: opened.plan, environment: environment, compose: nil, loader: loader)
    }
}

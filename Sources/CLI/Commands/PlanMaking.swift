import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Everything that a plan is made of, loaded and validated; what `plan` shows and `run` uses.
struct PlanMaking {
    struct Made {
        let plan: Plan
        let environment: EnvironmentManifest
        /// The rendering for the run's own folder; `nil` when the environment has no Compose files.
        let compose: String?
        let loader: ProjectLoader
    }

    let context: CommandContext
    let project: Project

    /// - Throws: `CommandFailure` with every problem of the runbook, the environment, the templates and the inputs.
    func make() throws -> Made {
        let loader = ProjectLoader(project)
        let arguments = context.arguments
        let runbook = loader.runbook(arguments.requiredWord(for: .runbook))
        let environment = loader.environment(arguments.text(of: .environment) ?? "")
        let library = runbook.map { loader.library(of: $0) } ?? [:]
        let cacheRules = loader.cacheRules(of: library.values)
        // The run's folder is three levels below the project.
        let rendering = environment.flatMap { loader.rendering(of: $0, outputFolder: "\(StateFolder.name)/runs/run") }
        var plan: Plan?
        if let runbook, let environment, !loader.problems.hasErrors {
            let inputs = arguments.assignments(of: .input).map { (name: $0.name, value: $0.value) }
            let planner = Planner(
                runbook: runbook, library: library, environment: environment,
                request: .init(inputs: inputs, isCI: context.isCI), cacheRules: cacheRules,
                problems: loader.problems)
            plan = planner.plan(digests(runbook, library, environment, rendering))
        }
        if let plan { checkOperands(of: plan, loader) }
        context.warn(loader.problems.all, sources: loader.sources)
        guard let plan, let environment, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        return Made(plan: plan, environment: environment, compose: rendering?.yaml, loader: loader)
    }

    /// Of what each was read from, so that a later gate can tell what has changed.
    private func digests(
        _ runbook: Runbook, _ library: [String: Runbook], _ environment: EnvironmentManifest, _ rendering: Rendering?
    ) -> Planner.Digests {
        let digest = context.host.digest
        let tree = JSONWriter.line(environment.tree)
        return Planner.Digests(
            runbook: BindingsReading.digest(of: library, project, digest),
            environment: digest.sha256(Array(tree.utf8)),
            compose: rendering.map { digest.sha256(Array($0.content.utf8)) })
    }

    /// A `parity` step that names an environment which is not there must not be found out in the middle of a run.
    private func checkOperands(of plan: Plan, _ loader: ProjectLoader) {
        var seen: Set<String> = []
        for step in plan.steps where step.skipped == nil {
            guard let parity = step.action.parity else { continue }
            for name in [parity.left, parity.right] where seen.insert(name).inserted {
                _ = loader.environment(name)
            }
        }
    }
}

import Deployment
import Diagnostics
import Engine
import Host

/// Makes the certificate of a rehearsal, and holds it against the project as it is now.
struct CertificateReading {
    let context: CommandContext
    let project: Project

    /// - Returns: `nil` for a run that is no rehearsal.
    func certificate(_ record: RunRecord) -> Certificate? { Certificate(record, changes: changes(since: record)) }

    private func changes(since record: RunRecord) -> [BindingChange] {
        var changes: [BindingChange] = []
        func compare(_ what: String, _ from: String?, _ to: String?) {
            if from != to { changes.append(BindingChange(what: what, from: from, to: to)) }
        }
        let facts = GateReading(context: context, project: project).gitState()
        compare("commit", record.git?.commit, facts.git?.commit)
        compare("git tree", record.bindings?.tree, facts.tree)
        if facts.git?.dirty == true {
            changes.append(BindingChange(what: "working tree", from: "clean", to: "with uncommitted changes"))
        }
        compare("tool", record.tool.version, Version.current)
        let today = today(record, tree: facts.tree)
        compare("rendered Compose file", record.environment.composeSha256, today.compose)
        guard let then = record.bindings, let now = today.bindings else {
            changes.append(BindingChange(what: "runbook", from: record.runbook.sha256, to: nil))
            return changes
        }
        return changes + then.changes(to: now, environments: Set(then.compared.keys).union(now.compared.keys).sorted())
    }

    /// What the same rehearsal would be bound to now.
    private func today(_ record: RunRecord, tree: String?) -> (bindings: Bindings?, compose: String?) {
        let bindings = BindingsReading(context: context, project: project).bindings(of: record.runbook.name, tree: tree)
        let loader = ProjectLoader(project)
        guard let runbook = loader.runbook(record.runbook.name),
            let environment = loader.environment(record.environment.name)
        else { return (bindings, nil) }
        let library = loader.library(of: runbook)
        let rendering = loader.rendering(of: environment, outputFolder: "\(StateFolder.name)/runs/run")
        let compose = rendering.map { context.host.digest.sha256(Array($0.content.utf8)) }
        let inputs = record.inputs.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        let plan = Planner(
            runbook: runbook, library: library, environment: environment,
            request: .init(inputs: inputs, isCI: context.isCI), problems: loader.problems
        ).plan(.init(runbook: "", environment: "", compose: compose))
        guard let plan else { return (bindings, compose) }
        return (bindings?.planned(plan, digest: context.host.digest.sha256), compose)
    }
}

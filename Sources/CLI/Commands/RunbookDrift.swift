import Deployment
import Engine
import Host

/// How today's runbook differs from what a run has recorded; for a person to know, never to act on.
struct RunbookDrift {
    let context: CommandContext
    let project: Project

    /// One sentence for each difference; empty when there is none, or when there is no runbook any more to compare with.
    func differences(_ record: RunRecord, _ plan: Plan) -> [String] {
        guard (try? context.host.files.status("\(project.root)/\(record.runbook.path)")) ?? nil != nil else {
            return ["\(record.runbook.path) is not there any more"]
        }
        let loader = ProjectLoader(project)
        guard let runbook = loader.runbook(record.runbook.name) else {
            return ["\(record.runbook.path) is not valid any more"]
        }
        let today = Dictionary(uniqueKeysWithValues: runbook.steps.map { ($0.id.text, $0) })
        return plan.steps.compactMap { step in
            // Steps of called runbooks have a dot in their name and are told by their own runbook.
            guard !step.id.contains(".") else { return nil }
            guard let now = today[step.id] else { return "the step `\(step.id)` is not in it any more" }
            guard case .command(let command, _, _) = now.rollback, step.rollback.kind == .command else {
                return step.rollback.kind == .command ? "the step `\(step.id)` has no rollback command any more" : nil
            }
            guard command != step.rollback.command else { return nil }
            return
                "the rollback of `\(step.id)` is now `\(command.pasteable)`, and was `\(step.rollback.command?.pasteable ?? "")`"
        }
    }
}

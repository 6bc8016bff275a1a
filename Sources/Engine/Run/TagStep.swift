import Deployment
import Diagnostics
import Host

/// The `tag` action as a step of a run.
struct TagStep {
    let session: RunSession
    let step: PlannedStep
    /// What the preflight of this start saw; `nil` on a rehearsal of nothing.
    let sighting: TagSighting?
    /// The text of a tag that asks for the run's notes.
    let notes: (RunRecord) -> String

    func prepare() -> Result<PreparedAction, ActionRefusal> {
        guard let tag = step.action.tag else { preconditionFailure("a tag step has a tag's settings") }
        let repository = GitRepository(
            directory: session.root, host: session.host, environment: session.host.surroundings.variables)
        let releasing = TagReleasing(repository)
        let request = TagRequest(
            name: tag.name, remote: tag.push, requiredBranch: session.plan.branch, isSigned: tag.sign, run: session.id)
        let message = tag.message ?? notes(session.record)
        switch releasing.prepare(request, message: message, scratch: session.folder, since: sighting) {
        case .refused(let refusal):
            return .failure(ActionRefusal(failure: failure(refusal.problems), log: refusal.output))
        case .ready(let prepared):
            var action = step.action
            action.command = Self.joined(prepared.commands)
            let rollback = PlannedRollback(
                kind: .command, command: prepared.rollback, says: Self.sentence(prepared),
                timeoutMs: step.rollback.timeoutMs ?? step.timeoutMs)
            return .success(
                PreparedAction(
                    action: action, rollback: rollback, work: .commands(prepared.commands),
                    environment: prepared.environment, notes: prepared.notes
                ) {
                    let problems = releasing.confirm(prepared)
                    return problems.isEmpty ? nil : failure(problems)
                })
        }
    }

    private static func sentence(_ prepared: PreparedTag) -> String {
        let places = prepared.remote.map { "here and on \($0)" } ?? "here"
        return "remove the tag \(prepared.name) \(places), while it is the one that this run made"
    }

    /// All the commands as one text that can be pasted; each is still started by itself.
    private static func joined(_ commands: [Script]) -> Script? {
        switch commands.count {
        case 0: nil
        case 1: commands[0]
        default: .shell(commands.map(\.pasteable).joined(separator: " &&\n"))
        }
    }

    private func failure(_ problems: [Diagnostic]) -> StepRecord.Failure {
        let what = problems.map { problem in
            [problem.message, problem.label].compactMap(\.self).joined(separator: ", ")
        }
        let next = problems.compactMap(\.next).map { "; then: \($0)" }.first ?? ""
        return StepRecord.Failure(
            reason: .check, what: what.joined(separator: "; "),
            expected: problems.first?.expected ?? step.expect.says, retry: (problems.first?.retry ?? "safe") + next)
    }
}

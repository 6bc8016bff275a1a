import Deployment
import Host

/// Looks, right after a step was undone and before those in front of it are, whether the world is what the step had found.
struct WayBackCheck {
    let session: RunSession

    /// Takes the captures of a step again and asks its `skip_if`, and writes down what they say.
    ///
    /// - Returns: what did not come back, in words; empty when all did, or when there is nothing to ask.
    func check(_ id: String) throws(StateFailure) -> [String] {
        guard let planned = session.plan.step(id), let step = session.record.step(id), step.mayHaveActed else {
            return []
        }
        // What an `always` step had found was the end of the run, and that is not where its undo leads.
        let captures = planned.always ? [:] : capturedAgain(planned, step)
        var stillDone: Bool?
        if let skipIf = planned.skipIf, step.rollback.status == .done {
            stillDone = ask(skipIf, planned, captures: [:]).succeeded
        }
        guard !captures.isEmpty || stillDone != nil else { return [] }
        try session.append(
            .wayBackChecked(RunEvent.WayBackChecked(step: id, captures: captures, stillDone: stillDone)))
        // As it is on record: with secrets hidden.
        return (session.record.rehearsed?.step(id)?.back?.differences ?? []).map { "`\(id)`: \($0)" }
    }

    private func capturedAgain(_ planned: PlannedStep, _ step: StepRecord) -> [String: String] {
        var earlier: [String: String] = [:]
        var result: [String: String] = [:]
        for capture in planned.capture where step.captures[capture.name] != nil {
            let output = ask(capture.command, planned, captures: earlier)
            let isValue = output.succeeded && !output.isTruncated
            result[capture.name] =
                isValue ? output.trimmedText : "(no answer: \(EndingWords.describe(output.outcome)))"
            earlier[capture.name] = step.captures[capture.name]
        }
        return result
    }

    private func ask(_ script: Script, _ step: PlannedStep, captures: [String: String]) -> CapturedOutput {
        let stem = session.fileStem(of: step.id)
        let variables = StepVariables(session: session).forward(
            step, attempt: 1, captures: captures, outputFile: "\(session.folder)/\(stem).output")
        let directory = step.action.dir.map { "\(session.root)/\($0)" } ?? session.root
        return session.command(script, variables, directory, step)
    }
}

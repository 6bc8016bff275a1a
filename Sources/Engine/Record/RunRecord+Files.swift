import Diagnostics

extension RunRecord {
    /// How the files of a step begin, relative to the run's folder: `steps/04-deploy`, and in a rehearsal's second way
    /// forward `steps/04-deploy.again`.
    package func fileStem(of step: String) -> String {
        Self.fileStem(
            of: step, at: steps.firstIndex { $0.id == step } ?? 0, isAgain: rehearsed?.phase == .again)
    }

    static func fileStem(of step: String, at position: Int, isAgain: Bool) -> String {
        "steps/" + Wording.padded(position + 1) + "-" + step + (isAgain ? ".again" : "")
    }

    /// The file of a step's undo: `steps/04-deploy.rollback.log`; `nil` for a step whose undo has not been started.
    package func rollbackLog(of step: StepRecord) -> String? {
        guard steps.contains(where: { $0.id == step.id }), !step.rollback.attempts.isEmpty else { return nil }
        let attempt = step.rollback.attempts.count
        return "\(fileStem(of: step.id)).rollback\(attempt == 1 ? "" : ".\(attempt)").log"
    }
}

import Deployment
import Diagnostics
import Host

/// Whether an action did what its step expects, from how it ended and what it printed.
enum StepJudgement {
    /// - Returns: `nil` when everything holds that can be seen without running `verify`.
    static func failure(
        of step: PlannedStep, _ outcome: ProcessOutcome, standardOutput: String, standardError: String
    ) -> StepRecord.Failure? {
        let retry = retryAdvice(step)
        if case .notStarted(let failure) = outcome.ending {
            return StepRecord.Failure(
                reason: .spawn, what: EndingWords.describe(failure), expected: step.expect.says,
                retry: "safe, the command never ran")
        }
        if outcome.stopped == .timeout {
            return StepRecord.Failure(
                reason: .timeout,
                what: "it took longer than \(Wording.duration(milliseconds: step.timeoutMs)) and was ended",
                expected: step.expect.says, retry: retry)
        }
        switch outcome.ending {
        case .signalled(let number):
            return StepRecord.Failure(
                reason: .signal, what: "killed by \(SignalName.of(number))", expected: step.expect.says, retry: retry)
        case .exited(let code) where code != step.expect.exit:
            let expected = step.expect.exit == 0 ? step.expect.says : "exit \(step.expect.exit): \(step.expect.says)"
            return StepRecord.Failure(reason: .exit, what: "exit \(code)", expected: expected, retry: retry)
        default: break
        }
        if let within = step.expect.within, outcome.duration > within {
            return StepRecord.Failure(
                reason: .check, what: "it took \(Wording.duration(milliseconds: outcome.duration.milliseconds))",
                expected: "within \(DurationSyntax.format(within)): \(step.expect.says)", retry: retry)
        }
        for (pattern, text, stream) in [
            (step.expect.standardOutput, standardOutput, "standard output"),
            (step.expect.standardError, standardError, "standard error"),
        ] {
            guard let pattern, !Pattern.isFound(pattern, in: text) else { continue }
            return StepRecord.Failure(
                reason: .check, what: "`\(pattern)` was not found in \(stream)",
                expected: step.expect.says, retry: retry)
        }
        return nil
    }

    /// For a step that was stopped by somebody else's will; `nil` when it was not.
    static func interruption(of step: PlannedStep, _ outcome: ProcessOutcome) -> StepRecord.Failure? {
        let what: String
        switch outcome.stopped {
        case .signal(let number): what = "stopped by \(SignalName.of(number)) to rehearse"
        case .request: what = "stopped, because a step beside it did not succeed"
        case .timeout, nil: return nil
        }
        return StepRecord.Failure(
            reason: .signal, what: what, expected: step.expect.says, retry: retryAdvice(step))
    }

    /// For a step that we told to end, and that is still there after KILL.
    static func notEnded(_ step: PlannedStep, _ outcome: ProcessOutcome) -> StepRecord.Failure {
        StepRecord.Failure(
            reason: outcome.stopped == .timeout ? .timeout : .signal,
            what: EndingWords.describe(outcome.stopped) + outcome.survivorWords, expected: step.expect.says,
            retry: "no: its process may still be changing something")
    }

    static func retryAdvice(_ step: PlannedStep) -> String {
        step.idempotent ? "safe: the step may run again" : "look first: the step may have changed something"
    }
}

import Deployment
import Host

/// How an action ended, before it is written down.
struct ActionResult {
    var status: StepStatus
    var exit: Int?
    var signal: String?
    var wasKilled = false
    var metrics: [String: String] = [:]
    var failure: StepRecord.Failure?

    static let succeeded = ActionResult(status: .succeeded)

    init(status: StepStatus, metrics: [String: String] = [:], failure: StepRecord.Failure? = nil) {
        self.status = status
        self.metrics = metrics
        self.failure = failure
    }

    init(_ outcome: ProcessOutcome) {
        status = .succeeded
        wasKilled = outcome.wasKilled
        switch outcome.ending {
        case .exited(let code): exit = Int(code)
        case .signalled(let number): signal = SignalName.of(number)
        case .notStarted: break
        }
    }
}

/// An action right before it runs: what the journal will say of it, and the work itself.
struct PreparedAction {
    enum Work {
        /// Started one after the other; the first that fails ends the step.
        case commands([Script])
        case builtIn((StepOutput) -> ActionResult)
    }

    var action: PlannedAction
    var rollback: PlannedRollback
    var work: Work
    /// In place of the step's own variables, for commands that rehearse makes itself.
    var environment: [String: String]?
    /// Worth telling before it runs.
    var notes: [String] = []
    /// Looks at the result after everything else; `nil` when it is as it should be.
    var confirm: () -> StepRecord.Failure? = { nil }
}

/// A reason why an action cannot start.
struct ActionRefusal: Error {
    let failure: StepRecord.Failure
    /// What a program said to it, for the step's log.
    var log = ""
}

package import Deployment
import Diagnostics
import Host

/// Whether and how a run that stopped can go on.
package struct Resumption: Sendable {
    package enum Assumption: String, CaseIterable, Sendable {
        case done
        case notDone = "not-done"
        case rerun
    }

    private let record: RunRecord
    private let plan: Plan
    private let assumption: Assumption?

    package init(record: RunRecord, plan: Plan, assumption: Assumption?) {
        self.record = record
        self.plan = plan
        self.assumption = assumption
    }

    /// - Throws: `.refused` for a run that cannot go on, `.undecided` while a person must say what became of a step.
    package func check() throws(StartFailure) {
        switch record.status {
        case .succeeded, .closed, .rolledBack, .rollbackIncomplete:
            throw .refused(
                Diagnostic(
                    "\(record.id) cannot be resumed: it is \(record.status.rawValue)",
                    expected: "a run that failed, was interrupted or crashed",
                    next: record.commands.rollback
                        ?? "rehearse run \(record.runbook.name) -e \(record.environment.name)"))
        case .running, .failed, .interrupted, .crashed: break
        }
        guard !record.steps.contains(where: { !$0.rollback.attempts.isEmpty }) else {
            throw .refused(
                Diagnostic(
                    "\(record.id) is being rolled back and cannot be resumed", expected: "a run that goes forward",
                    next: record.commands.rollback))
        }
        guard let doubtful, assumption == nil else { return }
        throw .undecided(
            Diagnostic(
                "the step `\(doubtful.id)` \(Self.words(doubtful)), and it is not `idempotent`",
                expected: "your word on what became of it",
                retry: "with one of the three",
                next: Assumption.allCases.map { "rehearse resume \(record.id) --assume \($0.rawValue)" }
                    .joined(separator: "\n        or: ")))
    }

    /// The step of which nobody knows whether running it again is right; `nil` when there is none.
    package var doubtful: StepRecord? {
        record.steps.first { step in
            guard plan.step(step.id)?.idempotent != true, !step.attempts.isEmpty else { return false }
            switch step.status {
            case .unknown, .interrupted, .running: return true
            case .failed: return step.failure?.reason != .spawn
            case .pending, .succeeded, .skipped, .satisfied: return false
            }
        }
    }

    /// What a person's word on the doubtful step is written down as; `nil` when the step simply runs again.
    ///
    /// - Parameter leftBehind: what that step had put out when its run died.
    package func assumed(_ leftBehind: (StepRecord) -> [String: String]) -> RunEvent? {
        guard assumption == .done, let doubtful else { return nil }
        return .stepEnded(
            RunEvent.StepEnded(
                step: doubtful.id, status: .succeeded, durationMs: 0,
                outputs: doubtful.outputs.merging(leftBehind(doubtful)) { $1 }, metrics: doubtful.metrics,
                assumed: Assumption.done.rawValue))
    }

    private static func words(_ step: StepRecord) -> String {
        switch step.status {
        case .interrupted: "was interrupted"
        case .failed: "failed (\(step.failure?.reason.rawValue ?? "exit")) and may have changed something"
        default: "was started, and how it ended is not known"
        }
    }
}

extension RunSession {
    /// Writes down that the run goes on, and what a person said of its doubtful step.
    package func resume(_ assumption: Resumption.Assumption?) throws(StateFailure) {
        try append(
            .resumed(
                RunEvent.Resumed(
                    actor: Actor(host.surroundings), owner: owner, tool: Tool(version: Version.current),
                    assume: assumption?.rawValue)))
        // Read after that line: only then the step that its run left behind is `unknown`.
        let resumption = Resumption(record: record, plan: plan, assumption: assumption)
        if let assumed = resumption.assumed({ store.outputsLeftBehind(by: $0, in: record) }) { try append(assumed) }
        for step in record.steps { store.forgetOutputsLeftBehind(by: step, in: record) }
        observe(.opened(record))
    }

    /// Writes down that a person has dealt with what was left.
    package func closeByHand(reason: String) throws(StateFailure) {
        try append(.closed(RunEvent.Closed(actor: Actor(host.surroundings), reason: reason)))
    }
}

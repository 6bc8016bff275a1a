package import Deployment
import Diagnostics
package import Host

/// Takes a run back: the recorded commands, newest first, each at most once.
package struct RollbackEngine {
    package struct Options: Sendable {
        package var isAutomatic: Bool
        package var reason: String?
        /// Go on behind a step that cannot be undone.
        package var goesPastIrreversible: Bool
        /// Go on after an undo that failed.
        package var keepsGoing: Bool
        /// Run each undo a second time, which has to succeed as well.
        package var isTwice: Bool
        /// By step: today's undo, in place of the recorded one; `nil` for a rollback by the record.
        package var current: [String: PlannedRollback]?
        /// It is the way back of a rehearsal: what an undo was to bring back is compared.
        package var isRehearsal: Bool

        package init(
            isAutomatic: Bool = false, reason: String? = nil, goesPastIrreversible: Bool = false,
            keepsGoing: Bool = false, isTwice: Bool = false, current: [String: PlannedRollback]? = nil,
            isRehearsal: Bool = false
        ) {
            self.isAutomatic = isAutomatic
            self.reason = reason
            self.goesPastIrreversible = goesPastIrreversible
            self.keepsGoing = keepsGoing
            self.isTwice = isTwice
            self.current = current
            self.isRehearsal = isRehearsal
        }
    }

    private let session: RunSession
    private let options: Options

    package init(session: RunSession, options: Options) {
        self.session = session
        self.options = options
    }

    /// The steps that a rollback of a run would deal with, in its order.
    package static func remaining(_ record: RunRecord) -> [StepRecord] {
        record.steps.reversed().filter(\.needsRollback)
    }

    /// - Returns: the record: `rolled_back`, or `rollback_incomplete` with the problem in `rollback.problem`.
    package func run() throws(StateFailure) -> RunRecord {
        let surroundings = session.host.surroundings
        try session.append(
            .rollbackOpened(
                RunEvent.RollbackOpened(
                    actor: Actor(surroundings), owner: session.owner, tool: Tool(version: Version.current),
                    automatic: options.isAutomatic, reason: options.reason,
                    use: options.current == nil ? nil : "current", rehearsal: options.isRehearsal ? true : nil)))
        session.observe(.rollbackOpened(session.record))
        let signalsBefore = session.host.signals.received()?.count ?? 0
        var problem = hiddenValue()
        for step in problem == nil ? steps : [] {
            if (session.host.signals.received()?.count ?? 0) > signalsBefore {
                problem = joined(problem, "stopped by a signal before `\(step.id)` was undone")
                break
            }
            guard step.needsRollback else {
                if let difference = try difference(after: step) { problem = joined(problem, difference) }
                continue
            }
            if step.rollback.kind == .irreversible {
                guard options.goesPastIrreversible else {
                    problem = "`\(step.id)` cannot be undone: \(step.rollback.reason ?? "")"
                    break
                }
                try session.append(
                    .rollbackWaived(
                        RunEvent.RollbackWaived(
                            step: step.id, actor: Actor(surroundings), reason: "past a point of no return")))
                continue
            }
            if let failure = try undo(step) {
                let what = "undoing `\(step.id)` failed: \(failure.what)"
                problem = options.isRehearsal ? joined(problem, what) : problem ?? what
                // Nobody knows what one that could not be ended is still doing.
                let isAtWork = session.step(step.id)?.rollback.status == .unknown
                guard options.keepsGoing, !isAtWork else { break }
            }
            // An undo that worked and did not bring back what stood there: the others are undone all the same.
            if let difference = try difference(after: step) { problem = joined(problem, difference) }
        }
        if problem == nil || options.isRehearsal, isAllUndone, let difference = try compareFingerprint() {
            problem = joined(problem, difference)
        }
        session.endLeftovers(grace: Step.defaultGrace)
        try session.append(
            .rollbackClosed(
                RunEvent.RollbackClosed(status: problem == nil ? .rolledBack : .rollbackIncomplete, problem: problem)))
        return session.record
    }

    /// Those to deal with; of a rehearsal all, because captures are compared also where nothing is to undo.
    private var steps: [StepRecord] {
        options.isRehearsal ? session.record.steps.reversed() : Self.remaining(session.record)
    }

    private var isAllUndone: Bool { Self.remaining(session.record).isEmpty }

    private func joined(_ problem: String?, _ more: String) -> String { problem.map { "\($0); \(more)" } ?? more }

    /// A rehearsal asks what nobody else does: whether its undos can be run from the record.
    private func hiddenValue() -> String? {
        guard options.isRehearsal else { return nil }
        let record = session.record
        return HiddenValue.first(in: Self.remaining(record), of: record, session.plan)?.diagnostic(record.id).message
    }

    /// What a rehearsal sees that a step's undo did not bring back.
    ///
    /// Steps side by side are looked at together, once the last of them is undone: each had found a world without the
    /// others.
    private func difference(after step: StepRecord) throws(StateFailure) -> String? {
        guard options.isRehearsal else { return nil }
        let all = session.record.steps
        var checked = [step.id]
        if let group = step.group {
            let ids = all.filter { $0.group == group }.map(\.id)
            guard ids.first == step.id else { return nil }
            checked = ids.reversed()
        }
        var found: [String] = []
        for id in checked { found += try WayBackCheck(session: session).check(id) }
        return found.isEmpty ? nil : "not everything came back: \(found.joined(separator: "; "))"
    }

    /// - Returns: what went wrong, or `nil`.
    private func undo(_ step: StepRecord) throws(StateFailure) -> StepRecord.Failure? {
        var step = step
        if let current = options.current?[step.id] { step.rollback.take(current) }
        if let failure = try undoOnce(step, isSecond: false) { return failure }
        guard options.isTwice, let undone = session.step(step.id) else { return nil }
        return try undoOnce(undone, isSecond: true)
    }

    private func undoOnce(_ step: StepRecord, isSecond: Bool) throws(StateFailure) -> StepRecord.Failure? {
        guard let command = step.rollback.command else {
            preconditionFailure("a step that started has its undo on record, or needs none")
        }
        let attempt = step.rollback.attempts.count + 1
        try session.append(
            .rollbackStarted(
                RunEvent.RollbackStarted(
                    step: step.id, attempt: attempt, command: command,
                    idempotencyKey: StepVariables.idempotencyKey(session.id, step.id) + ":rollback",
                    current: options.current?[step.id])))
        if let record = session.step(step.id) { session.observe(.rollbackStarted(record)) }
        let suffix = attempt == 1 ? "rollback" : "rollback.\(attempt)"
        let output = StepOutput(
            session: session, step: step.id, log: "\(session.fileStem(of: step.id)).\(suffix).log",
            isMadeAtOnce: true)
        let start = session.host.clock.monotonicNanoseconds()
        var (outcome, failure) = perform(step, command, attempt: attempt, output)
        if isSecond, let cause = failure {
            failure?.what = "the second time: \(cause.what)"
            failure?.expected = "the same again: a rollback command must be safe to run twice"
        }
        _ = output.finish(cutShort: failure?.reason == .timeout)
        if let warning = output.warning { session.warn(warning) }
        let duration = (session.host.clock.monotonicNanoseconds() - start) / 1_000_000
        let result = ActionResult(outcome)
        let status: RollbackStatus = failure == nil ? .done : outcome.couldNotBeEnded ? .unknown : .failed
        try session.append(
            .rollbackEnded(
                RunEvent.RollbackEnded(
                    step: step.id, status: status, durationMs: duration, exit: result.exit,
                    signal: result.signal, escalated: result.wasKilled ? true : nil, failure: failure)))
        if status == .done { session.store.forgetOutputsLeftBehind(by: step, in: session.record) }
        if let record = session.step(step.id) {
            session.observe(.rollbackEnded(record, lastLines: output.lastLines))
        }
        return failure
    }

    private func perform(
        _ step: StepRecord, _ command: Script, attempt: Int, _ output: StepOutput
    ) -> (ProcessOutcome, StepRecord.Failure?) {
        var step = step
        step.rollback.env.merge(session.store.outputsLeftBehind(by: step, in: session.record)) { $1 }
        let secrets = session.plan.step(step.id)?.secrets ?? []
        let variables = StepVariables(session: session).backward(
            step, secrets: secrets, attempt: attempt, isElsewhere: options.isRehearsal)
        let directory = step.action.dir.map { "\(session.root)/\($0)" } ?? session.root
        // The first signal lets the command finish: half an undo is worse than a late one.
        let timeout = step.rollback.timeoutMs ?? Step.defaultTimeout.milliseconds
        let limits = ProcessLimits(timeout: .milliseconds(timeout), grace: Step.defaultGrace, stopsOnSignal: false)
        let outcome = session.execute(
            Command(command.commandLine, environment: variables, directory: directory), limits, output
        ) { .rollbackSpawned(RunEvent.Spawned(step: step.id, pid: $0.pid, startTime: $0.startTime)) }
        if let failure = Self.failure(outcome, expected: "exit 0 from `\(command.pasteable)`") {
            return (outcome, failure)
        }
        guard let verify = step.rollback.verify else { return (outcome, nil) }
        let check = session.execute(
            Command(verify.commandLine, environment: variables, directory: directory), limits, output, spawned: nil)
        guard var failure = Self.failure(check, expected: "exit 0 from `\(verify.pasteable)` after the undo") else {
            return (outcome, nil)
        }
        failure.reason = .verify
        failure.what = "`\(verify.pasteable)` says no: \(failure.what)"
        return (outcome, failure)
    }

    private static func failure(_ outcome: ProcessOutcome, expected: String) -> StepRecord.Failure? {
        let reason: FailureReason
        switch (outcome.stopped, outcome.ending) {
        case (nil, .exited(0)): return nil
        case (.timeout, _): reason = .timeout
        case (_, .exited): reason = .exit
        case (_, .signalled): reason = .signal
        case (_, .notStarted): reason = .spawn
        }
        return StepRecord.Failure(
            reason: reason, what: EndingWords.describe(outcome) + outcome.survivorWords, expected: expected,
            retry: "rehearse rollback carries on exactly there")
    }

    /// A rollback that did not bring the world back is incomplete, whatever its exit code.
    private func compareFingerprint() throws(StateFailure) -> String? {
        guard let fingerprint = session.record.fingerprint else { return nil }
        let after = session.probe()
        try session.append(.fingerprint(RunEvent.FingerprintTaken(when: .after, values: after)))
        let different = session.record.fingerprint?.differences ?? []
        guard !different.isEmpty else { return nil }
        // As they are on record: with secrets hidden.
        let values = session.record.fingerprint ?? fingerprint
        let details = different.map {
            "`\($0)` was \(ShownValue.words(values.before[$0])) and is \(ShownValue.words(values.after?[$0]))"
        }
        return "the fingerprint did not come back: \(details.joined(separator: "; "))"
    }
}

extension Actor {
    package init(_ surroundings: Surroundings) {
        self.init(
            user: surroundings.userName, host: surroundings.hostName,
            ci: surroundings.variables["CI"].map { !$0.isEmpty && $0 != "false" } ?? false)
    }
}

package import Deployment
package import Host

/// A journal made anew from a record, when the journal itself is lost.
///
/// Folded again it says what the record says, but for its fingerprint: the probes are not on record, so that nothing could
/// be compared.
package struct RevivedJournal {
    private let record: RunRecord
    private let plan: Plan

    package init(_ record: RunRecord, plan: Plan) {
        self.record = record
        self.plan = plan
    }

    /// The lines, whole and chained.
    package func bytes(_ digest: Digest) -> [UInt8] {
        var bytes: [UInt8] = []
        var head = JournalLine.firstChainValue
        for (index, (wall, event)) in events(digest).enumerated() {
            let line = JournalLine(sequence: index + 1, monotonic: 0, wall: wall, event: event, previous: head)
            let text = Array(line.text.utf8)
            head = digest.sha256(text)
            bytes += text + [0x0A]
        }
        return bytes
    }

    /// Each with when it came.
    private func events(_ digest: Digest) -> [(wall: String, event: RunEvent)] {
        let start = record.startedAt
        var events: [(wall: String, event: RunEvent)] = [(start, .opened(opened))]
        events += record.resumed.map { intervention in
            (
                intervention.at,
                .resumed(
                    RunEvent.Resumed(
                        actor: intervention.by, owner: Self.nobody, tool: record.tool, assume: intervention.reason))
            )
        }
        for step in record.steps { events += forward(step) }
        events += record.warnings.map { (record.endedAt ?? start, .warned(RunEvent.Warned(text: $0))) }
        events.append((record.endedAt ?? start, .warned(RunEvent.Warned(text: Self.note))))
        if let rollback = record.rollback {
            events += backward(rollback)
        } else if let end = record.endedAt, [.succeeded, .failed, .interrupted].contains(record.status) {
            events.append((end, .ended(RunEvent.Ended(status: record.status))))
        }
        if let closed = record.closed {
            events.append(
                (closed.at, .closed(RunEvent.Closed(actor: closed.by, reason: closed.reason ?? ""))))
        }
        return events
    }

    private static let note = "its journal was lost; it was made anew from run.json"
    /// Whoever it was is not on record, and is gone.
    private static let nobody = RunEvent.Owner(pid: 0, startTime: 0, bootId: "")

    private var opened: RunEvent.Opened {
        RunEvent.Opened(
            id: record.id, plan: plan, planSha256: "", actor: record.actor, owner: Self.nobody, tool: record.tool,
            git: record.git, reason: record.reason, gateOverride: record.gateOverride, changes: record.changes,
            filesTouched: record.filesTouched, rehearsal: record.rehearsal, lock: record.id)
    }

    // MARK: - Steps

    private func forward(_ step: StepRecord) -> [(wall: String, event: RunEvent)] {
        if step.status == .skipped || step.status == .satisfied {
            let event = RunEvent.StepPassed(step: step.id, status: step.status, reason: step.skipped ?? "")
            return [(record.startedAt, .stepPassed(event))]
        }
        var events: [(wall: String, event: RunEvent)] = []
        for (index, attempt) in step.attempts.enumerated() {
            events.append(
                (
                    attempt.startedAt,
                    .stepStarted(
                        RunEvent.StepStarted(
                            step: step.id, attempt: index + 1, action: step.action, captures: step.captures,
                            rollback: PlannedRollback(step.rollback),
                            idempotencyKey: StepVariables.idempotencyKey(record.id, step.id),
                            log: step.log?.path ?? ""))
                ))
            let isLast = index + 1 == step.attempts.count
            guard let end = attempt.endedAt, !isLast || ![.unknown, .running].contains(step.status) else { continue }
            events.append((end, .stepEnded(ended(step, attempt, isLast: isLast))))
        }
        if step.attempts.isEmpty, step.status == .failed {
            events.append((record.startedAt, .stepEnded(ended(step, nil, isLast: true))))
        }
        return events
    }

    private func ended(_ step: StepRecord, _ attempt: StepRecord.Attempt?, isLast: Bool) -> RunEvent.StepEnded {
        let earlier = attempt?.reason.map { StepRecord.Failure(reason: $0, what: "", expected: "", retry: "") }
        return RunEvent.StepEnded(
            step: step.id, status: isLast ? step.status : .failed, durationMs: attempt?.durationMs ?? 0,
            exit: attempt?.exit, signal: attempt?.signal, escalated: attempt?.escalated,
            outputs: isLast ? step.outputs : [:], metrics: isLast ? step.metrics : [:], log: isLast ? step.log : nil,
            failure: isLast ? step.failure : earlier)
    }

    // MARK: - The way back

    private func backward(_ rollback: RollbackSummary) -> [(wall: String, event: RunEvent)] {
        var events: [(wall: String, event: RunEvent)] = [
            (
                rollback.startedAt,
                .rollbackOpened(
                    RunEvent.RollbackOpened(
                        actor: rollback.by, owner: Self.nobody, tool: record.tool, automatic: rollback.automatic,
                        reason: rollback.reason, use: rollback.use))
            )
        ]
        for step in record.steps.reversed() { events += undo(step, rollback) }
        if let end = rollback.endedAt {
            let status: RunStatus = rollback.problem == nil ? .rolledBack : .rollbackIncomplete
            events.append(
                (end, .rollbackClosed(RunEvent.RollbackClosed(status: status, problem: rollback.problem))))
        }
        return events
    }

    private func undo(_ step: StepRecord, _ rollback: RollbackSummary) -> [(wall: String, event: RunEvent)] {
        var events: [(wall: String, event: RunEvent)] = []
        for (index, attempt) in step.rollback.attempts.enumerated() {
            guard let command = step.rollback.command else { continue }
            events.append(
                (
                    attempt.startedAt,
                    .rollbackStarted(
                        RunEvent.RollbackStarted(
                            step: step.id, attempt: index + 1, command: command,
                            idempotencyKey: StepVariables.idempotencyKey(record.id, step.id) + ":rollback"))
                ))
            guard let end = attempt.endedAt else { continue }
            let isLast = index + 1 == step.rollback.attempts.count
            events.append(
                (
                    end,
                    .rollbackEnded(
                        RunEvent.RollbackEnded(
                            step: step.id, status: isLast ? step.rollback.status : .failed,
                            durationMs: attempt.durationMs ?? 0, exit: attempt.exit, signal: attempt.signal,
                            escalated: attempt.escalated, failure: isLast ? step.rollback.failure : nil))
                ))
        }
        if step.rollback.status == .waived {
            let event = RunEvent.RollbackWaived(
                step: step.id, actor: rollback.by, reason: "past a point of no return")
            events.append((rollback.startedAt, .rollbackWaived(event)))
        }
        return events
    }
}

extension PlannedRollback {
    /// The way back as it is on record.
    package init(_ record: StepRecord.RollbackRecord) {
        self.init(
            kind: record.kind, command: record.command, says: record.says, verify: record.verify,
            timeoutMs: record.timeoutMs, reason: record.reason)
    }
}

package import Deployment
import Diagnostics

/// Folds a journal's events into the record: the one place that says what they mean.
///
/// A class, because a journal that is being written is asked several times for each step, and reading a value of this size
/// out of the writer copies it.
package final class RecordFold {
    private var record: RunRecord
    private var isGoingBack = false
    private var hasEnd = false
    private var taken = 1
    /// The process that began the run, whoever has taken it over since.
    let opener: RunEvent.Owner
    private let planned: [PlannedStep]
    private var rehearsal: RehearsalFold?
    /// Where each step stands in the record.
    private let positions: [String: Int]

    /// - Returns: `nil` when the first event does not open a run.
    ///
    /// - Parameter isOwnerAlive: whether the process that owns the run (the last opener, resumer or rollback) still lives.
    package static func record(_ journal: Journal, isOwnerAlive: Bool) -> RunRecord? {
        RecordFold(journal.lines)?.record(head: journal.head, isOwnerAlive: isOwnerAlive)
    }

    /// - Returns: `nil` when the first event does not open a run.
    package convenience init?(_ lines: [JournalLine]) {
        guard let first = lines.first, case .opened(let opened) = first.event else { return nil }
        self.init(opened, first)
        for line in lines.dropFirst() { take(line) }
    }

    /// What the events so far come to.
    package func record(head: String, isOwnerAlive: Bool) -> RunRecord {
        copy().finish(JournalHead(events: taken, head: head), isOwnerAlive: isOwnerAlive)
    }

    /// Another one that goes its own way from here.
    func copy() -> RecordFold { RecordFold(copying: self) }

    /// One step as the events so far have left it.
    func step(_ id: String) -> StepRecord? { positions[id].map { record.steps[$0] } }

    func status(of step: String) -> StepStatus? { positions[step].map { record.steps[$0].status } }

    func attempts(of step: String) -> Int { positions[step].map { record.steps[$0].attempts.count } ?? 0 }

    /// How the files of a step begin, as `RunRecord.fileStem(of:)` says.
    func fileStem(of step: String) -> String {
        RunRecord.fileStem(of: step, at: positions[step] ?? 0, isAgain: rehearsal?.record.phase == .again)
    }

    /// What the steps before one have captured and put out so far.
    func variables(before step: String) -> [String: String] { record.variables(before: step) }

    /// The process that has to be alive for the run to be going on.
    package static func owner(_ events: [RunEvent]) -> RunEvent.Owner? { ownerAndHost(events)?.owner }

    /// The same with the name of its machine.
    package static func ownerAndHost(_ events: [RunEvent]) -> (owner: RunEvent.Owner, host: String)? {
        for event in events.reversed() {
            switch event {
            case .opened(let value): return (value.owner, value.actor.host)
            case .resumed(let value): return (value.owner, value.actor.host)
            case .rollbackOpened(let value): return (value.owner, value.actor.host)
            default: continue
            }
        }
        return nil
    }

    private init(_ opened: RunEvent.Opened, _ line: JournalLine) {
        let plan = opened.plan
        let steps = opened.plan.steps.map(StepRecord.init(pending:))
        opener = opened.owner
        planned = opened.plan.steps
        rehearsal = opened.rehearse.map { RehearsalFold($0) }
        positions = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.id, $0) })
        record = RunRecord(
            schema: RunRecord.currentSchema, id: opened.id, runbook: plan.runbook, environment: plan.environment,
            git: opened.git, actor: opened.actor, tool: opened.tool, reason: opened.reason, inputs: plan.inputs,
            status: .running, settled: false, startedAt: line.wall, rehearsal: opened.rehearsal,
            bindings: opened.bindings, gate: opened.gate,
            gateOverride: opened.gateOverride, changes: opened.changes, filesTouched: opened.filesTouched, steps: steps,
            resumed: [], warnings: [],
            commands: Commands(), journal: JournalHead(events: 0, head: ""))
    }

    private init(copying other: RecordFold) {
        record = other.record
        isGoingBack = other.isGoingBack
        hasEnd = other.hasEnd
        taken = other.taken
        opener = other.opener
        planned = other.planned
        rehearsal = other.rehearsal
        positions = other.positions
    }

    // MARK: - Events

    func take(_ line: JournalLine) {
        taken += 1
        switch line.event {
        case .opened: break
        case .resumed(let value):
            loseOwner()
            hasEnd = false
            record.resumed.append(Intervention(at: line.wall, by: value.actor, reason: value.assume))
        case .fingerprint(let value): take(value)
        case .stepPassed(let value):
            change(value.step) {
                $0.status = value.status
                $0.skipped = value.reason
            }
        case .stepStarted(let value): take(value, at: line.wall)
        case .stepSpawned, .rollbackSpawned: break
        case .stepEnded(let value): take(value, at: line.wall)
        case .rollbackOpened(let value):
            loseOwner()
            isGoingBack = true
            hasEnd = false
            record.rollback = RollbackSummary(
                startedAt: line.wall, by: value.actor, automatic: value.automatic, reason: value.reason,
                use: value.use, rehearsal: value.rehearsal)
            if value.rehearsal == true { rehearsal?.record.phase = .back }
        case .rollbackStarted(let value):
            change(value.step) {
                $0.rollback.status = .running
                if let current = value.current { $0.rollback.take(current) }
                $0.rollback.command = value.command
                $0.rollback.failure = nil
                $0.rollback.attempts.append(StepRecord.Attempt(startedAt: line.wall))
            }
        case .rollbackEnded(let value): take(value, at: line.wall)
        case .rollbackWaived(let value): change(value.step) { $0.rollback.status = .waived }
        case .rollbackClosed(let value):
            finishAt(line.wall, value.status)
            record.rollback?.endedAt = line.wall
            record.rollback?.problem = value.problem
        case .warned(let value): record.warnings.append(value.text)
        case .ended(let value): finishAt(line.wall, value.status)
        case .closed(let value):
            loseOwner()
            record.closed = Intervention(at: line.wall, by: value.actor, reason: value.reason)
            hasEnd = true
            record.status = .closed
        case .wayBackChecked(let value): rehearsal?.checks[value.step] = value
        case .rehearsalAdvanced(let value):
            if value.phase == .again { goAgain() }
        }
    }

    /// A rehearsal's second way forward: every step begins anew, and what was seen so far is kept beside.
    private func goAgain() {
        rehearsal?.goAgain(record, planned)
        record.steps = planned.map(StepRecord.init(pending:))
        record.fingerprint?.after = nil
        record.rollback = nil
        record.endedAt = nil
        record.status = .running
        isGoingBack = false
        hasEnd = false
    }

    /// The process that ran what has no end is gone: it died, or another one would not have taken over.
    private func loseOwner() {
        for index in record.steps.indices {
            if record.steps[index].status == .running { record.steps[index].status = .unknown }
            if record.steps[index].rollback.status == .running { record.steps[index].rollback.status = .unknown }
        }
    }

    private func change(_ step: String, _ edit: (inout StepRecord) -> Void) {
        guard let position = positions[step] else { return }
        edit(&record.steps[position])
    }

    private func take(_ value: RunEvent.FingerprintTaken) {
        switch value.when {
        case .before: record.fingerprint = Fingerprint(before: value.values)
        case .after: record.fingerprint?.after = value.values
        }
    }

    private func take(_ value: RunEvent.StepStarted, at wall: String) {
        change(value.step) {
            $0.status = .running
            $0.skipped = nil
            $0.failure = nil
            $0.action = value.action
            $0.captures = value.captures
            $0.attempts.append(StepRecord.Attempt(startedAt: wall))
            $0.log = StepRecord.LogSummary(path: value.log, bytes: 0, omitted: 0, truncated: false)
            $0.rollback.take(value.rollback)
            $0.rollback.env = value.action.env.merging(value.captures) { $1 }
            $0.rollback.status = value.rollback.kind == .none || value.rollback.kind == .irreversible ? .none : .pending
        }
    }

    private func take(_ value: RunEvent.StepEnded, at wall: String) {
        change(value.step) {
            $0.status = value.status
            $0.failure = value.failure
            $0.outputs = value.outputs
            $0.metrics = value.metrics
            if let log = value.log { $0.log = log }
            $0.rollback.env.merge(value.outputs) { $1 }
            guard let last = $0.attempts.indices.last, $0.attempts[last].endedAt == nil else { return }
            $0.attempts[last].end(
                at: wall, value.durationMs, exit: value.exit, signal: value.signal, escalated: value.escalated,
                reason: value.failure?.reason)
        }
    }

    private func take(_ value: RunEvent.RollbackEnded, at wall: String) {
        change(value.step) {
            $0.rollback.status = value.status
            $0.rollback.failure = value.failure
            guard let last = $0.rollback.attempts.indices.last else { return }
            $0.rollback.attempts[last].end(
                at: wall, value.durationMs, exit: value.exit, signal: value.signal, escalated: value.escalated,
                reason: value.failure?.reason)
        }
    }

    private func finishAt(_ wall: String, _ status: RunStatus) {
        hasEnd = true
        record.status = status
        record.endedAt = wall
    }

    // MARK: - What follows from them

    private func finish(_ head: JournalHead, isOwnerAlive: Bool) -> RunRecord {
        record.journal = head
        if !hasEnd {
            record.status = isOwnerAlive ? .running : isGoingBack ? .rollbackIncomplete : .crashed
            record.endedAt = nil
        }
        if !isOwnerAlive { loseOwner() }
        record.durationMs = Self.milliseconds(from: record.startedAt, to: record.endedAt)
        record.settled = isSettled
        record.commands = commands
        record.rehearsed = rehearsal?.finished(record, planned)
        return record
    }

    private var isSettled: Bool {
        switch record.status {
        case .running: false
        case .succeeded, .closed, .rolledBack: true
        case .rollbackIncomplete: false
        case .failed, .interrupted, .crashed: !record.steps.contains(where: \.needsRollback)
        }
    }

    private var commands: Commands {
        var commands = Commands()
        let canGoOn = [.failed, .interrupted, .crashed].contains(record.status) && !isGoingBack
        if canGoOn { commands.resume = "rehearse resume \(record.id)" }
        // An incomplete one with every undo done still has its fingerprint to compare.
        let canGoBack = record.status == .rollbackIncomplete || record.steps.contains(where: \.needsRollback)
        if record.status != .closed, record.status != .running, canGoBack {
            commands.rollback = "rehearse rollback \(record.id)"
        }
        return commands
    }

    private static func milliseconds(from start: String, to end: String?) -> Int? {
        guard let end, let first = Timestamp(start), let last = Timestamp(end) else { return nil }
        return max(0, last.millisecondsSince1970 - first.millisecondsSince1970)
    }
}

extension StepRecord {
    /// The record of a step of which nothing has happened yet.
    package init(pending step: PlannedStep) {
        self.init(
            id: step.id, name: step.name, owner: step.owner, group: step.group, expect: step.expect,
            action: step.action,
            status: .pending, attempts: [], captures: [:], outputs: [:], metrics: [:],
            rollback: RollbackRecord(
                kind: step.rollback.kind, command: step.rollback.command, says: step.rollback.says,
                verify: step.rollback.verify,
                timeoutMs: step.rollback.timeoutMs, reason: step.rollback.reason, env: step.action.env,
                status: step.rollback.kind == .none || step.rollback.kind == .irreversible ? .none : .pending,
                attempts: []))
    }
}

extension StepRecord.Attempt {
    fileprivate mutating func end(
        at wall: String, _ duration: Int, exit: Int?, signal: String?, escalated: Bool?, reason: FailureReason?
    ) {
        endedAt = wall
        durationMs = duration
        self.exit = exit
        self.signal = signal
        self.escalated = escalated
        self.reason = reason
    }
}

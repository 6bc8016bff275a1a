import Deployment
import Diagnostics
@testable import Engine

/// A run as its journal would tell it, event by event; the record is the engine's own fold of that.
struct RunStory {
    static let id = "20261120T204512Z-release-staging-9f3c"

    private(set) var plan: Plan
    private var lines: [JournalLine] = []
    private var time = Timestamp("2026-11-20T20:45:12Z") ?? Timestamp(millisecondsSince1970: 0)
    var isOwnerAlive = true

    static let ann = Actor(user: "ann", host: "laptop", ci: false)
    private static let owner = RunEvent.Owner(pid: 1, startTime: 1, bootId: "boot")

    init(
        _ plan: Plan = .sample, reason: String? = "fix uploads", changes: [String] = [], files: [String] = [],
        git: GitState? = GitState(
            commit: String(repeating: "1a2b3c4d", count: 5), branch: "main", dirty: false, tag: nil)
    ) {
        self.plan = plan
        tell(
            .opened(
                RunEvent.Opened(
                    id: Self.id, plan: plan, planSha256: "", actor: Self.ann, owner: Self.owner,
                    tool: Tool(version: "1.0.0"), git: git, reason: reason, gateOverride: nil, changes: changes,
                    filesTouched: files, rehearsal: false, lock: "lock")))
    }

    var record: RunRecord {
        guard let record = RecordFold(lines)?.record(head: "", isOwnerAlive: isOwnerAlive) else {
            preconditionFailure("a story begins with the opening")
        }
        return record
    }

    func step(_ id: String) -> StepRecord {
        guard let step = record.step(id) else { preconditionFailure("no step `\(id)` in the story") }
        return step
    }

    mutating func tell(_ event: RunEvent, after milliseconds: Int = 0) {
        time = time.adding(milliseconds: milliseconds)
        lines.append(
            JournalLine(sequence: lines.count, monotonic: 0, wall: time.description, event: event, previous: ""))
    }

    // MARK: - Forward

    mutating func start(_ id: String, captures: [String: String] = [:]) {
        guard let step = plan.step(id), let position = plan.steps.firstIndex(of: step) else { return }
        let attempt = self.step(id).attempts.count + 1
        tell(
            .stepStarted(
                RunEvent.StepStarted(
                    step: id, attempt: attempt, action: step.action, captures: captures, rollback: step.rollback,
                    idempotencyKey: "", log: "steps/\(Wording.padded(position + 1))-\(id).log")))
    }

    mutating func succeed(
        _ id: String, in milliseconds: Int = 1_200, captures: [String: String] = [:], outputs: [String: String] = [:],
        metrics: [String: String] = [:]
    ) {
        start(id, captures: captures)
        tell(
            .stepEnded(
                RunEvent.StepEnded(
                    step: id, status: .succeeded, durationMs: milliseconds, exit: 0, outputs: outputs, metrics: metrics,
                    log: log(of: id))),
            after: milliseconds)
    }

    mutating func end(_ id: String, _ status: StepStatus, in milliseconds: Int, _ failure: StepRecord.Failure?) {
        tell(
            .stepEnded(
                RunEvent.StepEnded(
                    step: id, status: status, durationMs: milliseconds, exit: 1, outputs: [:], metrics: [:],
                    log: log(of: id), failure: failure)),
            after: milliseconds)
    }

    /// Every step that was started has printed something.
    private func log(of id: String) -> StepRecord.LogSummary? {
        step(id).log.map { StepRecord.LogSummary(path: $0.path, bytes: 24, omitted: 0, truncated: false) }
    }

    mutating func fail(_ id: String, in milliseconds: Int = 3_400, what: String = "exit 1") {
        start(id)
        endFailed(id, in: milliseconds, what: what)
    }

    /// The end of a step that has been started.
    mutating func endFailed(_ id: String, in milliseconds: Int = 3_400, what: String = "exit 1") {
        end(
            id, .failed, in: milliseconds,
            StepRecord.Failure(
                reason: .exit, what: what, expected: plan.step(id)?.expect.says ?? "",
                retry: "look first: the step may have changed something"))
    }

    mutating func skip(_ id: String, because reason: String) {
        tell(.stepPassed(RunEvent.StepPassed(step: id, status: .skipped, reason: reason)))
    }

    mutating func finish(_ status: RunStatus) { tell(.ended(RunEvent.Ended(status: status))) }

    // MARK: - Back

    mutating func openRollback(automatic: Bool = true) {
        tell(
            .rollbackOpened(
                RunEvent.RollbackOpened(
                    actor: Self.ann, owner: Self.owner, tool: Tool(version: "1.0.0"), automatic: automatic, reason: nil)
            ))
    }

    mutating func startUndo(_ id: String) {
        let step = step(id)
        guard let command = step.rollback.command else { return }
        tell(
            .rollbackStarted(
                RunEvent.RollbackStarted(
                    step: id, attempt: step.rollback.attempts.count + 1, command: command, idempotencyKey: "")))
    }

    mutating func undo(_ id: String, in milliseconds: Int = 800, failure: String? = nil) {
        startUndo(id)
        let failed = failure.map {
            StepRecord.Failure(
                reason: .exit, what: $0, expected: "exit 0 from the undo",
                retry: "rehearse rollback carries on exactly there")
        }
        tell(
            .rollbackEnded(
                RunEvent.RollbackEnded(
                    step: id, status: failed == nil ? .done : .failed, durationMs: milliseconds,
                    exit: failed == nil ? 0 : 3, failure: failed)),
            after: milliseconds)
    }

    mutating func closeRollback(problem: String? = nil) {
        tell(
            .rollbackClosed(
                RunEvent.RollbackClosed(status: problem == nil ? .rolledBack : .rollbackIncomplete, problem: problem)))
    }

    // MARK: - Whole runs

    /// All four steps, 1.2 s each.
    static var succeeded: RunStory {
        var story = RunStory()
        story.succeed("lint")
        story.succeed("migrate", captures: ["BEFORE": "0001"])
        story.succeed("deploy")
        story.succeed("announce")
        story.finish(.succeeded)
        return story
    }

    /// `deploy` fails, and everything is left as it is.
    static var failed: RunStory {
        var story = RunStory()
        story.succeed("lint")
        story.succeed("migrate", captures: ["BEFORE": "0001"])
        story.fail("deploy")
        story.finish(.failed)
        return story
    }

    /// `deploy` fails, and the run undoes itself.
    static var rolledBack: RunStory {
        var story = failed
        story.openRollback()
        story.undo("deploy")
        story.undo("migrate")
        story.closeRollback()
        return story
    }

    /// `deploy` fails, and so does its undo.
    static var stuck: RunStory {
        var story = failed
        story.openRollback()
        story.undo("deploy", failure: "exit 3")
        story.closeRollback(problem: "undoing `deploy` failed: exit 3")
        return story
    }
}

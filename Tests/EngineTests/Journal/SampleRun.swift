@testable import Deployment
import Diagnostics
@testable import Engine
import Host

/// A run of two steps as a journal's lines, built without a clock or a file.
struct SampleRun {
    static let id = "20261121T101310Z-release-staging-2b94"
    static let actor = Actor(user: "ann", host: "ci-1", ci: true)
    static let owner = RunEvent.Owner(pid: 4_711, startTime: 99, bootId: "boot")

    let digest = Host.live().digest
    private(set) var lines: [JournalLine] = []
    private var head = JournalLine.firstChainValue

    /// - Parameter rollbacks: of the steps `one`, `two`, …, in this order.
    init(
        _ rollbacks: [PlannedRollback] = [
            .init(kind: .command, command: .shell("undo one")), .init(kind: .none, reason: "reads"),
        ], tool: String = "0", environment: String = "staging"
    ) {
        let steps = zip(["one", "two", "three"], rollbacks).map { id, rollback in
            PlannedStep(
                id: id, name: "Step \(id)", owner: "backend", expect: Expectation(says: "it works"),
                action: PlannedAction(kind: "run", command: .shell("do \(id)")), capture: [], rollback: rollback,
                timeoutMs: 1_000, graceMs: 100, secrets: [], idempotent: false, always: false)
        }
        let plan = Plan(
            runbook: .init(name: "release", path: "runbooks/release.yaml", sha256: "a"),
            environment: .init(name: environment, sha256: "b", composeSha256: nil), inputs: ["VERSION": "1.4.2"],
            variables: ["PORT": "8000"], url: nil, branch: nil, secrets: ["TOKEN": .variable("CI_TOKEN")],
            fingerprint: [],
            steps: steps)
        tell(
            .opened(
                RunEvent.Opened(
                    id: Self.id, plan: plan, planSha256: "c", actor: Self.actor, owner: Self.owner,
                    tool: Tool(version: tool), changes: [], filesTouched: [], rehearsal: false, lock: Self.id)))
    }

    mutating func tell(_ event: RunEvent) {
        let line = JournalLine(
            sequence: lines.count + 1, monotonic: lines.count * 1_000,
            wall: Timestamp(millisecondsSince1970: 1_795_255_990_000 + lines.count * 1_000).description, event: event,
            previous: head)
        head = digest.sha256(Array(line.text.utf8))
        lines.append(line)
    }

    mutating func start(
        _ step: String, attempt: Int = 1, rollback: PlannedRollback = .init(kind: .command, command: .shell("undo"))
    ) {
        tell(
            .stepStarted(
                RunEvent.StepStarted(
                    step: step, attempt: attempt, action: PlannedAction(kind: "run", command: .shell("do \(step)")),
                    captures: ["OLD": "1"], rollback: rollback, idempotencyKey: "k", log: "steps/01-\(step).log")))
    }

    mutating func end(_ step: String, _ status: StepStatus, failure: StepRecord.Failure? = nil) {
        tell(
            .stepEnded(
                RunEvent.StepEnded(
                    step: step, status: status, durationMs: 12, exit: status == .succeeded ? 0 : 1,
                    outputs: ["OUT": "2"],
                    metrics: [:], failure: failure)))
    }

    mutating func openRollback() {
        tell(
            .rollbackOpened(
                RunEvent.RollbackOpened(actor: Self.actor, owner: Self.owner, tool: Tool(version: "0"), automatic: true)
            ))
    }

    var bytes: [UInt8] { lines.flatMap { (line: JournalLine) -> [UInt8] in Array(line.text.utf8) + [0x0A] } }
    var journal: Journal { get throws { try Journal.read(bytes, digest: digest) } }

    func record(isOwnerAlive: Bool = false) throws -> RunRecord {
        guard let record = RecordFold.record(try journal, isOwnerAlive: isOwnerAlive) else { throw NotARun() }
        return record
    }

    struct NotARun: Error {}
}

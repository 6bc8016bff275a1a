import Testing
import YAML

@testable import Deployment
@testable import Engine

/// What makes its own tree has to say each of its properties, in their order and spelling, and to be read back the same.
@Suite struct `Trees of what every run writes` {
    private static let script = Script.arguments(["make", "it"])
    private static let probe = Plan.Probe(name: "VERSION", command: .shell("cat version"))
    private static let rollback = PlannedRollback(
        kind: .command, command: script, says: "puts it back", verify: .shell("test -f it"), timeoutMs: 1_000,
        reason: "none of it")
    private static let action: PlannedAction = {
        var action = PlannedAction(kind: "run", command: script, dir: "app", env: ["A": "1"])
        action.parity = .init(left: "staging", right: "production")
        action.tag = tag
        action.output = "compose.yaml"
        action.question = "Sure?"
        action.check = CheckSettings(.mapping([(key: "url", value: .string("http://localhost"))]))
        return action
    }()
    private static let tag = PlannedAction.Tag(name: "v1", message: "one", push: "origin", sign: true)
    private static let step = PlannedStep(
        id: "one", name: "One", owner: "backend",
        expect: Deployment.Expectation(
            says: "works", exit: 3, standardOutput: "o", standardError: "e", within: .seconds(1)),
        action: action, verify: script, capture: [probe], rollback: rollback, timeoutMs: 1, graceMs: 2,
        retry: Retry(times: 2, delay: .milliseconds(5), backoff: 1.5, on: ["7"]), secrets: ["TOKEN"], skipIf: script,
        idempotent: true, always: true, skipped: "elsewhere", group: "both")
    private static let plan = Plan(
        runbook: .init(name: "release", path: "runbooks/release.yaml", sha256: "a"),
        environment: .init(name: "staging", sha256: "b", composeSha256: "c"), inputs: ["I": "1"], variables: ["V": "2"],
        url: "http://localhost", branch: "main",
        secrets: ["T": .variable("T"), "F": .file("f"), "C": .command(["pass", "it"])], fingerprint: [probe],
        history: SharedHistory(remote: "origin"), steps: [step])
    private static let failure = StepRecord.Failure(reason: .exit, what: "w", expected: "e", retry: "r")
    private static let attempt = StepRecord.Attempt(
        startedAt: "s", endedAt: "e", durationMs: 1, exit: 2, signal: "SIGTERM", reason: .signal, escalated: true)
    private static let log = StepRecord.LogSummary(path: "p", bytes: 1, omitted: 2, truncated: true)
    private static let undo = StepRecord.RollbackRecord(
        kind: .command, command: script, says: "s", verify: script, timeoutMs: 1, reason: "r", env: ["A": "1"],
        status: .done, attempts: [attempt], failure: failure)
    private static let stepRecord = StepRecord(
        id: "one", name: "One", owner: "backend", group: "g", expect: Deployment.Expectation(says: "works"),
        action: action,
        status: .failed, skipped: "s", attempts: [attempt], captures: ["C": "1"], outputs: ["O": "1"],
        metrics: ["M": "1"], log: log, rollback: undo, failure: failure)
    private static let git = GitState(commit: "c", branch: "main", dirty: true, tag: "v1")
    private static let bindings = Bindings(
        tree: "t", runbook: "r", steps: "s", rollbacks: "b", templates: "c", compared: ["staging": "d"])
    private static let gate = [GateCondition(name: "clean", held: false, found: "dirty", openWith: "git stash")]

    private static var opened: RunEvent.Opened {
        get throws {
            RunEvent.Opened(
                id: "i", plan: plan, planSha256: "p", actor: SampleRun.actor, owner: SampleRun.owner,
                tool: Tool(version: "1"), git: git, reason: "r", gateOverride: "o", changes: ["c"], filesTouched: ["f"],
                rehearsal: true, lock: "l", rehearse: RehearsalOptions(twice: true), bindings: bindings, gate: gate)
        }
    }

    private static var record: RunRecord {
        get throws {
            var run = SampleRun()
            run.start("one")
            run.end("one", .failed, failure: failure)
            run.openRollback()
            var record = try run.record()
            record.git = git
            record.reason = "r"
            record.endedAt = "e"
            record.durationMs = 1
            record.rehearsed = RehearsalFold(RehearsalOptions(twice: true)).record
            record.bindings = bindings
            record.gate = gate
            record.gateOverride = "o"
            record.rollback?.endedAt = "e"
            record.fingerprint = Fingerprint(before: ["A": "1"], after: ["A": "2"])
            record.closed = Intervention(at: "a", by: SampleRun.actor, reason: "r")
            record.commands = Commands(resume: "r", rollback: "b")
            return record
        }
    }

    @Test func `each of its properties is said`() throws {
        try hold(Self.plan)
        try hold(Self.plan.runbook)
        try hold(Self.plan.environment)
        try hold(Self.probe)
        try hold(Self.step)
        try hold(Self.action)
        try hold(PlannedAction.Parity(left: "l", right: "r"))
        try hold(Self.tag)
        try hold(Self.rollback)
        try hold(Self.record)
        try hold(SampleRun.actor)
        try hold(Tool(version: "1"))
        try hold(Self.git)
        try hold(Commands(resume: "r", rollback: "b"))
        try hold(JournalHead(events: 1, head: "h"))
        try hold(Self.stepRecord)
        try hold(Self.attempt)
        try hold(Self.log)
        try hold(Self.failure)
        try hold(Self.undo)
        try hold(Self.opened)
        try hold(SampleRun.owner)
        try hold(
            RunEvent.StepStarted(
                step: "s", attempt: 1, action: Self.action, captures: ["C": "1"], rollback: Self.rollback,
                idempotencyKey: "k", log: "l"))
        try hold(RunEvent.Spawned(step: "s", pid: 7, startTime: .max))
        try hold(
            RunEvent.StepEnded(
                step: "s", status: .failed, durationMs: 1, exit: 1, signal: "SIGTERM", escalated: true,
                outputs: ["O": "1"], metrics: ["M": "1"], log: Self.log, failure: Self.failure, assumed: "done"))
        try hold(RunEvent.Ended(status: .failed))
        try hold(EnvironmentLock.Note(run: "r", user: "u", host: "h", pid: 1, startedAt: "s"))
    }

    /// Every key is a property's name in snake case, in the order of the properties, none of which may be `nil` here.
    private func hold<Value: NodeConvertible & Decodable & Hashable>(
        _ value: Value, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let properties = Mirror(reflecting: value).children.compactMap(\.label)
        for child in Mirror(reflecting: value).children where Mirror(reflecting: child.value).displayStyle == .optional
        {
            #expect(
                Mirror(reflecting: child.value).children.count == 1, "\(Value.self).\(child.label ?? "") is not set",
                sourceLocation: location)
        }
        #expect(value.node.mapping?.keys == properties.map(Self.snakeCase), sourceLocation: location)
        // As a file has it.
        let written = try JSONReader.read(Array(JSONWriter.document(value.node).utf8))
        #expect(try NodeDecoder.decode(Value.self, from: written) == value, sourceLocation: location)
        #expect(NodeEncoder.encode(value).hasSameContent(as: value.node), sourceLocation: location)
        #expect(NodeEncoder.encode([value]).sequence?.first?.hasSameContent(as: value.node) == true)
    }

    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    @Test(arguments: [
        Deployment.Expectation(says: "works"), Deployment.Expectation(says: "works", exit: 1),
        Deployment.Expectation(says: "works", standardOutput: "o", standardError: "e", within: .milliseconds(7)),
    ])
    func `an expectation is a sentence unless it asks for more`(expectation: Deployment.Expectation) throws {
        #expect((expectation.node.string == nil) == !expectation.isPlain)
        #expect(try NodeDecoder.decode(Deployment.Expectation.self, from: expectation.node) == expectation)
    }

    @Test func `what is nil is left out`() {
        let attempt = StepRecord.Attempt(startedAt: "s")
        #expect(attempt.node.mapping?.keys == ["started_at"])
    }
}

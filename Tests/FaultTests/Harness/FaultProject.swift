import Glibc
import Host
import TestSupport
import Testing
import YAML

/// A project in which something goes wrong, watched from outside.
///
/// What the program answers is kept, and held against the invariants of RELIABILITY section 3: I1, I6 and I7 right after
/// each command, the others by `holdInvariants`, with which every row ends.
final class FaultProject {
    /// The secret of every project, which may be in no byte that is shown or kept.
    static let canary = Canary.value

    let project: TraceProject
    /// The longest that a command of this row may take.
    let ceiling: Duration
    /// All that was printed so far.
    private(set) var said: [String] = []
    private var isHeld = false

    init(
        _ steps: [TracedStep], head: String = "", environment: String = "", variables: [String: String] = [:],
        ceiling: Duration = .seconds(3)
    ) throws {
        self.ceiling = ceiling
        project = try TraceProject(
            steps, head: head, environment: "secrets: {CANARY: {env: CANARY_SOURCE}}\n\(environment)",
            variables: ["CANARY_SOURCE": Self.canary].merging(variables) { $1 })
    }

    deinit { if !isHeld { Issue.record("a row ends with `holdInvariants`") } }

    // MARK: - What it does

    /// Runs the program to its end.
    @discardableResult
    func callAsFunction(
        _ words: String..., through launcher: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) -> RehearseBinary.Answer {
        command(words, through: launcher, sourceLocation)
    }

    /// `run work -e test` and more words.
    @discardableResult
    func run(
        _ more: String..., through launcher: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) -> RehearseBinary.Answer {
        command(["run", "work", "-e", "test"] + more, through: launcher, sourceLocation)
    }

    /// `rollback last --yes` and more words.
    @discardableResult
    func rollback(
        _ more: String..., through launcher: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) -> RehearseBinary.Answer {
        command(["rollback", "last", "--yes"] + more, through: launcher, sourceLocation)
    }

    func command(
        _ words: [String], through launcher: [String] = [], _ sourceLocation: SourceLocation = #_sourceLocation
    ) -> RehearseBinary.Answer {
        let begin = ContinuousClock.now
        let answer = project.rehearse.run(launcher + [RehearseBinary.path] + words)
        judge(answer, words, ContinuousClock.now - begin, sourceLocation)
        return answer
    }

    /// Starts the program and does not wait.
    func start(_ words: [String] = ["run", "work", "-e", "test"], through launcher: [String] = []) throws
        -> RunningFault
    {
        RunningFault(
            program: try project.rehearse.start(words: words, through: launcher), words: words, project: self)
    }

    /// Runs a shell text in the project; `$REHEARSE` is the program.
    func shell(_ text: String) -> RehearseBinary.Answer {
        let answer = project.rehearse.shell(text)
        said += [answer.output, answer.error]
        return answer
    }

    // MARK: - What can be seen

    var scratch: ScratchDirectory { project.scratch }
    var trace: [String] { project.trace }
    var runs: [String] { project.runs }

    /// Bytes of a file of the last run.
    func bytes(of name: String) throws -> [UInt8] { try Files.live.read(scratch(project.path(name)), 1 << 30) }

    func journal() throws -> JournalOnDisk { JournalOnDisk(try bytes(of: "journal.jsonl")) }

    /// What `history show` tells of a run.
    func shown(_ run: String = "last") throws -> Node {
        let answer = project("history", "show", run, "--format", "json")
        try #require(answer.status == 0, "\(answer)")
        return try JSONReader.read(Array(answer.output.utf8))
    }

    /// The status of the last run, those of its steps, and those of their rollbacks.
    func standing(_ run: String = "last") throws -> Standing { Standing(try shown(run)) }

    struct Standing: Hashable {
        var run: String
        var settled: Bool
        var steps: [String]
        var rollbacks: [String]

        init(_ record: Node) {
            run = record["status"]?.string ?? ""
            settled = record["settled"]?.boolean ?? false
            let all = record["steps"]?.sequence ?? []
            steps = all.map { $0["status"]?.string ?? "" }
            rollbacks = all.map { $0["rollback"]?["status"]?.string ?? "" }
        }
    }

    /// A step of the last run's record.
    func step(_ id: String) throws -> Node {
        try #require(try shown()["steps"]?.sequence?.first { $0["id"]?.string == id })
    }

    // MARK: - Invariants

    /// I1, I6 and I7 of one command, at its end.
    fileprivate func judge(
        _ answer: RehearseBinary.Answer, _ words: [String], _ time: Duration, _ location: SourceLocation
    ) {
        said += [answer.output, answer.error]
        let journals = Invariants.journals(in: scratch)
        // Others say `ok` too, of a whole run.
        let tells = ["run", "resume", "rollback"].contains(words.first ?? "")
        for line in tells ? (answer.output + answer.error).split(separator: "\n") : [] {
            // What was undone by an earlier command is told as `undone already STEP`.
            let parts = line.split(separator: " ").filter { $0 != "already" }
            guard parts.count > 1, let event = ["ok": "step.end", "undone": "rb.end"][String(parts[0])] else {
                continue
            }
            #expect(
                journals.contains { !$0.events(event, of: String(parts[1])).isEmpty },
                "I1: it was told, and is not on record: \(line)", sourceLocation: location)
        }
        if answer.status == 0 {
            Invariants.expectDone(words, answer, journals, location)
        }
        let load = Invariants.load()
        #expect(time < ceiling * load, "I7: \(words) took \(time), the load is \(load)", sourceLocation: location)
    }

    /// I2 to I5, at the end of a row.
    ///
    /// - Parameter isDamaged: the row itself has changed the journal or `run.json`.
    func holdInvariants(isDamaged: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) {
        isHeld = true
        #expect(
            (try? scratch.text(of: "violations")) == nil, "I2: it ran before it was on record",
            sourceLocation: sourceLocation)
        if !isDamaged { Invariants.expectWholeRecords(in: scratch, sourceLocation) }
        Invariants.expectNoCanary(said, in: scratch, sourceLocation)
        Invariants.expectNoProcess(of: runs, in: scratch, sourceLocation)
    }
}

/// A command that runs beside the test.
struct RunningFault {
    let program: StartedProgram
    fileprivate let words: [String]
    fileprivate let project: FaultProject

    var pid: Int32 { program.pid }
    func send(_ signal: Int32) { program.send(signal) }

    /// Waits for its end.
    ///
    /// - Parameter since: from when on its time counts; by default from now.
    @discardableResult
    func wait(since: ContinuousClock.Instant = .now, sourceLocation: SourceLocation = #_sourceLocation) throws
        -> RehearseBinary.Answer
    {
        let answer = try program.wait(within: .seconds(60))
        project.judge(answer, words, .now - since, sourceLocation)
        return answer
    }
}

extension FaultProject {
    /// The process that a `FaultStep.waiting` is, once it is there and on record.
    func awaitStep() throws -> Int32 {
        let pid = try #require(Int32(try scratch.awaitFile("ready")))
        let deadline = ContinuousClock.now + .seconds(20)
        while try !["step.spawned", "rb.spawned"].contains(journal().events.last ?? "") {
            if ContinuousClock.now > deadline { Issue.record("the journal does not tell of the process"); break }
            usleep(2_000)
        }
        return pid
    }

    /// Ends a process that outlived its run, as the row wants it.
    func end(_ pid: Int32) {
        kill(pid, SIGKILL)
        #expect(isGone(pid))
    }
}

import Glibc
import Host
import TestSupport
import Testing
import YAML

/// One machine's checkout of a project whose environment `production` is shared.
final class Checkout {
    let scratch: ScratchDirectory
    let rehearse: RehearseBinary

    /// - Parameters:
    ///   - history: further settings beside `remote`, comma first: `, required: false`.
    ///   - environments: those that share the same history.
    init(
        of server: HistoryServer, history: String = "", environments: [String] = ["production"], url: String? = nil,
        variables: [String: String] = [:]
    ) throws {
        scratch = try ScratchDirectory()
        rehearse = RehearseBinary(in: scratch.path, server.variables.merging(variables) { $1 })
        try Files.live.makeDirectory(scratch("environments"), 0o755)
        try Files.live.makeDirectory(scratch("runbooks"), 0o755)
        for environment in environments {
            try scratch.write(
                "environment: \(environment)\nhistory: {remote: origin, timeout: 60s\(history)}\n",
                to: "environments/\(environment).yaml")
        }
        try scratch.write(Self.runbook, to: "runbooks/work.yaml")
        _ = try HistoryServer.git(["init", "-q", "."], in: scratch.path)
        _ = try HistoryServer.git(["remote", "add", "origin", url ?? server.url], in: scratch.path)
    }

    /// Three steps; the second says that it is there, and goes on only when it may.
    static let runbook = #"""
        runbook: work
        owner: ops
        inputs:
          HOLD: {description: "whether the second step waits (yes), or pauses its run (pause)", default: "no"}
        steps:
          - id: one
            name: First
            owner: ops
            capture: {BEFORE: echo before-one}
            run: echo one >> trace
            expect: it says so
            rollback: echo "undo one $BEFORE" >> trace
          - id: two
            name: Second
            owner: ops
            run: |
              echo two >> trace
              echo at work
              if [ "$HOLD" = yes ]; then echo there > ready; until [ -e go ]; do sleep 0.05; done; fi
              if [ "$HOLD" = pause ]; then kill -STOP "$PPID"; fi
            expect: it says so
            rollback: echo undo two >> trace
          - id: three
            name: Third
            owner: ops
            run: echo three >> trace
            expect: it says so
            rollback: echo undo three >> trace
        """#

    // MARK: - Doing

    func run(_ more: String...) -> RehearseBinary.Answer {
        rehearse.run([RehearseBinary.path, "run", "work", "-e", "production", "--on-failure", "stop"] + more)
    }

    /// Starts a run and waits until its second step is at work.
    func startHeld(_ more: String...) throws -> StartedProgram {
        let program = try rehearse.start(words: ["run", "work", "-e", "production", "--input", "HOLD=yes"] + more)
        _ = try scratch.awaitFile("ready")
        return program
    }

    /// Starts a run that is paused like a machine that goes to sleep: while its second step is at work, or right after it,
    /// before the third.
    func startPaused(inStep: Bool) throws -> StartedProgram {
        if inStep {
            let program = try startHeld()
            program.send(SIGSTOP)
            return program
        }
        let program = try rehearse.start(words: ["run", "work", "-e", "production", "--input", "HOLD=pause"])
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            // The state stands behind the name, which is in parentheses.
            let status = try Files.live.read("/proc/\(program.pid)/stat", 4_096)
            if let end = status.lastIndex(of: UInt8(ascii: ")")), status[end + 2] == UInt8(ascii: "T") {
                return program
            }
            usleep(5_000)
        }
        throw HistoryServer.Unusable(description: "the run was not paused")
    }

    func letGo() throws { try scratch.write("go", to: "go") }

    func sync() -> RehearseBinary.Answer { rehearse("history", "sync") }

    // MARK: - Looking

    /// What the steps have done here.
    var trace: [String] { ((try? scratch.text(of: "trace")) ?? "").split(separator: "\n").map(String.init) }

    /// Runs here with their status, newest first.
    var history: [(id: String, status: String)] {
        get throws {
            let answer = rehearse("history", "--format", "json")
            let document = try JSONReader.read(Array(answer.output.utf8))
            return (document["runs"]?.sequence ?? []).map { ($0["id"]?.string ?? "", $0["status"]?.string ?? "") }
        }
    }

    var lastRun: String { get throws { try #require(try history.first).id } }

    func path(of run: String, _ file: String = "journal.jsonl") -> String { ".rehearse/runs/\(run)/\(file)" }

    /// The id in the command that an error prints for breaking a lock.
    static func lockID(in text: String) -> String? {
        text.firstRange(of: "rehearse lock break ").map { String(text[$0.upperBound...].prefix { $0 != " " }) }
    }
}

import Engine
import Glibc
import Host
import TestSupport
import Testing

/// Processes that outlive the run that started them.
@Suite struct `A process that its run left behind` {
    /// Killed in its second step, whose process goes on; the journal ends with that step's start, as it does when the
    /// program dies before it has written the process's number down.
    private func crashed(undo: String? = nil) throws -> (project: TraceProject, step: Int32) {
        let project = try TraceProject([
            TracedStep("one", "true", undo: "{none: reads only}"),
            TracedStep("two", "echo $$ >ready; exec sleep 7340", undo: undo),
        ])
        let program = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        try project.awaitEvent("step.spawned")
        program.send(SIGKILL)
        #expect(try program.wait().status == 137)
        let path = try project.path("journal.jsonl")
        let lines = try project.scratch.text(of: path).split(separator: "\n").dropLast()
        try project.scratch.write(lines.map { "\($0)\n" }.joined(), to: path)
        #expect(try project.events().last == "step.start")
        return (project, pid)
    }

    @Test func `is found by the run's name that it carries, and ended only when told so`() throws {
        let (project, pid) = try crashed()
        for words in [["rollback", "last", "--yes"], ["resume", "last", "--assume", "rerun"]] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(answer.status == 4, "\(answer)")
            #expect(answer.error.contains("process \(pid)"))
        }
        #expect(isAlive(pid))
        #expect(project.trace.isEmpty)
        let typed = try project.typeNext(project("rollback", "last", "--yes"))
        #expect(typed.status == 0, "\(typed)")
        #expect(isGone(pid))
        #expect(project.trace == ["undo-two"])
    }

    @Test func `is in the way of the next run, also when its own has nothing to undo`() throws {
        let (project, pid) = try crashed(undo: "{none: reads only}")
        #expect(try project.record().settled)
        try project.write([.traced("only")])
        let answer = project.run()
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("process \(pid)"))
        #expect(project.trace.isEmpty)
        let typed = try project.typeNext(answer)
        #expect(typed.status == 0, "\(typed)")
        #expect(isGone(pid))
        #expect(project.trace == ["only"])
    }

    @Test func `is in the way of closing its run, too`() throws {
        let (project, pid) = try crashed()
        let answer = project("history", "close", "last", "--reason", "it's done")
        #expect(answer.status == 4, "\(answer)")
        #expect(try project.typeNext(answer).status == 0)
        #expect(isGone(pid))
        #expect(try project.record().status == .closed)
    }

    @Test func `whoever asks is never taken for one`() throws {
        let (project, pid) = try crashed()
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        var rehearse = project.rehearse
        rehearse.environment["REHEARSE_RUN"] = project.runs.last
        let answer = rehearse("rollback", "last", "--yes")
        #expect(answer.status == 0, "\(answer)")
    }
}

@Suite struct `A step that cannot be ended` {
    /// As if its processes belonged to somebody else.
    private static let powerless = [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=kill,tgkill,pidfd_send_signal", "-e",
        "inject=kill,pidfd_send_signal:error=EPERM",
    ]

    @Test func `is of unknown outcome, and nothing is undone while it is at work`() throws {
        let project = try TraceProject([
            .traced("one"),
            TracedStep("two", "echo $$ >ready; exec sleep 7341", "timeout: 100ms", "grace: 50ms", "idempotent: true"),
        ])
        let program = try project.start(through: Self.powerless)
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        try project.awaitEvent("run.end")
        #expect(isAlive(pid))
        // The run's own program lets the environment go a moment later.
        let meanwhile = project("rollback", "last", "--yes", "--lock-timeout", "20s")
        #expect(meanwhile.status == 4, "\(meanwhile)")
        #expect(meanwhile.error.contains("process \(pid)"))
        #expect(project("resume", "last").status == 4)
        kill(pid, SIGKILL)
        let answer = try program.wait()
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("process \(pid) (") && answer.error.contains(") could not be ended"), "\(answer)")
        let step = try project.step("two")
        #expect(step.status == .unknown)
        #expect(step.failure?.reason == .timeout)
        #expect(project.trace == ["one"])
        let typed = try project.typeNext(project("rollback", "last", "--yes"), "rehearse rollback")
        #expect(typed.status == 0, "\(typed)")
        #expect(project.trace == ["one", "undo-two", "undo-one"])
    }
}

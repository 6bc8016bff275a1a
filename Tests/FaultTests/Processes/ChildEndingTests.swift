import Glibc
import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows A11 to A15.
@Suite struct `Faults of a step's process` {
    private func project(_ step: TracedStep, ceiling: Duration = .seconds(3)) throws -> FaultProject {
        try FaultProject([FaultStep.leaking("one"), step, FaultStep.traced("three")], ceiling: ceiling)
    }

    private func attempt(_ project: FaultProject) throws -> Node {
        try #require(try project.step("two")["attempts"]?.sequence?.last)
    }

    @Test func `A11: the step ignores TERM`() throws {
        let project = try project(
            FaultStep.make(
                "two", "trap '' TERM; while :; do sleep 0.02; done", "timeout: 200ms", "grace: 200ms"))
        #expect(project.run("--on-failure", "stop").status == 1)
        let attempt = try attempt(project)
        #expect(attempt["signal"]?.string == "SIGKILL")
        #expect(attempt["escalated"]?.boolean == true)
        project.holdInvariants()
    }

    @Test func `A12: a grandchild keeps the output open after the step has ended`() throws {
        let project = try project(FaultStep.make("two", "sleep 7410 & trace two; echo hi"))
        let answer = project.run()
        #expect(answer.status == 0, "\(answer)")
        #expect(try attempt(project)["exit"]?.integer == 0)
        #expect(answer.error.contains("sleep 7410"), "named: \(answer)")
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test func `A13: a grandchild leaves the session, and the step takes too long`() throws {
        let project = try project(
            FaultStep.make(
                "two", "setsid sh -c 'echo $$ >escaped; exec sleep 7411' & sleep 7412", "timeout: 300ms", "grace: 100ms"
            ))
        #expect(project.run("--on-failure", "stop").status == 1)
        let escaped = try #require(Int32(try project.scratch.awaitFile("escaped")))
        #expect(!isAlive(escaped))
        #expect(try attempt(project)["reason"]?.string == "timeout")
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `A13: a step that may not be ended is never called ended`() throws {
        let project = try project(
            FaultStep.make("two", "trace two; echo $$ >ready; exec sleep 7413", "timeout: 300ms", "grace: 100ms"),
            ceiling: .seconds(20))
        let answer = project.run(
            "--on-failure", "stop",
            through: [
                "strace", "-o", "/dev/null", "-e", "trace=kill,pidfd_send_signal,tgkill", "-e",
                "inject=kill,pidfd_send_signal,tgkill:error=EPERM",
            ])
        #expect(answer.status == 4, "\(answer)")
        let step = try #require(Int32(try project.scratch.awaitFile("ready")))
        #expect(isAlive(step))
        #expect(project.trace == ["one", "two"])
        #expect(project.rollback().status == 4, "its process is still there")
        project.end(step)
        #expect(try project.standing().steps == ["succeeded", "unknown", "pending"])
        #expect(project.rollback().status == 0)
        project.holdInvariants()
    }

    @Test func `A14: the step takes too long`() throws {
        let project = try project(
            FaultStep.make("two", "sleep 7414 & echo $! >child; echo $$ >ready; wait", "timeout: 200ms"))
        #expect(project.run("--on-failure", "stop").status == 1)
        #expect(try attempt(project)["reason"]?.string == "timeout")
        for file in ["child", "ready"] { #expect(!isAlive(try #require(Int32(try project.scratch.awaitFile(file))))) }
        #expect(project("resume", "last").status == 4, "nobody knows what it did")
        project.holdInvariants()
    }

    @Test(arguments: [("SEGV", "SIGSEGV"), ("KILL", "SIGKILL"), ("ABRT", "SIGABRT")])
    func `A15: the step dies of a signal`(signal: String, name: String) throws {
        let project = try project(FaultStep.make("two", "kill -\(signal) $$"))
        let answer = project.run("--on-failure", "stop")
        #expect(answer.status == 1)
        #expect(try attempt(project)["signal"]?.string == name)
        #expect(try attempt(project)["reason"]?.string == "signal")
        #expect(answer.error.contains(name))
        project.holdInvariants()
    }
}

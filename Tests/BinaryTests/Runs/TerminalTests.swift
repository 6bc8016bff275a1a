import Engine
import Glibc
import Host
import TestSupport
import Testing

@Suite struct `At a terminal` {
    @Test(arguments: [("y", RunStatus.rolledBack), ("n", RunStatus.failed), ("", RunStatus.failed)])
    func `a failure shows what would be undone and asks`(answer: String, status: RunStatus) throws {
        let project = try TraceProject([.traced("one"), TracedStep("two", "echo out of reach; exit 1")])
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test")
        try session.await("Roll back now? [y/N] ")
        #expect(session.screen.contains("\r\n\r\nRoll back now?"), "a line of its own: \(session.screen)")
        #expect(session.screen.contains("will run, in this order:"))
        #expect(project.trace == ["one"], "nothing is undone before the answer")
        session.type("\(answer)\n")
        #expect(session.wait() == 1, "\(session.screen)")
        #expect(try project.record().status == status)
        #expect(project.trace == (answer == "y" ? ["one", "undo-two", "undo-one"] : ["one"]))
    }

    @Test(arguments: [("y", Int32(0)), ("n", Int32(2))])
    func `a rollback shows its first screen and asks`(answer: String, exit: Int32) throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        let session = try TerminalSession(project.rehearse, "rollback")
        try session.await("Undo 1 step now? [y/N] ")
        for words in ["rollback of work on test", "owner", "tester", "undo-one"] {
            #expect(session.screen.contains(words), "\(session.screen)")
        }
        session.type("\(answer)\n")
        #expect(session.wait() == exit, "\(session.screen)")
        #expect(project.trace == (exit == 0 ? ["one", "undo-one"] : ["one"]))
    }

    @Test(arguments: [("test", Int32(0)), ("tset", Int32(2))])
    func `an environment with a gate wants its name typed`(typed: String, exit: Int32) throws {
        let project = try TraceProject([.traced("one")], environment: "gate: {branch: main}")
        let session = try TerminalSession(
            project.rehearse, "run", "work", "-e", "test", "--override-gate", "no repository here")
        try session.await("Type its name to go on: ")
        session.type("\(typed)\n")
        #expect(session.wait() == exit, "\(session.screen)")
        #expect(project.trace == (exit == 0 ? ["one"] : []))
    }

    @Test func `an approval is asked for and recorded`() throws {
        let project = try TraceProject([.traced("one")])
        try project.scratch.write(
            """
            runbook: work
            owner: tester
            steps: [{id: ask, name: Ask, owner: tester, approve: Ship it?, expect: somebody says so}]

            """, to: "runbooks/work.yaml")
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test")
        try session.await("Ship it? [y/N] ")
        session.type("yes\n")
        #expect(session.wait() == 0, "\(session.screen)")
        #expect(try project.step("ask").metrics["approved_by"]?.isEmpty == false)
    }

    @Test func `Ctrl-C stops the step, records that, and tells the ways on`() throws {
        let project = try TraceProject([.traced("one"), TracedStep("two", "echo $$ >ready; exec sleep 7380")])
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test")
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        session.interrupt()
        #expect(session.wait() == 130, "\(session.screen)")
        #expect(isGone(pid))
        let record = try project.record()
        #expect(record.status == .interrupted)
        #expect(session.screen.contains("rehearse rollback \(record.id)"))
        #expect(!session.screen.contains("Roll back now?"), "no rollback begins from a signal")
    }

    @Test func `Ctrl-C twice ends the step at once`() throws {
        let project = try TraceProject([
            TracedStep(
                "one", "trap 'trace term' TERM; echo $$ >ready; while :; do sleep 0.05 || true; done", "grace: 60s")
        ])
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test")
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        session.interrupt()
        while !project.trace.contains("term") { usleep(2_000) }
        session.interrupt()
        #expect(session.wait() == 130, "\(session.screen)")
        #expect(isGone(pid))
        #expect(try project.step("one").attempts.map(\.escalated) == [true])
    }

    @Test func `a window that is closed stops the run, whose record is whole`() throws {
        let project = try TraceProject([.traced("one"), TracedStep("two", "echo $$ >ready; exec sleep 7381")])
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test")
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        session.hangUp()
        #expect(session.wait() == 129)
        #expect(isGone(pid))
        #expect(try project.record().status == .interrupted)
        #expect(project("history", "verify").status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["one", "undo-two", "undo-one"])
    }

    @Test func `a step cannot read from it, nor is it stopped for trying`() throws {
        let project = try TraceProject([
            TracedStep("one", "if read x; then trace line; else trace end; fi; (read y </dev/tty) 2>/dev/null || true")
        ])
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test")
        #expect(session.wait() == 0, "\(session.screen)")
        #expect(project.trace == ["end"])
    }

    @Test func `-q shows nothing of a run that succeeds, and what failed of one that does not`() throws {
        let project = try TraceProject([TracedStep("one", "test ! -e bad")])
        let good = try TerminalSession(project.rehearse, "run", "work", "-e", "test", "-q")
        #expect(good.wait() == 0)
        #expect(good.screen.isEmpty, "\(good.screen)")
        try project.scratch.write("", to: "bad")
        let bad = try TerminalSession(project.rehearse, "run", "work", "-e", "test", "-q", "--on-failure", "stop")
        #expect(bad.wait() == 1)
        #expect(bad.screen.contains("one") && bad.screen.contains("rehearse rollback"), "\(bad.screen)")
    }
}

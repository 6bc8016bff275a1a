import Engine
import Host
import TestSupport
import Testing

/// A run that stands still until a person answers: what was true before may not be any more.
@Suite struct `A manual pause` {
    private func project() throws -> TraceProject {
        let project = try TraceProject([.traced("one", "verify: test ! -e broken")])
        let runbook = try project.scratch.text(of: "runbooks/work.yaml")
        try project.scratch.write(
            runbook + """
                  - id: ask
                    name: Ask
                    owner: tester
                    approve: Ship it?
                    expect: somebody says so

                """ + TracedStep.traced("two").text, to: "runbooks/work.yaml")
        return project
    }

    @Test(arguments: [false, true])
    func `acts on a check that fails meanwhile`(breaks: Bool) throws {
        let project = try project()
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test", "--on-failure", "rollback")
        try session.await("Ship it? [y/N] ")
        if breaks { try project.scratch.write("", to: "broken") }
        session.type("y\n")
        #expect(session.wait() == (breaks ? 1 : 0), "\(session.screen)")
        #expect(project.trace == (breaks ? ["one", "undo-one"] : ["one", "two"]))
        let failure = try project.step("ask").failure
        #expect(failure?.reason == (breaks ? .verify : nil))
        if breaks { #expect(failure?.what.contains("`one` came undone: `test ! -e broken` says no") == true) }
    }

    @Test func `of a rehearsal asks once for both ways forward`() throws {
        let project = try project()
        let session = try TerminalSession(project.rehearse, "run", "work", "-e", "test", "--rehearsal")
        try session.await("Ship it? [y/N] ")
        session.type("y\n")
        #expect(session.wait() == 0, "\(session.screen)")
        #expect(project.trace == ["one", "two", "undo-two", "undo-one", "one", "two"])
        #expect(session.screen.ranges(of: "Ship it? [y/N] ").count == 1)
    }
}

import Engine
import TestSupport
import Testing

/// S4 of RELIABILITY: what another person or machine has recorded is shown before it runs.
@Suite struct `Another machine's run` {
    @Test(arguments: [("y", Int32(0)), ("n", Int32(2)), ("", Int32(2))])
    func `is shown with its commands, its actor and its chain, and undone when a person says so`(
        answer: String, exit: Int32
    ) throws {
        let here = try GatedProject(gate: "{branch: main}", isShared: true)
        let there = try here.clone("there")
        #expect(there("run", "deploy", "-e", "production").status == 0)
        #expect(here("history", "sync").status == 0)
        let record = try here.record("last:production")
        let session = try TerminalSession(here.rehearse, "rollback", record.id)
        try session.await("[y/N] ")
        for words in [
            "recorded by \(record.actor.user)", "and not here", "chain verified: ", "not signed",
            #"echo "$PREVIOUS" >"$WORLD""#,
        ] {
            #expect(session.screen.contains(words), "\(words): \(session.screen)")
        }
        #expect(try here.scratch.text(of: "world/production") == "1.4.2\n", "nothing is undone before the answer")
        session.type("\(answer)\n")
        #expect(session.wait() == exit, "\(session.screen)")
        #expect(try here.scratch.text(of: "world/production") == (exit == 0 ? "1.4.1\n" : "1.4.2\n"))
    }
}

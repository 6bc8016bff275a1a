import Host
import TestSupport
import Testing
import YAML

/// The promise of the product from end to end: a CI job, two machines, one remote.
@Suite(.serialized) struct `A team's release` {
    @Test(arguments: Transport.servable)
    func `is rehearsed by CI, lost half way, taken back from a laptop, and made again`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let ci = try TeamCheckout(founding: server)
        let laptop = try TeamCheckout(cloning: server)
        let desk = try TeamCheckout(cloning: server)

        // Rehearsed by CI, it may go to production from anywhere: this commit, and no other.
        #expect(try laptop.closed("rehearsed").hasPrefix("no rehearsal of `deploy` on `staging`"))
        let rehearsed = ci("run", "deploy", "-e", "staging", "--rehearsal", "--twice")
        #expect(rehearsed.status == 0, "\(rehearsed)")
        #expect(laptop.isGateOpen && desk.isGateOpen && ci.isGateOpen)
        try desk.shell(
            """
            sed -i 's/rollback: {run: .*/rollback: {run: exit 9}/' runbooks/deploy.yaml
            git commit -qam 'another way back'; git push -q
            """)
        let reasons = try desk.closed("rehearsed")
        #expect(reasons.contains("the commit changed (") && reasons.contains("the runbook changed ("), "\(reasons)")
        let early = desk("run", "deploy", "-e", "production")
        #expect(early.status == 1 && early.error.contains("`rehearsed` is not held"), "\(early)")
        #expect(try desk.deployed() == ["1.4.1", "1.4.1", "1.4.1"])
        #expect(laptop.isGateOpen)

        try ci.runAndVanish()
        #expect(try laptop.deployed() == ["1.4.2", "1.4.2", "1.4.1"])
        try takeBack(laptop, server)

        // CI sees it, and may not go on before somebody has said why that was needed.
        #expect(ci("history", "sync").status == 0)
        let run = try #require(try ci.history().first)
        #expect(run.status == "rolled_back")
        let steps = try ci.shown(run.id)["steps"]?.sequence ?? []
        #expect(steps.map { $0["rollback"]?["status"]?.string } == ["done", "done", "pending"])
        #expect(try ci.closed("acknowledged").contains("\(run.id) was rolled back, and nobody has said why"))
        #expect(ci("run", "deploy", "-e", "production").status == 1)
        #expect(laptop("ack", "production", "--cause", "the runner went away").status == 0)
        let again = ci("run", "deploy", "-e", "production")
        #expect(again.status == 0, "\(again)")
        #expect(try ci.deployed() == ["1.4.2", "1.4.2", "1.4.2"])

        #expect(desk("history", "sync").status == 0)
        #expect(try desk.history().map(\.status) == ["succeeded", "rolled_back"])
        for checkout in [ci, laptop, desk] { #expect(checkout("history", "verify").status == 0) }
        #expect(try server.locks.isEmpty)
    }

    /// What an on-call engineer does who has nothing but a checkout.
    private func takeBack(_ laptop: TeamCheckout, _ server: HistoryServer) throws {
        // As long as nobody says that it is dead, it may be at work.
        let locked = laptop("run", "deploy", "-e", "production")
        #expect(locked.status == 3, "\(locked)")
        let id = try #require(Checkout.lockID(in: locked.error), "\(locked)")
        let run = try #require(try laptop.history().first).id
        #expect(laptop("lock", "status", "production").output.contains(run))
        #expect(laptop("rollback", run, "--yes").status == 3)
        #expect(laptop("lock", "break", id, "--reason", "the runner is gone").status == 0)

        #expect(try laptop.history().first?.status == "crashed")
        let shown = try laptop.shown(run)
        #expect(shown["status"]?.string == "crashed")
        #expect(shown["steps"]?.sequence?.map { $0["status"]?.string } == ["succeeded", "unknown", "pending"])
        #expect(laptop("status", "production").output.contains(run))
        let unsettled = laptop("run", "deploy", "-e", "production")
        #expect(unsettled.status == 4, "\(unsettled)")
        for way in ["rehearse resume \(run)", "rehearse rollback \(run)", "rehearse history close \(run)"] {
            #expect(unsettled.error.contains(way), "\(unsettled)")
        }
        #expect(try laptop.deployed() == ["1.4.2", "1.4.2", "1.4.1"])

        // Today's runbook would not bring it back. What is on record does.
        try laptop.shell("git pull -q")
        #expect(laptop("rollback", "-e", "production", "--yes").status == 2)
        let plan = laptop("rollback", run, "--plan")
        #expect(plan.status == 0 && !plan.output.contains("exit 9"), "\(plan)")
        #expect(plan.output.contains(#"echo "$BEFORE" >"$WORLD/service""#), "\(plan)")
        let back = laptop("rollback", run, "--yes", "--reason", "the runner is gone")
        #expect(back.status == 0, "\(back)")
        #expect(back.error.contains("chain verified"))
        #expect(try laptop.deployed() == ["1.4.1", "1.4.1", "1.4.1"])
        let twice = laptop("rollback", run, "--yes")
        #expect(twice.status == 0, "\(twice)")
        try laptop.shell("git checkout -q HEAD^")
    }
}

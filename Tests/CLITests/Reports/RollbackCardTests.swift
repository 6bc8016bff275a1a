import CLI
import Deployment
import Diagnostics
import Testing

@testable import Engine

@Suite struct `The first screen of a rollback` {
    private func card(
        _ story: RunStory, rehearsed: [String: Int]? = nil, differences: [String]? = nil, goesPast: Bool = false
    ) -> String {
        RollbackCard.text(
            story.record, remaining: RollbackEngine.remaining(story.record), now: Timestamp("2026-11-21T00:00:00Z"),
            rehearsedDurations: rehearsed, currentRunbookDifferences: differences, goesPastIrreversible: goesPast)
    }

    @Test func `says what will run in which order, what it undoes, whose it is and how long it takes`() {
        let text = card(
            .failed, rehearsed: ["deploy": 8_000],
            differences: ["the rollback of `deploy` is now `./bin/deploy older`, and was `./bin/deploy old`"])
        #expect(
            text == """
                rollback of release on staging
                  run      20261120T204512Z-release-staging-9f3c
                  state    FAILED
                  started  2026-11-20 20:45:12 UTC, 3 h 14 min ago
                  by       ann on laptop
                  commit   1a2b3c4d1a2b on main
                  inputs   VERSION=1.4.3
                  reason   fix uploads

                will run, in this order:
                  1  deploy  Start the new version
                     run     ./bin/deploy old
                     check   curl -fsS "$REHEARSE_URL/health"
                     undoes  ./bin/deploy new
                     ended   FAILED: exit 1 after 3.4 s
                     owner   platform
                     takes   8.0 s when it was rehearsed
                  2  migrate  Move the database
                     run     ./bin/migrate down "$BEFORE"
                     with    BEFORE=0001
                     undoes  ./bin/migrate up
                     ended   ok after 1.2 s
                     owner   data
                     takes   not rehearsed

                  change nothing  lint
                  did not run     announce

                today's runbook differs; the record is used all the same:
                  ~ the rollback of `deploy` is now `./bin/deploy older`, and was `./bin/deploy
                    old`

                to see these commands with their variables, ready to be pasted:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c --plan

                """)
    }

    @Test func `a point of no return stops it, and the card says so before anything runs`() {
        let text = card(.succeeded)
        #expect(
            text.contains(
                """
                nothing will run

                cannot be undone:
                  ! announce: mail cannot be called back (owner support)
                the rollback stops there (exit 4); not reached: deploy, migrate
                to go on behind it, leaving it as it is:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c --past-irreversible

                """))
    }

    @Test func `past it, the others run and it is still named`() {
        let text = card(.succeeded, goesPast: true)
        #expect(text.contains("will run, in this order:\n  1  deploy"))
        #expect(text.contains("cannot be undone:\n  ! announce"))
        #expect(!text.contains("stops there"))
    }

    @Test func `what was undone already, or was tried, is told`() {
        var story = RunStory.failed
        story.openRollback()
        story.undo("deploy")
        story.undo("migrate", failure: "exit 3")
        story.closeRollback(problem: "undoing `migrate` failed: exit 3")
        let text = card(story)
        #expect(text.contains("     before  undoing it was tried already: exit 3\n"))
        #expect(text.contains("  undone already  deploy\n"))
        #expect(text.contains("  1  migrate"))
    }

    @Test(arguments: [
        ("2026-11-20T20:45:12.500Z", "just now"), ("2026-11-20T20:46:12Z", "1 min 00 s ago"),
        ("2026-11-22T20:45:11Z", "47 h 59 min ago"), ("2026-11-25T00:00:00Z", "4 days ago"),
    ])
    func `the age is in words`(now: String, age: String) throws {
        #expect(Moments.age("2026-11-20T20:45:12Z", now: try #require(Timestamp(now))) == age)
    }

    @Test func `a clock that went back makes no age`() throws {
        #expect(Moments.age("2026-11-20T20:45:12Z", now: try #require(Timestamp("2026-11-19"))) == nil)
    }
}

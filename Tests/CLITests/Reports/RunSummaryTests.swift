import CLI
import Deployment
import Diagnostics
import Testing

@testable import Engine

@Suite struct `The closing lines of a run` {
    private func text(
        _ story: RunStory, lastLines: [String: [String]] = [:], palette: Palette = .plain, width: Int = 80
    ) -> String {
        RunSummary.text(
            story.record, logsRoot: ".rehearse/runs/\(RunStory.id)", lastLines: lastLines, palette: palette,
            width: width)
    }

    @Test func `a run that succeeded says where it is and how to undo it`() {
        var plan = Plan.sample
        plan.steps.removeLast()
        var story = RunStory(plan)
        for step in plan.steps { story.succeed(step.id) }
        story.finish(.succeeded)
        #expect(
            text(story) == """
                ✓ release on staging succeeded in 3.6 s
                  run       20261120T204512Z-release-staging-9f3c
                  steps     3 ok
                  logs      .rehearse/runs/20261120T204512Z-release-staging-9f3c/steps

                to see all of it:
                  rehearse history show 20261120T204512Z-release-staging-9f3c
                to undo it:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c

                """)
    }

    @Test func `past a point of no return the command to undo says so`() {
        #expect(
            text(.succeeded).hasSuffix(
                """
                to undo what can be undone; `announce` stays done:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c --past-irreversible

                """))
    }

    @Test func `a failure tells step, cause, expectation, evidence and the three ways on`() {
        #expect(
            text(.failed, lastLines: ["deploy": ["pulling", "no such\u{1B}[2J image"]]) == """
                ✗ release on staging FAILED after 5.8 s
                  run       20261120T204512Z-release-staging-9f3c
                  steps     2 ok, 1 FAILED, 1 waiting
                  logs      .rehearse/runs/20261120T204512Z-release-staging-9f3c/steps

                ✗ step 3 of 4, deploy: FAILED
                  name      Start the new version (owner platform)
                  command   ./bin/deploy new
                  failed    exit 1 after 3.4 s
                  expected  every container is healthy
                  retry     look first: the step may have changed something
                  log       .rehearse/runs/20261120T204512Z-release-staging-9f3c/steps/03-deploy.log
                    │ pulling
                    │ no such^[[2J image

                to carry on from `deploy`, once its cause is repaired:
                  rehearse resume 20261120T204512Z-release-staging-9f3c
                to undo what it did:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c
                to settle it as it is, once a person has dealt with it:
                  rehearse history close 20261120T204512Z-release-staging-9f3c --reason 'WHY'

                """)
    }

    @Test func `a rollback lists what was undone`() {
        #expect(
            text(.rolledBack).hasSuffix(
                """

                rolled back after the failure, newest first:
                  ✓ undone     deploy   800 ms
                  ✓ undone     migrate  800 ms

                to see all of it:
                  rehearse history show 20261120T204512Z-release-staging-9f3c
                to begin a new run:
                  rehearse run release -e staging --input VERSION=1.4.3

                """))
    }

    @Test func `a rollback that stopped says what is left and how to carry on`() {
        #expect(
            text(.stuck, lastLines: ["deploy": ["gone"]]).hasSuffix(
                """

                rolled back after the failure, newest first:
                  ✗ FAILED     deploy   800 ms
                    command   ./bin/deploy old
                    failed    exit 3
                    expected  exit 0 from the undo
                    log       .rehearse/runs/20261120T204512Z-release-staging-9f3c/steps/03-deploy.rollback.log
                    │ gone
                still to undo:
                  · migrate  Move the database
                incomplete: undoing `deploy` failed: exit 3

                to carry on with the rollback where it stopped:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c
                to see the commands that are left:
                  rehearse rollback 20261120T204512Z-release-staging-9f3c --plan
                to settle it as it is, once a person has dealt with it:
                  rehearse history close 20261120T204512Z-release-staging-9f3c --reason 'WHY'

                """))
    }

    @Test func `a step whose run was killed is unknown`() {
        var story = RunStory()
        story.succeed("lint")
        story.start("migrate")
        story.isOwnerAlive = false
        let text = text(story)
        #expect(text.hasPrefix("✗ release on staging CRASHED\n"))
        #expect(text.contains("? step 2 of 4, migrate: UNKNOWN\n"))
        #expect(text.contains("  failed    its run went away; how it ended is not known\n"))
    }

    @Test func `inputs of the next run are quoted for a shell`() {
        var plan = Plan.sample
        plan.inputs = ["NOTE": "it's; rm -rf /", "VERSION": "1.4.3"]
        var story = RunStory(plan)
        story.fail("lint")
        story.finish(.failed)
        #expect(
            text(story).hasSuffix(
                "\n  rehearse run release -e staging --input 'NOTE=it'\\''s; rm -rf /' --input VERSION=1.4.3\n"))
    }

    @Test(arguments: [RunStory.succeeded, .failed, .rolledBack, .stuck])
    func `the last line is a command to type`(story: RunStory) {
        let last = text(story).split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("  rehearse "))
    }

    @Test func `prose fits a narrow terminal, commands stay whole`() {
        let lines = text(.stuck, width: 40).split(separator: "\n")
        #expect(lines.contains("            have changed something"))
        #expect(lines.contains("  rehearse rollback \(RunStory.id) --plan"))
    }
}

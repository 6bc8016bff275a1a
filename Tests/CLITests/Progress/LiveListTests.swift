import CLI
import Deployment
import Diagnostics
import Host
import Testing

@testable import Engine

@Suite struct `The live list` {
    @Test func `shows every step, the running one with its time and last lines`() {
        var story = RunStory()
        let watching = Watching(.live)
        watching.open(story)
        watching.succeed("lint", &story)
        watching.start("migrate", &story)
        watching.print("0001 -> 0002\n0002 -> 0003\nhalf a li")
        #expect(
            watching.lines == [
                "release on staging  2.2 s  20261120T204512Z-release-staging-9f3c",
                "✓ ok         lint      1.2 s     Run linting",
                "▸ running    migrate   1.0 s     Move the database",
                "    │ 0001 -> 0002",
                "    │ 0002 -> 0003",
                "· waiting    deploy              Start the new version",
                "· waiting    announce            Tell the users",
            ])
        #expect(watching.screen.unknown.isEmpty)
        #expect(watching.screen.restsBelow)
    }

    @Test func `is redrawn in its place when time goes by`() {
        var story = RunStory()
        let watching = Watching(.live)
        watching.open(story)
        watching.start("lint", &story)
        let before = watching.lines.count
        for _ in 0..<5 { watching.tell(.tick, after: 0.2) }
        #expect(watching.lines.count == before)
        #expect(watching.lines[1] == "▸ running    lint      1.0 s     Run linting")
        #expect(watching.screen.history.isEmpty)
    }

    @Test func `draws in one write, and no more than twenty times a second`() {
        var story = RunStory()
        let watching = Watching(.live)
        watching.open(story)
        watching.start("lint", &story)
        let before = watching.writes.count
        for number in 0..<100 { watching.print("\(number)\n", after: 0.001) }
        #expect(watching.writes.count - before == 2)
    }

    @Test func `leaves the end of the run on the screen`() {
        var story = RunStory()
        let watching = Watching(.live)
        watching.watchRollback(&story)
        watching.finish()
        #expect(
            watching.lines == [
                "release on staging  5.8 s  20261120T204512Z-release-staging-9f3c",
                "✓ ok         lint      1.2 s     Run linting",
                "✓ ok         migrate   1.2 s     Move the database",
                "✗ FAILED     deploy    3.4 s     Start the new version: exit 1",
                "· waiting    announce            Tell the users",
                "undoing release on staging, newest first  1.6 s  20261120T204512Z-release-stag…",
                "✓ undone     deploy   800 ms    Start the new version",
                "✓ undone     migrate  800 ms    Move the database",
            ])
        #expect(watching.display.unshownLines == ["deploy": ["no route to host"]])
    }

    @Test func `says in words what its colours say`() {
        var story = RunStory()
        let plain = Watching(.live)
        let coloured = Watching(.live, palette: .coloured)
        plain.watchRollback(&story)
        var again = RunStory()
        coloured.watchRollback(&again)
        #expect(coloured.lines == plain.lines)
        #expect(coloured.text.contains("\u{1B}[31;1m✗ FAILED"))
    }

    @Test(arguments: [20, 30, 40, 60])
    func `never fills a line of a narrow terminal, so that none is broken`(columns: Int) {
        var story = RunStory()
        let watching = Watching(.live, columns: columns)
        watching.open(story)
        watching.succeed("lint", &story)
        watching.start("migrate", &story)
        watching.print("日本語のとても長い行がここにあります、そしてまだ続きます 👍👍👍👍👍👍👍👍\n")
        watching.tell(.tick, after: 1)
        #expect(watching.lines.count == 6)
        #expect(watching.lines.allSatisfy { ShownText.columns($0) < columns })
    }

    @Test func `is never higher than the terminal, and is told whole at the end`() {
        var plan = Plan.sample
        plan.steps = (1...30).map { .sample("step-\($0)", "Step \($0)", rollback: .none("reads only")) }
        var story = RunStory(plan)
        let watching = Watching(.live, lines: 12)
        watching.open(story)
        for number in 1...15 { watching.succeed("step-\(number)", &story) }
        watching.start("step-16", &story)
        watching.print("a\nb\nc\nd\n")
        watching.tell(.tick, after: 1)
        #expect(
            watching.lines == [
                "release on staging  20.0 s  20261120T204512Z-release-staging-9f3c",
                "  … 13 before",
                "✓ ok         step-14  1.2 s     Step 14",
                "✓ ok         step-15  1.2 s     Step 15",
                "▸ running    step-16  2.0 s     Step 16",
                "    │ b",
                "    │ c",
                "    │ d",
                "· waiting    step-17            Step 17",
                "· waiting    step-18            Step 18",
                "  … 12 more",
            ])
        #expect(watching.screen.history.isEmpty)
        watching.finish()
        #expect(watching.screen.history.contains("✓ ok         step-1   1.2 s     Step 1"))
    }

    @Test(arguments: [2, 3, 4, 5, 6, 7, 8, 9, 10])
    func `stays in its place on a very low terminal`(lines: Int) {
        var story = RunStory()
        let watching = Watching(.live, lines: lines)
        watching.open(story)
        watching.start("lint", &story)
        watching.print("a\nb\nc\nd\ne\nf\n")
        for _ in 0..<3 { watching.tell(.tick, after: 1) }
        #expect(watching.screen.history.isEmpty)
        #expect(watching.lines.contains { $0.hasPrefix("▸ running    lint") })
    }

    @Test func `a step cannot move the cursor, nor can a name`() {
        var plan = Plan.sample
        plan.steps[0].name = "Run\u{1B}[2J linting\nnow"
        var story = RunStory(plan)
        let watching = Watching(.live)
        watching.open(story)
        watching.start("lint", &story)
        watching.print("\u{1B}[2J\u{1B}[10Agone\u{07}\n")
        #expect(watching.lines[1] == "▸ running    lint      1.0 s     Run^[[2J linting now")
        #expect(watching.lines[2] == "    │ ^[[2J^[[10Agone^G")
        #expect(watching.screen.unknown.isEmpty)
    }

    @Test func `a warning stands above the list`() {
        var story = RunStory()
        let watching = Watching(.live)
        watching.open(story)
        watching.start("lint", &story)
        watching.tell(.warning("a step left process 7 running"))
        #expect(watching.lines[0] == "warning: a step left process 7 running")
        #expect(watching.lines[1].hasPrefix("release on staging"))
        #expect(watching.lines.count == 6)
    }

    @Test func `a question and its answer stay on the screen`() {
        var plan = Plan.sample
        plan.steps[0].action = PlannedAction(kind: "approve")
        var story = RunStory(plan)
        let watching = Watching(.live)
        watching.open(story)
        watching.start("lint", &story)
        watching.type("Shall we? [y/N] y\n")
        story.end("lint", .succeeded, in: 5_000, nil)
        watching.tell(.stepEnded(story.step("lint"), lastLines: []), after: 5)
        #expect(watching.lines[5] == "Shall we? [y/N] y")
        #expect(watching.lines[7] == "✓ ok         lint      5.0 s     Run linting")
    }

    @Test func `what stands in the way of a rollback is in its list`() {
        let story = RunStory.succeeded
        var back = story
        back.openRollback(automatic: false)
        let watching = Watching(.live)
        watching.tell(.rollbackOpened(back.record))
        #expect(watching.lines[1] == "! no undo    announce            mail cannot be called back")
        #expect(watching.lines[2] == "· waiting    deploy              Start the new version")
    }
}

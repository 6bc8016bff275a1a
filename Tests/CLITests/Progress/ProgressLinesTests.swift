import CLI
import Diagnostics
import Testing

@testable import Engine

@Suite struct `Progress without a terminal` {
    @Test func `is one line for each event, and the evidence of a failure`() {
        var story = RunStory()
        let watching = Watching(.lines)
        watching.watchRollback(&story)
        watching.finish()
        #expect(
            watching.text == """
                run       release on staging, 4 steps  20261120T204512Z-release-staging-9f3c
                running   lint      Run linting
                ok        lint      Run linting  1.2 s
                running   migrate   Move the database
                ok        migrate   Move the database  1.2 s
                running   deploy    Start the new version
                FAILED    deploy    Start the new version  3.4 s  exit 1
                          │ no route to host
                          log: .rehearse/runs/20261120T204512Z-release-staging-9f3c/steps/03-deploy.log
                rollback  release on staging, 2 steps, newest first  20261120T204512Z-release-staging-9f3c
                undoing   deploy   ./bin/deploy old
                undone    deploy   800 ms
                undoing   migrate  ./bin/migrate down "$BEFORE"
                undone    migrate  800 ms

                """)
    }

    @Test func `a skipped step says why, a retried one when`() {
        var story = RunStory()
        let watching = Watching(.lines)
        story.skip("lint", because: "only on `production`")
        watching.open(story)
        watching.tell(.stepPassed(story.step("lint")))
        story.fail("migrate")
        watching.tell(.retrying(story.step("migrate"), delay: .seconds(5)))
        #expect(
            watching.text.hasSuffix(
                """
                skipped   lint      Run linting  only on `production`
                again     migrate   exit 1  tried again in 5.0 s

                """))
    }

    @Test func `a resume counts what is left`() {
        var story = RunStory.failed
        story.tell(
            .resumed(
                RunEvent.Resumed(
                    actor: RunStory.ann, owner: .init(pid: 1, startTime: 1, bootId: ""), tool: Tool(version: "1"))))
        let watching = Watching(.lines)
        watching.open(story)
        #expect(watching.text == "resume    release on staging, 2 steps  \(RunStory.id)\n")
    }

    @Test func `an undo that fails shows its own log`() {
        var story = RunStory.failed
        story.openRollback()
        let watching = Watching(.lines)
        watching.tell(.rollbackOpened(story.record))
        story.undo("deploy", failure: "exit 3")
        watching.tell(.rollbackEnded(story.step("deploy"), lastLines: ["old image is gone"]))
        #expect(
            watching.text.hasSuffix(
                """
                FAILED    deploy   undoing it  800 ms  exit 3
                          │ old image is gone
                          log: .rehearse/runs/\(RunStory.id)/steps/03-deploy.rollback.log

                """))
    }

    @Test func `quietly, only what fails is told`() {
        var story = RunStory()
        let watching = Watching(.quiet)
        watching.watchRollback(&story)
        watching.tell(.warning("a step left a process running"))
        watching.finish()
        #expect(
            watching.text == """
                FAILED    deploy    Start the new version  3.4 s  exit 1
                          │ no route to host
                          log: .rehearse/runs/20261120T204512Z-release-staging-9f3c/steps/03-deploy.log

                """)
    }

    @Test func `verbosely, every line of output stands behind its step`() {
        var story = RunStory()
        let watching = Watching(.verbose)
        watching.open(story)
        watching.start("lint", &story)
        watching.print("one\ntw")
        watching.print("o\n\u{1B}[2Jthree")
        story.end("lint", .succeeded, in: 2_000, nil)
        watching.tell(.stepEnded(story.step("lint"), lastLines: []))
        #expect(
            watching.text.hasSuffix(
                """
                running   lint      Run linting
                lint │ one
                lint │ two
                lint │ ^[[2Jthree
                ok        lint      Run linting  2.0 s

                """))
    }

    @Test func `nothing is told where a program reads the result`() {
        var story = RunStory()
        let watching = Watching(.silent)
        watching.watchRollback(&story)
        watching.finish()
        #expect(watching.text.isEmpty)
        #expect(watching.display.unshownLines == ["deploy": ["no route to host"]])
    }

    @Test func `never writes a sequence for a terminal`() {
        var story = RunStory()
        let watching = Watching(.lines)
        watching.watchRollback(&story)
        #expect(!watching.text.contains("\u{1B}"))
    }

    @Test(arguments: [
        (true, false, false, false, false, ProgressStyle.live),
        (false, false, false, false, false, .lines),
        (true, true, false, false, false, .quiet),
        (true, false, true, false, false, .verbose),
        (true, false, false, true, false, .github),
        (false, true, false, true, false, .quiet),
        (false, false, false, false, true, .silent),
        (true, false, false, false, true, .live),
    ])
    func `the style follows from where it is shown`(
        isTerminal: Bool, isQuiet: Bool, isVerbose: Bool, isGitHub: Bool, isJSON: Bool, style: ProgressStyle
    ) {
        #expect(
            ProgressStyle.chosen(
                isTerminal: isTerminal, isQuiet: isQuiet, isVerbose: isVerbose, isGitHubActions: isGitHub,
                isJSON: isJSON)
                == style)
    }
}

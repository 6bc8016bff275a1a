import CLI
import Testing

@testable import Deployment
@testable import Engine

@Suite struct `The end of a run on the screen` {
    @Test func `the closing lines stand below the list, with the last lines that the list has dropped`() {
        var story = RunStory()
        let watching = Watching(.live, lines: 60)
        watching.open(story)
        watching.fail("lint", &story, lastLines: ["E501 line too long"])
        story.finish(.failed)
        watching.finish(story.record)
        #expect(watching.lines[5...6] == ["", "✗ release on staging FAILED after 3.4 s"])
        #expect(watching.lines.contains("    │ E501 line too long"))
    }

    @Test func `they do not repeat last lines that are on the screen already`() {
        var story = RunStory()
        let watching = Watching(.lines)
        watching.open(story)
        watching.fail("lint", &story, lastLines: ["E501 line too long"])
        story.finish(.failed)
        watching.finish(story.record)
        #expect(watching.text.split(separator: "\n").count { $0.hasSuffix("E501 line too long") } == 1)
    }

    @Test(arguments: [(RunStory.succeeded, false, true), (.failed, false, false), (.rolledBack, false, false), (.rolledBack, true, true)])
    func `quietly, they are told when the run did not do what it was for`(
        story: RunStory, wasRollback: Bool, isSilent: Bool
    ) {
        let watching = Watching(.quiet)
        watching.finish(story.record, wasRollback: wasRollback)
        #expect(watching.text.isEmpty == isSilent)
        #expect(isSilent || watching.text.contains("\n  rehearse "))
    }

    @Test func `a program that reads the result gets none`() {
        let watching = Watching(.silent)
        watching.finish(RunStory.failed.record)
        #expect(watching.text.isEmpty)
    }

    @Test func `a recorded command is none for GitHub`() {
        var plan = Plan.sample
        plan.steps[0].action.command = .shell("true\n::error::not mine")
        var story = RunStory(plan)
        story.fail("lint")
        story.finish(.failed)
        let watching = Watching(.github)
        watching.finish(story.record)
        #expect(watching.text.contains(": :error::not mine"))
        let blank: Set<Character> = [" "]
        #expect(!watching.text.split(separator: "\n").contains { $0.drop { blank.contains($0) }.hasPrefix("::") })
    }
}

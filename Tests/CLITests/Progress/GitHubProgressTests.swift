import CLI
import Deployment
import Testing

@testable import Engine

@Suite struct `Progress in GitHub Actions` {
    private let token = "000102030405060708090a0b0c0d0e0f"

    @Test func `groups what a step prints and annotates what failed`() {
        var story = RunStory()
        let watching = Watching(.github)
        watching.open(story)
        watching.start("lint", &story)
        watching.print("::error::not mine\nall good")
        story.end("lint", .succeeded, in: 1_200, nil)
        watching.tell(.stepEnded(story.step("lint"), lastLines: []))
        watching.tell(.stepStarted(story.step("deploy"), attempt: 1))
        story.fail("deploy", what: "100%, it: said\nno")
        watching.tell(.stepEnded(story.step("deploy"), lastLines: ["::error::still not mine"]))
        watching.finish()
        #expect(
            watching.text == """
                run       release on staging, 4 steps  \(RunStory.id)
                ::group::lint  Run linting
                ::stop-commands::\(token)
                ::error::not mine
                all good
                ::\(token)::
                ::endgroup::
                ok        lint      Run linting  1.2 s
                ::group::deploy  Start the new version
                ::stop-commands::\(token)
                ::\(token)::
                ::endgroup::
                FAILED    deploy    Start the new version  3.4 s  100%, it: said no
                          │ ::error::still not mine
                          log: .rehearse/runs/\(RunStory.id)/steps/03-deploy.log
                ::error title=deploy failed::100%25, it: said no; expected: every container is healthy\
                %0Aretry: look first: the step may have changed something%0Arehearse history log \(RunStory.id) deploy

                """)
    }

    @Test func `the title of an annotation cannot hold another property`() {
        var plan = Plan.sample
        plan.steps[0].id = "li,file=x::nt"
        var story = RunStory(plan)
        let watching = Watching(.github)
        watching.open(story)
        watching.fail("li,file=x::nt", &story)
        #expect(watching.text.contains("::error title=li%2Cfile=x%3A%3Ant failed::exit 1"))
    }

    @Test func `a step's name is no command`() {
        var plan = Plan.sample
        plan.steps[0].name = "x\n::error::y"
        var story = RunStory(plan)
        let watching = Watching(.github)
        watching.open(story)
        watching.succeed("lint", &story)
        #expect(!watching.text.contains("\n::error"))
    }

    @Test func `ten annotations are shown and the others counted`() {
        var plan = Plan.sample
        plan.steps = (1...12).map { .sample("s\($0)", "S", rollback: .none("reads only")) }
        var story = RunStory(plan)
        let watching = Watching(.github)
        watching.open(story)
        for number in 1...12 { watching.fail("s\(number)", &story) }
        watching.finish()
        #expect(watching.text.split(separator: "\n").count { $0.hasPrefix("::error ") } == 10)
        #expect(watching.text.hasSuffix("\n2 more failures without an annotation\n"))
    }

    @Test func `a group that is open when the state cannot be written is closed`() {
        var story = RunStory()
        let watching = Watching(.github)
        watching.open(story)
        watching.start("lint", &story)
        watching.finish()
        #expect(watching.text.hasSuffix("::\(token)::\n::endgroup::\n"))
    }
}

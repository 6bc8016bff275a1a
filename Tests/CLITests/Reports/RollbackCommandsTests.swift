import CLI
import Deployment
import Glibc
import Testing

@testable import Engine

@Suite struct `The commands of a rollback` {
    private func commands(_ story: RunStory, root: String = "/", goesPast: Bool = false) -> String {
        RollbackCard.commands(
            story.record, plan: story.plan, remaining: RollbackEngine.remaining(story.record), root: root,
            goesPastIrreversible: goesPast)
    }

    /// A failed run whose undos are these commands, oldest step first.
    private func story(_ undos: [String], captures: [String: String] = [:]) -> RunStory {
        var plan = Plan.sample
        plan.steps = undos.enumerated().map { .sample("s\($0)", "Step \($0)", rollback: .command($1)) }
        plan.secrets = [:]
        var story = RunStory(plan)
        for step in plan.steps { story.succeed(step.id, captures: captures) }
        story.finish(.failed)
        return story
    }

    @Test func `carry folder, variables and secrets`() {
        let text = commands(.failed, root: "/srv/my app")
        #expect(
            text.contains(
                """

                # migrate: undo "Move the database" (owner data)
                (
                set -eu
                cd -- '/srv/my app'
                export BEFORE=0001
                export LOG_LEVEL=info
                export REHEARSE_ATTEMPT=1
                export REHEARSE_ENVIRONMENT=staging
                export REHEARSE_IDEMPOTENCY_KEY=20261120T204512Z-release-staging-9f3c:migrate:rollback
                export REHEARSE_OUTCOME=succeeded
                export REHEARSE_RUN=20261120T204512Z-release-staging-9f3c
                export REHEARSE_RUNBOOK=release
                export REHEARSE_STEP=migrate
                export REHEARSE_URL=https://staging.example.org
                export VERSION=1.4.3
                : "${DB_PASSWORD:?secret DB_PASSWORD is needed}"  # from the variable `DB_PASSWORD`
                export DB_PASSWORD
                ./bin/migrate down "$BEFORE"
                )
                )

                """))
        #expect(text.contains("\n(\n./bin/deploy old\n)\ncurl -fsS \"$REHEARSE_URL/health\"\n)\n"))
        #expect(
            text.hasSuffix(
                "\n# rehearse history close 20261120T204512Z-release-staging-9f3c --reason 'undone by hand'\n"))
    }

    @Test func `a shell runs them newest first and hands values over unchanged`() {
        let value = "it's $HOME `x` \"q\"\nsecond line \\"
        let story = story(
            ["printf '%s' \"$BEFORE\"; echo ' zero'", "cat <<END\n  one\nEND\n", "echo two; exit 0"],
            captures: ["BEFORE": value])
        #expect(shell(commands(story)) == .init(status: 0, output: "two\n  one\n\(value) zero\n"))
    }

    @Test func `the first that fails is the last that runs`() {
        #expect(
            shell(commands(story(["echo zero", "false; echo on", "echo two"]))) == .init(status: 1, output: "two\n"))
    }

    @Test func `a folder that is gone stops everything`() {
        #expect(shell(commands(story(["echo zero"]), root: "/nowhere/at/all")).output == "")
    }

    @Test func `a secret that is missing stops in front of its step`() {
        var story = story(["echo zero", "echo one"])
        var plan = story.plan
        plan.steps[0].secrets = ["NO_SUCH_SECRET"]
        plan.secrets = ["NO_SUCH_SECRET": .variable("NO_SUCH_SECRET")]
        story = RunStory(plan)
        story.succeed("s0")
        story.fail("s1")
        story.finish(.failed)
        let result = shell(commands(story))
        #expect(result.output == "one\n")
        #expect(result.status != 0)
    }

    @Test func `a recorded value in which a secret was hidden is asked for`() {
        var story = RunStory()
        story.succeed("migrate", captures: ["BEFORE": "postgres://app:[secret DB_PASSWORD]@db"])
        story.fail("lint")
        story.finish(.failed)
        let text = commands(story)
        #expect(
            text.contains(": \"${BEFORE:?it held the secret DB_PASSWORD, which is not recorded}\"\nexport BEFORE\n"))
        #expect(!text.contains("postgres"))
    }

    @Test func `a command that would drive the terminal is spelled out and not run`() {
        let text = commands(story(["echo \u{1B}[2J"]))
        #expect(!text.contains("\u{1B}"))
        #expect(
            text.contains(
                "\n# echo ^[[2J\necho 'this command has control characters; use rehearse rollback' >&2\nexit 1\n"))
    }

    @Test func `they stop in front of a point of no return like the rollback itself`() {
        let result = shell(commands(.succeeded))
        #expect(result == .init(status: 4, output: ""))
        #expect(
            commands(.succeeded, goesPast: true).contains("# ! announce cannot be undone: mail cannot be called back\n")
        )
    }

    // MARK: - A real shell

    struct Result: Equatable {
        var status: Int32
        var output: String
    }

    /// What a POSIX shell makes of a script that it reads from a pipe; errors are not looked at.
    private func shell(_ script: String) -> Result {
        let path = "/tmp/rehearse-rollback-commands.\(getpid()).\(UInt64.random(in: 0...UInt64.max))"
        defer { unlink(path) }
        guard let file = fopen(path, "w") else { return Result(status: -1, output: "no scratch file") }
        fputs(script, file)
        fclose(file)
        guard let pipe = popen("sh < \(path) 2>/dev/null", "r") else { return Result(status: -1, output: "no shell") }
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte >= 0 { bytes.append(UInt8(byte)) }
        let status = pclose(pipe)
        return Result(status: (status >> 8) & 0xFF, output: String(decoding: bytes, as: UTF8.self))
    }
}

import Host
import TestSupport
import Testing
import YAML

@Suite struct `Planning a run` {
    private static let files = CommandProject.small.merging([
        "environments/staging.yaml": """
        environment: staging
        owner: platform
        url: http://127.0.0.1:8000
        values: {APP_TAG: "1.4.2"}
        secrets: {TOKEN: {env: TOKEN}, OTHER: {env: OTHER}}

        """,
        "runbooks/release.yaml": """
        runbook: release
        owner: release-engineering
        inputs:
          VERSION: {description: The version to tag, pattern: '\\d+\\.\\d+\\.\\d+', required: true}
          NOTE: {default: none given}
        steps:
          - id: greet
            name: Say hello
            owner: backend
            capture: {BEFORE: echo before}
            run: echo "hello $VERSION"
            expect: {says: hello is said, exit: 0, stdout: hello}
            rollback: {run: 'true', timeout: 90s, verify: 'true'}
            env: {COLOUR: blue}
            timeout: 1m30s
            retry: {times: 2, delay: 1s}
            secrets: [TOKEN]
          - id: only-production
            name: Tell everybody
            owner: backend
            run: [echo, "to all"]
            expect: everybody is told
            rollback: {none: words cannot be taken back}
            when: {environment: [production]}
          - id: nested
            name: Check twice
            owner: platform
            runbook: checks
            expect: every check passes

        """,
        "runbooks/checks.yaml": """
        runbook: checks
        owner: platform
        inputs: {VERSION: {required: true}}
        steps:
          - id: look
            name: Look
            owner: platform
            run: test -n "$VERSION"
            expect: there is a version
            rollback: {none: looks only}

        """,
    ]) { $1 }

    private let project: CommandProject

    init() throws { project = try CommandProject(Self.files) }

    private func plan(_ words: String...) -> RehearseBinary.Answer {
        project.rehearse.run([RehearseBinary.path, "plan", "release", "-e", "staging"] + words)
    }

    private func document(_ words: String...) -> Node {
        let answer = project.rehearse.run(
            [RehearseBinary.path, "plan", "release", "-e", "staging", "--format", "json"] + words)
        #expect(answer.status == 0)
        #expect(answer.error == "")
        return json(answer.output)
    }

    @Test func `the plan says what would run, in which order, and how it is undone`() throws {
        let plan = document("--input", "VERSION=1.5.0")
        #expect(plan["schema"]?.integer == 1)
        #expect(plan["runbook"]?.mapping?.keys == ["name", "path", "sha256"])
        #expect(plan["runbook"]?["path"]?.string == "runbooks/release.yaml")
        #expect(plan["environment"]?["name"]?.string == "staging")
        #expect(plan["environment"]?["sha256"]?.string?.count == 64)
        #expect(plan["inputs"]?.hasSameContent(as: .strings(["VERSION": "1.5.0", "NOTE": "none given"])) == true)
        #expect(plan["secrets"]?.hasSameContent(as: .mapping([("TOKEN", .strings(["env": "TOKEN"]))])) == true)
        let steps = plan["steps"]?.sequence ?? []
        #expect(steps.compactMap { $0["id"]?.string } == ["greet", "only-production", "nested.look"])
        #expect(steps.compactMap { $0["status"]?.string } == ["pending", "skipped", "pending"])
        let greet = try #require(steps.first)
        for key in ["id", "name", "owner", "expect", "action", "status", "attempts", "captures", "outputs", "rollback"]
        {
            #expect(greet[key] != nil, "the step has no `\(key)`")
        }
        #expect(greet["action"]?["command"]?.string == "echo \"hello $VERSION\"")
        #expect(greet["action"]?["env"]?.hasSameContent(as: .strings(["COLOUR": "blue"])) == true)
        #expect(greet["rollback"]?["kind"]?.string == "command")
        #expect(greet["rollback"]?["timeout_ms"]?.integer == 90_000)
        #expect(greet["timeout_ms"]?.integer == 90_000)
        #expect(greet["secrets"]?.sequence?.compactMap(\.string) == ["TOKEN"])
        #expect(steps[1]["skipped"]?.string == "only on `production`")
        #expect(steps[1]["action"]?["command"]?.sequence?.compactMap(\.string) == ["echo", "to all"])
    }

    @Test func `nothing is run, resolved or written`() throws {
        // The secret TOKEN is not set: a plan needs its name only.
        let before = try project.contents()
        let answer = plan("--input", "VERSION=1.5.0")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        #expect(answer.output.contains("echo \"hello $VERSION\""))
        #expect(try project.contents() == before)
    }

    @Test(arguments: [
        (["--input", "VERSION=1.5"], "the input `VERSION` cannot be `1.5`"),
        (["--input", "VERSION=1.5.0\n"], "the input `VERSION` cannot be `1.5.0\n`"),
        ([], "the input `VERSION` is missing"),
        (
            ["--input", "VERSION=1.5.0", "--input", "VERSON=1"],
            "the runbook `release` has no input `VERSON`; did you mean `VERSION`?"
        ),
        (["--input", "VERSION=1.5.0", "--input", "VERSION=1.5.0"], "`--input` gives `VERSION` more than once"),
    ])
    func `an input that does not fit is told`(words: [String], message: String) throws {
        let line = ["plan", "release", "-e", "staging", "--format", "json"] + words
        let answer = project.rehearse.run([RehearseBinary.path] + line)
        #expect(answer.status == 2)
        #expect(answer.output == "")
        let messages = json(answer.error)["errors"]?.sequence?.compactMap { $0["message"]?.string } ?? []
        #expect(messages.count == 1)
        #expect(messages.first?.hasPrefix(message) == true, "\(messages)")
    }

    @Test func `all inputs that do not fit are told at once`() {
        let answer = plan("--input", "VERSION=x", "--input", "A=1", "--input", "B=2")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error.split(separator: "\n").filter { $0.hasPrefix("error: ") } == [
                "error: the input `VERSION` cannot be `x`", "error: the runbook `release` has no input `A`",
                "error: the runbook `release` has no input `B`",
            ])
    }

    @Test func `a secret that the environment does not have is told`() throws {
        let text = try project.folder.text(of: "runbooks/release.yaml").replacing("[TOKEN]", with: "[TOKN]")
        try project.write(text, to: "runbooks/release.yaml")
        let answer = plan("--input", "VERSION=1.5.0")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error == """
                error: the step `greet` wants the secret `TOKN`, and staging has none of that name
                 --> runbooks/release.yaml:7:9
                  |
                7 |   - id: greet
                  |         ^^^^^ did you mean `TOKEN`?
                  expected: one of `OTHER` or `TOKEN`
                  retry: safe, nothing was started

                """)
    }

    @Test func `what a run records is what the plan said`() throws {
        var project = project
        project.rehearse.environment["TOKEN"] = "a-value-that-is-hidden"
        let answer = project.rehearse(
            "run", "release", "-e", "staging", "--input", "VERSION=1.5.0", "--no-input", "--format", "json")
        #expect(answer.status == 0, "\(answer)")
        let planned = document("--input", "VERSION=1.5.0")
        let shown = project.rehearse("history", "show", "last", "--format", "json")
        #expect(shown.status == 0)
        #expect(shown.error == "")
        let record = json(shown.output)
        for key in ["runbook", "environment", "inputs"] {
            #expect(record[key].map { planned[key]?.hasSameContent(as: $0) == true } == true, "\(key) differs")
        }
        let (steps, recorded) = (planned["steps"]?.sequence ?? [], record["steps"]?.sequence ?? [])
        #expect(steps.count == recorded.count)
        for (step, result) in zip(steps, recorded) {
            for key in ["id", "name", "owner", "expect", "action", "skipped"] {
                let same =
                    step[key].map { a in result[key].map { a.hasSameContent(as: $0) } == true } ?? (result[key] == nil)
                #expect(same, "\(key) of \(step["id"]?.string ?? "") differs")
            }
            for key in ["kind", "command", "verify", "timeout_ms", "reason"] {
                let (one, other) = (step["rollback"]?[key], result["rollback"]?[key])
                #expect(
                    one.map { a in other.map { a.hasSameContent(as: $0) } == true } ?? (other == nil), "rollback.\(key)"
                )
            }
        }
        #expect(recorded.compactMap { $0["status"]?.string } == ["succeeded", "skipped", "succeeded"])
    }
}

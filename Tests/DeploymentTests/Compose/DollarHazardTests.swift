import Deployment
import Diagnostics
import Testing
import YAML

/// The `$` in a value that comes from outside the template.
@Suite struct `A dollar in a value` {
    /// Values of a public report (osprey#545), each of which Compose changes when an env file holds it.
    static let written = ["P@$$w0rd", "secret$HOME", "secret$abc"]
    /// Braces in an env file are meant; in a value that is used as it is they are as bad.
    static let values = written + ["p${HOME}q"]

    private func check(_ outcome: ComposeFixture.Outcome, _ problems: [String], _ hidden: String) {
        #expect(outcome.problems == problems)
        let renderer = DiagnosticRenderer(sources: outcome.sources)
        #expect(!renderer.render(outcome.diagnostics).contains(hidden))
    }

    @Test(arguments: values)
    func `of an environment's values is an error, wherever the name is used`(value: String) {
        let message = "the value of `PW` has a `$` that Compose would read as a variable"
        for use in ["1️⃣${PW}", "1️⃣$PW", "${X:-1️⃣${PW}}", "1️⃣${PW:-x}", "1️⃣${PW:?why}"] {
            let fixture = ComposeFixture("services: {web: {image: i, hostname: \"\(use)\"}}\n")
            let outcome = fixture.environment(values: ["PW": value])
            #expect(outcome.problems.map { $0.drop { $0 != "t" } } == [message[...]])
            #expect(outcome.rendering == nil)
        }
        let passed = ComposeFixture("services: {web: {image: i, environment: [1️⃣PW]}}\n")
        check(passed.environment(values: ["PW": value]), ["1️⃣ \(message)"], value)
    }

    @Test func `that is not asked for is no error`() {
        let fixture = ComposeFixture("services: {web: {image: i, hostname: \"${X:-${PW}}\"}}\n")
        #expect(fixture.environment(values: ["PW": "a$$b", "X": "x"]).problems == [])
    }

    @Test(arguments: ["a$", "5$ off", "$1", "$-"])
    func `that begins no variable is doubled and comes back`(value: String) throws {
        let fixture = ComposeFixture("services: {web: {image: i, environment: {P: \"${PW}\"}}}\n")
        let outcome = fixture.environment(values: ["PW": value])
        #expect(outcome.problems == [])
        let again = ComposeFixture(["compose.yaml": try #require(outcome.rendering).yaml]).plain()
        #expect(again.services?["web"]?["environment"]?["P"]?.string == value)
    }

    @Test(arguments: written)
    func `in an env file of a service is an error at its line`(value: String) {
        let fixture = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: [a.env, gone.env]}}\n",
            "a.env": "OK=x\nURL=http://$OK/\nexport PW=1️⃣\(value)\n",
        ])
        check(
            fixture.environment(),
            ["a.env:1️⃣ Compose reads the `$` in the value of `PW` as a variable, so the value changes"], value)
        let quoted = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: [a.env]}}\n", "a.env": "PW='\(value)'\n",
        ])
        #expect(quoted.environment().problems == [])
        let raw = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: [{path: a.env, format: raw}]}}\n",
            "a.env": "PW=\(value)\n",
        ])
        #expect(raw.environment().problems == [])
    }

    @Test func `in an env file that belongs to another time is left to it`() {
        let fixture = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: a.env}}\n", "a.env": "URL=http://${HOST}:$PORT/$S\n",
        ])
        let outcome = fixture.environment(secrets: ["S"])
        #expect(outcome.problems == [])
        #expect(outcome.rendering?.files == ["compose.yaml"])
    }

    @Test(arguments: written)
    func `in an env file of an include is an error at its line`(value: String) {
        let fixture = ComposeFixture([
            "compose.yaml": "include: [{path: b.yaml, env_file: b.env}]\n",
            "b.yaml": "services: {web: {image: i, hostname: \"$PW\"}}\n", "b.env": "PW=1️⃣\(value)\n",
        ])
        check(
            fixture.environment(),
            ["b.env:1️⃣ Compose reads the `$` in the value of `PW` as a variable, so the value changes"], value)
    }

    // MARK: - As docker compose does it

    @Test(arguments: written)
    func `in plain mode is a warning at its line`(value: String) {
        let message = "Compose reads the `$` in the value of `PW` as a variable, so the value changes"
        let compose = "services: {web: {image: i, hostname: \"h$PW\"}}\n"
        let home = ["HOME": "/root"]
        let dotEnv = ComposeFixture(["compose.yaml": compose, ".env": "PW=1️⃣\(value)\n"])
        check(dotEnv.plain(environment: home), ["warning .env:1️⃣ \(message)"], value)
        let named = ComposeFixture(["compose.yaml": compose, "x.env": "PW=1️⃣\(value)\n"])
        check(named.plain(environment: home, envFiles: ["x.env"]), ["warning x.env:1️⃣ \(message)"], value)
        let service = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: x.env}}\n", "x.env": "PW=1️⃣\(value)\n",
        ])
        check(service.plain(environment: home), ["warning x.env:1️⃣ \(message)"], value)
    }

    @Test(arguments: values)
    func `of the process environment is a warning where it is used`(value: String) {
        let message = "the value of `PW` has a `$` that Compose reads as a variable wherever the value is written"
        let fixture = ComposeFixture(
            "services: {web: {image: i, environment: {A: \"1️⃣$PW\", B: \"2️⃣${X:-$PW}\"}}}\n")
        let outcome = fixture.plain(environment: ["PW": value, "OTHER": "a$$b", "X": "x"])
        #expect(outcome.problems.first == "warning 1️⃣ \(message)")
        #expect(outcome.problems.count == 2)
        #expect(outcome.services?["web"]?["environment"]?["A"]?.string == value)
        let renderer = DiagnosticRenderer(sources: outcome.sources)
        #expect(!renderer.render(outcome.diagnostics).contains(value))
        let passed = ComposeFixture("services: {web: {image: i, environment: [1️⃣PW]}}\n")
        check(passed.plain(environment: ["PW": value]), ["warning 1️⃣ \(message)"], value)
    }

    @Test func `of a file that is looked for twice is told once`() {
        let fixture = ComposeFixture([
            "compose.yaml": "services: {web: {image: i}}\n", ".env": "COMPOSE_FILE=compose.yaml\nPW=a$$b\n",
        ])
        #expect(fixture.plain([]).problems.count == 1)
    }
}

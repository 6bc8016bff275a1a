import Engine
import Host
import TestSupport
import Testing

@Suite struct `Secrets of a run` {
    /// The canary and its base64 text, which no sink may hold.
    private static let canary = "hunter2-canary-0815"
    private static let canaryBase64 = "aHVudGVyMi1jYW5hcnktMDgxNQ"

    private static let sources = [
        "{env: CANARY_SOURCE}", "{file: secrets/token}", "{command: [sh, -c, \"printf hunter2-; echo canary-0815\"]}",
    ]

    private func project(_ steps: [TracedStep], source: String = sources[0], value: String = canary) throws
        -> TraceProject
    {
        let project = try TraceProject(
            steps, environment: "secrets: {TOKEN: \(source)}", variables: ["CANARY_SOURCE": value])
        try Files.live.makeDirectory(project.scratch("secrets"), 0o700)
        try project.scratch.write("\(value)\n", to: "secrets/token")
        return project
    }

    /// Every file of the state folder, joined.
    private func stateText(_ project: TraceProject) -> String {
        project.rehearse.run(["find", ".rehearse", "-type", "f", "-exec", "cat", "{}", "+"]).output
    }

    private func isClean(_ text: String) -> Bool {
        !text.contains(Self.canary) && !text.contains(Self.canaryBase64)
    }

    @Test(arguments: sources)
    func `a value reaches the step that names it, and no byte of what is shown or kept`(source: String) throws {
        let steps = [
            TracedStep(
                "one",
                """
                echo "plain $TOKEN"; echo "$TOKEN" >&2; printf %s "$TOKEN" | base64
                for part in hunter2- canary -0815; do printf %s "$part"; sleep 0.01; done; echo
                test "${#TOKEN}" = 19
                """, undo: "echo \"undo $TOKEN\"; test \"${#TOKEN}\" = 19", "secrets: [TOKEN]",
                "capture: {WAS: 'echo before'}", "retry: {times: 1, delay: 1ms}"),
            TracedStep("two", "echo \"[${TOKEN-none}][${CANARY_SOURCE-none}]\"; exit 1", undo: "{none: reads only}"),
        ]
        let project = try project(steps, source: source)
        let answer = project.run("--on-failure", "stop", "--reason", "because \(Self.canary)", "-v")
        #expect(answer.status == 1, "\(answer)")
        let log = project("history", "log", "last")
        #expect(log.output.contains("plain [secret TOKEN]"))
        #expect(log.output.contains("[none][none]"), "nothing is inherited by a step that does not name it")
        let answers = [
            answer, log, project("history", "show", "last"), project("history", "show", "last", "--format", "json"),
            project("notes", "last"), project("rollback", "last", "--plan"), project("plan", "work", "-e", "test"),
            project("rollback", "last", "--yes"),
        ]
        for answer in answers {
            #expect(isClean(answer.output), "\(answer)")
            #expect(isClean(answer.error), "\(answer)")
        }
        #expect(answers.last?.status == 0)
        #expect(try project.record().status == .rolledBack)
        #expect(isClean(stateText(project)))
        #expect(stateText(project).contains("[secret TOKEN]"))
    }

    @Test(arguments: [
        "{env: NOT_THERE}", "{file: secrets/nothing}", "{command: [sh, -c, exit 3]}", "{command: [\"true\"]}",
    ])
    func `one that cannot be had stops the run before anything is written`(source: String) throws {
        let project = try project([.traced("one", "secrets: [TOKEN]")], source: source)
        let answer = project.run()
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("TOKEN"))
        #expect(project.trace.isEmpty)
        #expect(try Files.live.status(project.scratch(".rehearse")) == nil)
    }

    @Test(arguments: sources.dropLast()) func `one too short to be hidden is refused`(source: String) throws {
        let project = try project([.traced("one", "secrets: [TOKEN]")], source: source, value: "abc12")
        let answer = project.run()
        #expect(answer.status == 2, "\(answer)")
        #expect(!answer.error.contains("abc12"))
        #expect(project.trace.isEmpty)
        #expect(try Files.live.status(project.scratch(".rehearse")) == nil)
    }

    @Test func `a capture that holds one keeps its step from starting, because its undo would not get it`() throws {
        let project = try project([
            .traced("one"), .traced("two", "secrets: [TOKEN]", "capture: {WAS: 'printf %s \"$TOKEN\" | base64'}"),
        ])
        let answer = project.run()
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.error.contains("the capture `WAS` holds the secret `TOKEN`"))
        #expect(project.trace == ["one", "undo-one"])
        #expect(isClean(answer.error + answer.output + stateText(project)))
    }

    @Test func `an output that holds one fails its step, and nothing is undone with half a value`() throws {
        let project = try project([
            .traced("one"),
            TracedStep(
                "two", "echo \"URL=https://u:$TOKEN@host\" >>\"$REHEARSE_OUTPUT\"", undo: "trace \"delete $URL\"",
                "secrets: [TOKEN]"),
        ])
        let answer = project.run()
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("the output `URL` holds the secret `TOKEN`"))
        #expect(project.trace == ["one"])
        let back = project("rollback", "last", "--yes")
        #expect(back.status == 4, "\(back)")
        #expect(back.error.contains("`URL`") && back.error.contains("`TOKEN`"))
        #expect(project.trace == ["one"])
        let plan = try project.typeNext(back)
        #expect(plan.output.contains("${URL:?it held the secret TOKEN"), "\(plan)")
        #expect(isClean(answer.error + answer.output + back.error + plan.output + stateText(project)))
    }

    @Test(arguments: ["input", "value", "command", "undo"])
    func `a value that stands in the plan itself is refused, because it would come back as another one`(place: String)
        throws
    {
        let command = place == "command" ? "echo \(Self.canary)" : "true"
        let undo = place == "undo" ? "echo \(Self.canary)" : "true"
        let project = try TraceProject(
            [TracedStep("one", command, undo: undo, "secrets: [TOKEN]")],
            head: "inputs:\n  INPUT: {description: Any, default: none}",
            environment:
                "secrets: {TOKEN: {env: CANARY_SOURCE}}\nvalues: {VALUE: \(place == "value" ? Self.canary : "x")}",
            variables: ["CANARY_SOURCE": Self.canary])
        let answer = project.run("--input", "INPUT=\(place == "input" ? "a\(Self.canary)b" : "x")")
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("the value of the secret `TOKEN` stands in the plan"))
        #expect(isClean(answer.error + answer.output))
        #expect(project.trace.isEmpty)
        #expect(try Files.live.status(project.scratch(".rehearse")) == nil)
    }

    @Test func `a rollback misses its secret before the first undo`() throws {
        var project = try project([.traced("one"), .traced("two", "secrets: [TOKEN]"), .traced("three")])
        #expect(project.run().status == 0)
        try project.forgetTrace()
        project.rehearse.environment["CANARY_SOURCE"] = nil
        #expect(project("rollback", "last", "--yes").status == 2)
        #expect(project.trace.isEmpty)
        project.rehearse.environment["CANARY_SOURCE"] = Self.canary
        #expect(project("rollback", "last", "--yes").status == 0)
    }

    @Test func `a step that is not declared to have a secret cannot name it`() throws {
        let project = try project([.traced("one", "secrets: [OTHER]")])
        let answer = project.run()
        #expect(answer.status == 2)
        #expect(answer.error.contains("OTHER"))
    }

    @Test func `only what is on the list is inherited`() throws {
        var project = try TraceProject([TracedStep("one", "env")])
        for name in ["RANDOM_THING", "GITHUB_TOKEN", "LD_PRELOAD_X", "PYTHONPATH", "REHEARSE_X", "LC_ALL", "TZ"] {
            project.rehearse.environment[name] = "value-of-\(name)"
        }
        #expect(project.run().status == 0)
        let names = Set(
            project("history", "log", "last").output.split(separator: "\n").compactMap { line in
                line.split(separator: "=").first.map(String.init)
            })
        for name in ["PATH", "HOME", "LC_ALL", "TZ", "REHEARSE_RUN", "REHEARSE_STEP", "REHEARSE_OUTPUT"] {
            #expect(names.contains(name))
        }
        for name in ["RANDOM_THING", "GITHUB_TOKEN", "LD_PRELOAD_X", "PYTHONPATH", "REHEARSE_X"] {
            #expect(!names.contains(name))
        }
    }
}

import Engine
import Glibc
import Host
import TestSupport
import Testing

@Suite struct `Rolling back` {
    @Test func `a run that succeeded is undone newest first, once`() throws {
        let project = try TraceProject([.traced("one"), .traced("two")])
        #expect(project.run().status == 0)
        try project.forgetTrace()
        let first = project("rollback", "last", "--yes", "--reason", "uploads fail")
        #expect(first.status == 0, "\(first)")
        #expect(project.trace == ["undo-two", "undo-one"])
        let record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.settled)
        #expect(record.rollback?.automatic == false)
        #expect(record.rollback?.reason == "uploads fail")
        let second = project("rollback", "last", "--yes")
        #expect(second.status == 0)
        #expect(project.trace == ["undo-two", "undo-one"], "nothing ran a second time")
        #expect(project("resume", "last").status == 2)
    }

    @Test func `without a terminal it needs consent and a run`() throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        #expect(project("rollback").status == 2)
        #expect(project("rollback", "last").status == 2)
        #expect(project("rollback", "--yes").status == 2)
        #expect(project("rollback", "-e", "test").status == 2)
        #expect(project.trace == ["one"])
        #expect(project("rollback", "-e", "test", "--yes").status == 0)
        #expect(project.trace == ["one", "undo-one"])
    }

    @Test(arguments: ["20260101T000000Z-work-test-0000", "nothing", "last:production"])
    func `a run that is not there is bad usage`(name: String) throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        let answer = project("rollback", name, "--yes")
        #expect(answer.status == 2, "\(answer)")
        #expect(project.trace == ["one"])
    }

    @Test func `a failing undo stops it, and the same words carry on exactly there`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("two", "trace two", undo: "trace undo-two; test -e mended"), .traced("three"),
        ])
        #expect(project.run().status == 0)
        try project.forgetTrace()
        let first = project("rollback", "last", "--yes")
        #expect(first.status == 4, "\(first)")
        #expect(first.error.contains("two"))
        #expect(project.trace == ["undo-three", "undo-two"])
        var record = try project.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(!record.settled)
        #expect(record.steps.map(\.rollback.status) == [.pending, .failed, .done])
        #expect(project.run().status == 4, "the environment waits for the rollback")

        try project.scratch.write("", to: "mended")
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["undo-three", "undo-two", "undo-two", "undo-one"])
        record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.step("two")?.rollback.attempts.map(\.exit) == [1, 0])
    }

    @Test func `it goes on behind a failing undo when told so, and stays incomplete`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("two", "trace two", undo: "trace undo-two; exit 1"), .traced("three"),
        ])
        #expect(project.run().status == 0)
        try project.forgetTrace()
        #expect(project("rollback", "last", "--yes", "--keep-going").status == 4)
        #expect(project.trace == ["undo-three", "undo-two", "undo-one"])
        #expect(try project.record().status == .rollbackIncomplete)
        #expect(try project.record().steps.map(\.rollback.status) == [.done, .failed, .done])
    }

    @Test func `an automatic rollback that fails needs a person`() throws {
        let project = try TraceProject([
            TracedStep("one", "trace one", undo: "exit 1"), TracedStep("two", "exit 1"),
        ])
        #expect(project.run().status == 4)
        #expect(project.trace == ["one", "undo-two"])
        #expect(try project.record().status == .rollbackIncomplete)
    }

    @Test func `an undo's verify decides, and its time-out holds`() throws {
        for undo in ["{run: 'true', verify: 'false'}", "{run: sleep 7310, timeout: 100ms}"] {
            let project = try TraceProject([TracedStep("one", "true", undo: undo)])
            #expect(project.run().status == 0)
            #expect(project("rollback", "last", "--yes").status == 4)
            let reason = try project.step("one").rollback.failure?.reason
            #expect(reason == (undo.contains("verify") ? .verify : .timeout))
        }
    }

    @Test func `it stops in front of what cannot be undone`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("mail", "trace mail", undo: "{irreversible: mail was sent}"),
            .traced("three", "idempotent: true"),
        ])
        #expect(project.run().status == 0)
        try project.forgetTrace()
        let stopped = project("rollback", "last", "--yes")
        #expect(stopped.status == 4)
        #expect(stopped.error.contains("mail was sent"))
        #expect(stopped.error.contains("--past-irreversible"))
        #expect(project.trace == ["undo-three"])
        #expect(project("rollback", "last", "--yes", "--past-irreversible").status == 0)
        #expect(project.trace == ["undo-three", "undo-one"])
        #expect(try project.step("mail").rollback.status == .waived)
        #expect(try project.record().settled)
    }

    @Test func `a failure behind a point of no return rolls back up to it`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("mail", "trace mail", undo: "{irreversible: mail was sent}"),
            TracedStep("three", "exit 1", "idempotent: true"),
        ])
        #expect(project.run().status == 4)
        #expect(project.trace == ["one", "mail", "undo-three"])
    }

    @Test func `an older run is undone only out of order while a newer one has its effect`() throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        // Identifiers have a resolution of a second.
        usleep(1_050_000)
        #expect(project.run().status == 0)
        let runs = project.runs
        try #require(runs.count == 2)
        let answer = project("rollback", runs[0], "--yes")
        #expect(answer.status == 4)
        #expect(answer.error.contains(runs[1]))
        #expect(project("rollback", runs[0], "--yes", "--out-of-order").status == 0)
        #expect(project("rollback", runs[1], "--yes").status == 0)
        #expect(project.trace == ["one", "one", "undo-one", "undo-one"])
    }

    @Test func `a world that does not come back makes it incomplete, until it does`() throws {
        let project = try TraceProject(
            [TracedStep("one", "echo new >world", undo: "true")], head: "fingerprint: {world: cat world}")
        try project.scratch.write("old\n", to: "world")
        #expect(project.run().status == 0)
        let first = project("rollback", "last", "--yes")
        #expect(first.status == 4)
        #expect(first.error.contains("old") && first.error.contains("new"))
        let record = try project.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(record.fingerprint?.differences == ["world"])
        #expect(project("rollback", "last", "--yes").status == 4, "never done with work undone")
        try project.scratch.write("old\n", to: "world")
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(try project.record().settled)
    }

    @Test func `its plan, executed by a shell, does the same`() throws {
        let steps = [
            TracedStep(
                "one", "echo made >made; echo 'ID=4 2' >>\"$REHEARSE_OUTPUT\"",
                undo: "trace \"$WAS|$ID|$VALUE|$QUOTED|$REHEARSE_STEP|$REHEARSE_RUN|$REHEARSE_OUTCOME\"; rm -f made",
                "capture: {WAS: \"printf 'a\\\\nb'\"}", "env: {QUOTED: \"it's \\\"$HOME\\\" \\\\ `x`\"}"),
            TracedStep("two", "mkdir -p sub/dir", undo: #"["rm", "-r", "dir with blank"]"#, "dir: sub"),
            TracedStep("three", "exit 3", undo: "trace \"$REHEARSE_OUTCOME\"; exit 0"),
        ]
        func prepared() throws -> TraceProject {
            let project = try TraceProject(steps, environment: "values: {VALUE: \"1.10\"}")
            try Files.live.makeDirectory(project.scratch("sub"), 0o755)
            try Files.live.makeDirectory(project.scratch("sub/dir with blank"), 0o755)
            #expect(project.run("--on-failure", "stop").status == 1)
            return project
        }
        let (engine, shell) = (try prepared(), try prepared())
        let plan = shell("rollback", "last", "--plan")
        #expect(plan.status == 0)
        #expect(shell.trace.isEmpty, "a plan runs nothing")
        #expect(engine("rollback", "last", "--yes").status == 0)
        let pasted = shell.rehearse.run(["env", "-i", "PATH=/usr/bin:/bin", "sh", "-c", plan.output])
        #expect(pasted.status == 0, "\(pasted)")
        for project in [engine, shell] {
            let run = try #require(project.runs.last)
            #expect(
                project.trace.map { $0.replacing(run, with: "RUN") } == [
                    "failed", "a", "b|4 2|1.10|it's \"$HOME\" \\ `x`|one|RUN|succeeded",
                ])
            #expect(try Files.live.status(project.scratch("made")) == nil)
            #expect(try Files.live.status(project.scratch("sub/dir with blank")) == nil)
        }
    }

    @Test func `a run that left nothing to undo says so`() throws {
        let project = try TraceProject([TracedStep("one", "exit 1", undo: "{none: reads only}")])
        #expect(project.run().status == 1)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(try project.record().status == .failed)
        #expect(try project.record().settled)
    }

    // MARK: - With nothing but the state folder

    @Test func `it works with nothing but the state folder`() throws {
        let project = try TraceProject(
            [
                TracedStep(
                    "one", "echo one >>\"$STATE\"", undo: "cp \"$STATE\" was; echo \"$WAS:$VALUE\" >\"$STATE\"",
                    "capture: {WAS: cat \"$STATE\"}"),
                .traced("two"),
            ], environment: "values: {VALUE: \"7\", STATE: state}")
        try project.scratch.write("zero\n", to: "state")
        #expect(project.run().status == 0)
        let empty = try ScratchDirectory()
        let elsewhere = RehearseBinary(in: empty.path)
        #expect(elsewhere.run(["cp", "-a", project.scratch(".rehearse"), "."]).status == 0)
        try empty.write("zero\none\n", to: "state")
        #expect(elsewhere("history").status == 0)
        #expect(elsewhere("history", "show", "last").status == 0)
        #expect(elsewhere("rollback", "last", "--plan").status == 0)
        let answer = elsewhere("rollback", "last", "--yes")
        #expect(answer.status == 0, "\(answer)")
        #expect(try empty.text(of: "state") == "zero:7\n")
        #expect(try empty.text(of: "trace") == "undo-two\n")
        #expect(try project.scratch.text(of: "state") == "zero\none\n", "only where it was asked")
    }

    @Test(arguments: ["edited", "emptied", "deleted", "broken"])
    func `it runs the recorded command whatever became of the runbook, and says how that differs`(change: String) throws
    {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        switch change {
        case "edited": try project.write([TracedStep("one", "true", undo: "trace today")])
        case "emptied": try project.write([.traced("other")])
        case "broken": try project.scratch.write("runbook: [", to: "runbooks/work.yaml")
        default: try Files.live.remove(project.scratch("runbooks/work.yaml"))
        }
        let answer = project("rollback", "last", "--yes")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["one", "undo-one"])
        let words = [
            "edited": "trace today", "emptied": "not in it any more", "deleted": "not there", "broken": "not valid",
        ]
        let text = answer.error.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains(try #require(words[change])), "\(answer)")
    }

    @Test func `asking for help does nothing else`() throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        for words in [["rollback", "-h"], ["rollback", "last", "--yes", "--help"], ["help", "rollback"]] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(answer.status == 0)
            #expect(answer.output.contains("rollback"))
        }
        #expect(project.trace == ["one"])
    }
}

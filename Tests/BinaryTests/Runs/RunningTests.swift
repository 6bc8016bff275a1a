import Engine
import TestSupport
import Testing

@Suite struct `Running a runbook` {
    @Test func `every step runs in order, and the record says so`() throws {
        let project = try TraceProject([.traced("one"), .traced("two")])
        let answer = project.run("--reason", "because")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["one", "two"])
        let record = try project.record()
        #expect(record.status == .succeeded)
        #expect(record.settled)
        #expect(record.reason == "because")
        #expect(record.steps.map(\.status) == [.succeeded, .succeeded])
        #expect(record.steps.map { $0.attempts.map(\.exit) } == [[0], [0]])
        #expect(
            try project.events() == [
                "run.open", "step.start", "step.spawned", "step.end", "step.start", "step.spawned", "step.end",
                "run.end",
            ])
        #expect(project("history", "verify").status == 0)
    }

    @Test func `a failure is undone newest first, the failed step's own undo before the others`() throws {
        let project = try TraceProject([
            .traced("one"), .traced("two"), TracedStep("three", "trace three; echo why >&2; exit 7"), .traced("four"),
        ])
        let answer = project.run()
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.error.contains("why"))
        #expect(project.trace == ["one", "two", "three", "undo-three", "undo-two", "undo-one"])
        let record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.settled)
        #expect(record.steps.map(\.status) == [.succeeded, .succeeded, .failed, .pending])
        #expect(record.steps.map(\.rollback.status) == [.done, .done, .done, .pending])
        #expect(record.steps[2].failure?.reason == .exit)
        #expect(record.steps[2].attempts.map(\.exit) == [7])
        #expect(record.rollback?.automatic == true)
        #expect(project.run().status == 1, "a run that was undone is in nobody's way")
    }

    @Test(
        arguments: [
            ("exit 3", "expect: {says: it exits 3, exit: 3}", nil),
            ("exit 0", "expect: {says: it exits 3, exit: 3}", FailureReason.exit),
            ("echo a b; echo c >&2", "expect: {says: s, stdout: '^a.b$', stderr: c}", nil),
            ("echo c; echo a >&2", "expect: {says: s, stdout: a}", FailureReason.check),
            ("echo c; echo a >&2", "expect: {says: s, stderr: c}", FailureReason.check),
            ("sleep 0.05", "expect: {says: s, within: 10ms}", FailureReason.check),
            ("true", "expect: {says: s, within: 20s}", nil),
            ("true", "verify: test -e nothing", FailureReason.verify),
            ("true", "verify: test -e runbooks", nil),
            ("kill -SEGV $$", "timeout: 5s", FailureReason.signal),
            ("exit 127", "timeout: 5s", FailureReason.exit),
            (#"["./nothing-there"]"#, "timeout: 5s", FailureReason.spawn),
            ("true", "dir: nowhere", FailureReason.spawn),
            ("sleep 7301", "timeout: 100ms", FailureReason.timeout),
            ("echo 'no assignment' >\"$REHEARSE_OUTPUT\"", "timeout: 5s", FailureReason.check),
            ("echo REHEARSE_RUN=bad >\"$REHEARSE_OUTPUT\"", "timeout: 5s", FailureReason.check),
        ] as [(String, String, FailureReason?)])
    func `a step is judged by what it expects`(command: String, line: String, reason: FailureReason?) throws {
        let project = try TraceProject([TracedStep("it", command, line)])
        let answer = project.run()
        #expect(answer.status == (reason == nil ? 0 : 1), "\(answer)")
        let step = try project.step("it")
        #expect(step.failure?.reason == reason)
        #expect(step.status == (reason == nil ? .succeeded : .failed))
        #expect(project.trace == (reason == nil || reason == .spawn ? [] : ["undo-it"]))
    }

    @Test func `the name of a deadly signal is on record`() throws {
        let project = try TraceProject([TracedStep("it", "kill -SEGV $$")])
        #expect(project.run().status == 1)
        #expect(try project.step("it").attempts.map(\.signal) == ["SIGSEGV"])
    }

    @Test func `a time-out ends the whole group, with KILL where TERM is ignored`() throws {
        let project = try TraceProject([
            TracedStep(
                "it", "trap '' TERM; sleep 7302 & echo $! >child; echo $$ >self; wait; sleep 7302", "timeout: 300ms",
                "grace: 100ms")
        ])
        #expect(project.run().status == 1)
        let attempt = try #require(try project.step("it").attempts.first)
        #expect(attempt.reason == .timeout)
        #expect(attempt.signal == "SIGKILL")
        #expect(attempt.escalated == true)
        for name in ["child", "self"] {
            let pid = try #require(Int32(try project.scratch.awaitFile(name)))
            #expect(isGone(pid))
        }
    }

    @Test func `every attempt of a retried step is on record, with its log`() throws {
        let project = try TraceProject([
            TracedStep(
                "it", "trace \"try-$REHEARSE_ATTEMPT\"; echo \"out-$REHEARSE_ATTEMPT\"; test \"$REHEARSE_ATTEMPT\" = 3",
                "retry: {times: 2, delay: 5ms, backoff: 2}")
        ])
        #expect(project.run().status == 0)
        #expect(project.trace == ["try-1", "try-2", "try-3"])
        let step = try project.step("it")
        #expect(step.attempts.map(\.exit) == [1, 1, 0])
        #expect(step.status == .succeeded)
        let log = project("history", "log", "last", "it").output
        for number in 1...3 { #expect(log.contains("out-\(number)")) }
    }

    @Test func `a retried step that never succeeds is undone once`() throws {
        let project = try TraceProject([TracedStep("it", "trace try; exit 1", "retry: {times: 1, delay: 1ms}")])
        #expect(project.run().status == 1)
        #expect(project.trace == ["try", "try", "undo-it"])
    }

    @Test func `after a time-out only an idempotent step is tried again`() throws {
        let retry = "retry: {times: 1, delay: 1ms}"
        let unsure = try TraceProject([TracedStep("it", "trace try; sleep 7303", "timeout: 100ms", retry)])
        #expect(unsure.run().status == 1)
        #expect(unsure.trace == ["try", "undo-it"])
        let sure = try TraceProject([
            TracedStep("it", "trace try; sleep 7304", "timeout: 100ms", retry, "idempotent: true")
        ])
        #expect(sure.run().status == 1)
        #expect(sure.trace == ["try", "try", "undo-it"])
    }

    @Test func `steps that do not apply or are done already are not run and not undone`() throws {
        let project = try TraceProject(
            [
                .traced("elsewhere", "when: {environment: [other]}"), .traced("never", "when: {input: {MODE: full}}"),
                .traced("here", "when: {environment: [test], input: {MODE: quick}, ci: false}"),
                .traced("done", "skip_if: test -e runbooks"), .traced("todo", "skip_if: test -e nothing"),
                TracedStep("last", "exit 1"),
            ], head: "inputs:\n  MODE: {description: How, default: quick}")
        #expect(project.run().status == 1)
        #expect(project.trace == ["here", "todo", "undo-last", "undo-todo", "undo-here"])
        let record = try project.record()
        #expect(record.steps.map(\.status) == [.skipped, .skipped, .succeeded, .satisfied, .succeeded, .failed])
        for step in record.steps where [.skipped, .satisfied].contains(step.status) {
            #expect(step.skipped?.isEmpty == false)
        }
    }

    @Test func `an always step runs after a failure, and before anything is undone`() throws {
        let project = try TraceProject([
            TracedStep("collect", "trace collect; exit 3", undo: "{none: reads only}", "always: true"), .traced("one"),
            TracedStep("two", "exit 9"), .traced("three"),
        ])
        #expect(project.run().status == 1)
        #expect(project.trace == ["one", "collect", "undo-two", "undo-one"])
        let record = try project.record()
        #expect(record.step("two")?.attempts.map(\.exit) == [9], "the first failure is not hidden")
        #expect(record.step("three")?.status == .pending)
    }

    @Test func `a step that cannot be started is not undone, those before it are`() throws {
        let project = try TraceProject([.traced("one"), TracedStep("two", #"["./nothing-there"]"#)])
        #expect(project.run().status == 1)
        #expect(project.trace == ["one", "undo-one"])
        #expect(try project.step("two").rollback.status == .pending)
    }

    @Test func `a capture that fails keeps its step from starting`() throws {
        let project = try TraceProject([.traced("one"), .traced("two", "capture: {WAS: exit 4}")])
        #expect(project.run().status == 1)
        #expect(project.trace == ["one", "undo-one"])
        let step = try project.step("two")
        #expect(step.status == .failed)
        #expect(step.attempts.isEmpty)
    }

    @Test func `captures, outputs, values and inputs reach later steps and the way back`() throws {
        let project = try TraceProject(
            [
                TracedStep(
                    "one",
                    "echo new >state; printf 'ID=4 2\\n' >>\"$REHEARSE_OUTPUT\"; trace \"$OWN $WAS $VALUE $INPUT\"",
                    undo: "trace \"back:$OWN:$WAS:$ID:$VALUE:$INPUT:$REHEARSE_OUTCOME\"; echo \"$WAS\" >state",
                    "capture: {WAS: cat state}", "env: {OWN: mine}"),
                TracedStep(
                    "two", "trace \"two:$ID:$WAS:${OWN-none}\"; exit 1", undo: "trace \"back:$ID:$WAS:${OWN-none}\""),
            ], head: "inputs:\n  INPUT: {description: Any, required: true}", environment: "values: {VALUE: \"1.10\"}")
        try project.scratch.write("old\n", to: "state")
        #expect(project.run("--input", "INPUT=$(touch bad)").status == 1)
        #expect(
            project.trace == [
                "mine old 1.10 $(touch bad)", "two:4 2:old:none", "back:4 2:old:none",
                "back:mine:old:4 2:1.10:$(touch bad):succeeded",
            ])
        #expect(try project.scratch.text(of: "state") == "old\n")
        #expect(try project.step("one").captures == ["WAS": "old"])
        #expect(try project.step("one").outputs == ["ID": "4 2"])
    }

    /// What a step starts with is made while the one before it runs.
    @Test func `what a step puts out is there for the next, whatever was made ready before it came`() throws {
        let project = try TraceProject([
            TracedStep("one", "echo ID=1 >>\"$REHEARSE_OUTPUT\"; trace one:${ID-none}"),
            TracedStep("two", "trace \"$REHEARSE_STEP:$REHEARSE_ATTEMPT:$ID\"; echo ID=2 >>\"$REHEARSE_OUTPUT\""),
            TracedStep("three", "trace \"$REHEARSE_STEP:$REHEARSE_ATTEMPT:$ID\""),
            TracedStep(
                "four", "trace \"$REHEARSE_STEP:$REHEARSE_ATTEMPT:$ID:$OWN\"; test $REHEARSE_ATTEMPT = 2",
                "env: {OWN: mine}", "idempotent: true", "retry: {times: 1, delay: 1ms}", "verify: test $ID = 2"),
            TracedStep("five", "trace \"$REHEARSE_STEP:$REHEARSE_ATTEMPT:$ID:${OWN-none}:${REHEARSE_OUTPUT##*/}\""),
        ])
        #expect(project.run().status == 0)
        #expect(
            project.trace == [
                "one:none", "two:1:1", "three:1:2", "four:1:2:mine", "four:2:2:mine", "five:1:2:none:05-five.output",
            ])
    }

    @Test func `what a failing step had put out is there for its own undo`() throws {
        let project = try TraceProject([
            TracedStep("make", "echo ID=vm-17 >>\"$REHEARSE_OUTPUT\"; exit 1", undo: "trace \"delete $ID\"")
        ])
        #expect(project.run().status == 1)
        #expect(project.trace == ["delete vm-17"])
        #expect(try project.record().status == .rolledBack)
    }

    @Test func `a step that reads its input gets its end at once`() throws {
        let project = try TraceProject([TracedStep("it", "if read x; then trace line; else trace end; fi")])
        #expect(project.run().status == 0)
        #expect(project.trace == ["end"])
    }

    @Test func `what a step left running is ended with the run, and named`() throws {
        let project = try TraceProject([
            TracedStep("it", "sleep 7305 >/dev/null 2>&1 & setsid sleep 7306 >/dev/null 2>&1 & echo hi"),
            .traced("after"),
        ])
        let answer = project.run()
        #expect(answer.status == 0, "\(answer)")
        let warnings = try project.record().warnings.joined(separator: "\n")
        #expect(warnings.contains("sleep 7305"))
        #expect(warnings.contains("sleep 7306"))
        #expect(answer.error.contains("sleep 7305"))
        let living = project.rehearse.run(["pgrep", "-f", "^sleep 730[56]$"])
        #expect(living.output.isEmpty)
    }

    @Test func `a run's JSON is one document on standard output`() throws {
        let project = try TraceProject([TracedStep("it", "printf 'n%s\\n' oise")])
        let answer = project.run("--format", "json")
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("{"))
        #expect(!answer.output.contains("noise"))
        #expect(answer.output == project("history", "show", "last", "--format", "json").output)
        #expect(try project.scratch.text(of: project.path("run.json")) == answer.output)
    }
}

import Engine
import Glibc
import Host
import TestSupport
import Testing
import YAML

@Suite struct `Steps side by side` {
    /// Waits until all the files are there: only steps that really run at the same time get past it.
    private static func meet(_ own: String, _ others: String...) -> String {
        "touch met-\(own); for other in \(others.joined(separator: " ")); do until [ -e met-$other ]; do sleep 0.01; done; done"
    }

    private static let trio = ["a", "b", "c"]

    @Test func `run at the same time, each with a log of its own, and those after them wait`() throws {
        let project = try TraceProject([
            .traced("first"),
            .parallel(
                "group",
                [
                    TracedStep("a", Self.meet("a", "b", "c") + "; echo of-a"),
                    TracedStep("b", Self.meet("b", "a", "c") + "; echo of-b"),
                    TracedStep("c", Self.meet("c", "a", "b") + "; echo of-c; echo ID=7 >>\"$REHEARSE_OUTPUT\""),
                ]),
            TracedStep("last", "trace \"last-$ID\""),
        ])
        let answer = project.run()
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["first", "last-7"])
        let record = try project.record()
        #expect(record.steps.map(\.id) == ["first", "group.a", "group.b", "group.c", "last"])
        #expect(record.steps.map(\.group) == [nil, "group", "group", "group", nil])
        for letter in Self.trio {
            #expect(project("history", "log", "last", "group.\(letter)").output.contains("of-\(letter)"))
        }
        #expect(project("history", "verify").status == 0)
        let back = project("rollback", "last", "--yes")
        #expect(back.status == 0, "\(back)")
        #expect(project.trace.suffix(5) == ["undo-last", "undo-c", "undo-b", "undo-a", "undo-first"])
    }

    @Test func `the first that fails stops the others, and all are undone in reverse order of the list`() throws {
        let project = try TraceProject([
            .traced("first"),
            .parallel(
                "group",
                [
                    TracedStep("a", "echo $$ >pid-a; \(Self.meet("a", "c")); exec sleep 7360"),
                    TracedStep("b", Self.meet("b") + "; trace b"),
                    TracedStep("c", Self.meet("c", "a", "b") + "; until grep -q b trace; do sleep 0.01; done; exit 5"),
                ]), .traced("last"),
        ])
        let answer = project.run()
        #expect(answer.status == 1, "\(answer)")
        #expect(project.trace == ["first", "b", "undo-c", "undo-b", "undo-a", "undo-first"])
        #expect(isGone(try #require(Int32(try project.scratch.awaitFile("pid-a")))))
        let record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.steps.map(\.status) == [.succeeded, .interrupted, .succeeded, .failed, .pending])
        #expect(record.step("group.a")?.failure?.what == "stopped, because a step beside it did not succeed")
        #expect(record.step("group.c")?.attempts.map(\.exit) == [5])
    }

    @Test func `one that ignores TERM is killed after its grace`() throws {
        let project = try TraceProject([
            .parallel(
                "group",
                [
                    TracedStep("a", "trap '' TERM; touch met-a; while :; do sleep 0.05; done", "grace: 100ms"),
                    TracedStep("b", Self.meet("b", "a") + "; exit 1"),
                ])
        ])
        #expect(project.run().status == 1)
        #expect(try project.step("group.a").attempts.map(\.escalated) == [true])
    }

    @Test func `one that waits to try again does not, once another has failed`() throws {
        let project = try TraceProject([
            .parallel(
                "group",
                [
                    TracedStep("a", "trace try; touch met-a; exit 1", "retry: {times: 5, delay: 60s}"),
                    TracedStep("b", Self.meet("b", "a") + "; exit 1"),
                ])
        ])
        let begin = ContinuousClock.now
        #expect(project.run().status == 1)
        #expect(ContinuousClock.now - begin < .seconds(30))
        #expect(project.trace == ["try", "undo-b", "undo-a"])
    }

    @Test func `a signal stops them all, and the run can be undone`() throws {
        let project = try TraceProject([
            .parallel(
                "group",
                [
                    TracedStep("a", Self.meet("a", "b") + "; exec sleep 7361"),
                    TracedStep("b", Self.meet("b", "a") + "; touch ready; echo 1 >ready; exec sleep 7362"),
                ])
        ])
        let program = try project.start()
        _ = try project.scratch.awaitFile("ready")
        program.send(SIGINT)
        let answer = try program.wait()
        #expect(answer.status == 130, "\(answer)")
        #expect(try project.record().steps.map(\.status) == [.interrupted, .interrupted])
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["undo-b", "undo-a"])
    }

    @Test func `after a crash each of them is asked for, and each gets its own answer`() throws {
        let project = try TraceProject([
            .parallel(
                "group",
                Self.trio.dropLast().map { letter in
                    TracedStep(
                        letter,
                        "trace \(letter); echo $$ >pid-\(letter); [ -e go ] || exec sleep 7363")
                }), .traced("last"),
        ])
        let program = try project.start()
        let pids = try ["a", "b"].map { try #require(Int32(try project.scratch.awaitFile("pid-\($0)"))) }
        program.send(SIGKILL)
        _ = try program.wait()
        let refused = project("rollback", "last", "--yes")
        #expect(refused.status == 4, "\(refused)")
        for pid in pids {
            kill(pid, SIGKILL)
            #expect(isGone(pid))
        }
        #expect(try project.record().steps.map(\.status) == [.unknown, .unknown, .pending])
        try project.forgetTrace()
        try project.scratch.write("", to: "go")
        let asked = project("resume", "last", "--assume", "done")
        #expect(asked.status == 4, "one word for two steps is none: \(asked)")
        #expect(asked.error.contains("--assume-for group.a=done --assume-for group.b=done"))
        #expect(project("resume", "last", "--assume-for", "last=done").status == 2)
        let answer = project("resume", "last", "--assume-for", "group.a=done", "--assume-for", "group.b=rerun")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["b", "last"])
        #expect(try project.record().resumed.map(\.reason) == ["group.a=done, group.b=rerun"])
    }

    @Test func `resuming runs only those that had not succeeded`() throws {
        let project = try TraceProject([
            .parallel(
                "group",
                [
                    TracedStep("a", "trace a; touch met-a"),
                    TracedStep(
                        "b",
                        "trace b; \(Self.meet("b", "a")); until grep -q a trace; do sleep 0.01; done; test -e mended",
                        "idempotent: true"),
                ]), .traced("last"),
        ])
        #expect(project.run("--on-failure", "stop").status == 1)
        try project.forgetTrace()
        try project.scratch.write("", to: "mended")
        try project.scratch.write("a\n", to: "trace")
        let answer = project("resume", "last")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["a", "b", "last"])
    }

    @Test func `the plan, the rollback's plan and GitHub's log tell who runs beside whom`() throws {
        let project = try TraceProject([
            .parallel("group", [TracedStep("a", "echo of-a"), TracedStep("b", "echo of-b")])
        ])
        let plan = project("plan", "work", "-e", "test")
        #expect(plan.output.contains("group.a") && plan.output.contains("the others of group"), "\(plan)")
        let json = project("plan", "work", "-e", "test", "--format", "json")
        let steps = try JSONReader.read(Array(json.output.utf8))["steps"]?.sequence
        #expect(steps?.map { $0["group"]?.string } == ["group", "group"])
        var rehearse = project.rehearse
        rehearse.environment["GITHUB_ACTIONS"] = "true"
        let answer = rehearse("run", "work", "-e", "test")
        #expect(answer.status == 0)
        #expect(answer.error.components(of: "::group::") == 1, "\(answer)")
        #expect(answer.error.contains("group.a │ of-a") && answer.error.contains("group.b │ of-b"))
        #expect(project("rollback", "last", "--plan").output.contains("undo-b"))
    }

    @Test(
        arguments: [
            ("always: true", "always"), ("rollback: {irreversible: gone}", "cannot be undone"),
        ])
    func `what must stand by itself is refused`(line: String, words: String) throws {
        let undo = line.hasPrefix("rollback") ? "{irreversible: gone}" : nil
        let inner = undo == nil ? TracedStep("a", "true", line) : TracedStep("a", "true", undo: undo)
        let project = try TraceProject([.parallel("group", [inner])])
        let answer = project.run()
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains(words))
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

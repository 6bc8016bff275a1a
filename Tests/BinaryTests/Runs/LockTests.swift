import Engine
import Glibc
import Host
import TestSupport
import Testing

@Suite struct `One run at a time on an environment` {
    private func waiting() throws -> TraceProject {
        try TraceProject([TracedStep("one", "trace one; echo $$ >>ready; until [ -e go ]; do sleep 0.02; done")])
    }

    @Test func `the second is told who holds it`() throws {
        let project = try waiting()
        let first = try project.start()
        _ = try project.scratch.awaitFile("ready")
        let second = project.run()
        #expect(second.status == 3, "\(second)")
        #expect(second.error.contains(try #require(project.runs.first)))
        #expect(second.error.contains("\(first.pid)"))
        for words in [
            ["rollback", "last", "--yes"], ["resume", "last"], ["history", "close", "last", "--reason", "why"],
        ] {
            #expect(project.rehearse.run([RehearseBinary.path] + words).status == 3)
        }
        #expect(try project.record().status == .running)
        #expect(project("history", "verify").status == 0)
        try project.scratch.write("", to: "go")
        #expect(try first.wait().status == 0)
        #expect(project.trace == ["one"])
        #expect(project.runs.count == 1, "the refused ones leave nothing behind")
    }

    @Test func `one that is told to wait gets its turn`() throws {
        let project = try waiting()
        let first = try project.start()
        _ = try project.scratch.awaitFile("ready")
        #expect(project.run("--lock-timeout", "200ms").status == 3)
        let second = try project.rehearse.start("run", "work", "-e", "test", "--lock-timeout", "20s")
        usleep(200_000)
        #expect(project.trace == ["one"])
        try project.scratch.write("", to: "go")
        #expect(try first.wait().status == 0)
        #expect(try second.wait().status == 0)
        #expect(project.trace == ["one", "one"])
    }

    @Test func `waiting for it can be stopped`() throws {
        let project = try waiting()
        let first = try project.start()
        _ = try project.scratch.awaitFile("ready")
        let second = try project.rehearse.start("run", "work", "-e", "test", "--lock-timeout", "60s")
        usleep(200_000)
        second.send(SIGINT)
        #expect(try second.wait().status == 130)
        try project.scratch.write("", to: "go")
        #expect(try first.wait().status == 0)
    }

    @Test func `other environments are not concerned`() throws {
        let project = try waiting()
        try project.scratch.write("environment: other\nowner: tester\n", to: "environments/other.yaml")
        let first = try project.start()
        _ = try project.scratch.awaitFile("ready")
        let second = try project.rehearse.start("run", "work", "-e", "other")
        while project.trace.count < 2 { usleep(2_000) }
        try project.scratch.write("", to: "go")
        #expect(try first.wait().status == 0)
        #expect(try second.wait().status == 0)
    }

    @Test func `of many that start at once exactly one runs`() throws {
        let project = try waiting()
        let programs = try (0..<8).map { _ in try project.start() }
        _ = try project.scratch.awaitFile("ready")
        var statuses: [Int32] = []
        // Those that are refused end by themselves.
        while statuses.count < 7 {
            for program in programs where !isAlive(program.pid) { statuses.append(try program.wait().status) }
            statuses = statuses.count < 7 ? [] : statuses
            usleep(5_000)
        }
        #expect(statuses == Array(repeating: 3, count: 7))
        try project.scratch.write("", to: "go")
        #expect(try programs.map { try $0.wait().status }.filter { $0 == 0 }.count == 1)
        #expect(project.trace == ["one"])
    }

    @Test func `a step that begins a run on the same environment is refused at once`() throws {
        let project = try TraceProject(
            [
                TracedStep(
                    "one",
                    "set +e; \"$PROGRAM\" run work -e test --lock-timeout 60s; trace $?; \"$PROGRAM\" rollback last --yes; trace $?"
                )
            ], environment: "values: {PROGRAM: \(RehearseBinary.path)}")
        let answer = project.run()
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["3", "3"])
    }

    @Test func `it is free after kill -9, although the step lives on`() throws {
        let project = try TraceProject([
            TracedStep("one", "echo $$ >ready; exec sleep 7340", undo: "{none: waits only}")
        ])
        let first = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        try project.awaitEvent("step.spawned")
        first.send(SIGKILL)
        _ = try first.wait()
        #expect(isAlive(pid))
        let answer = project("history", "close", "last", "--reason", "gone")
        #expect(answer.status == 4, "not 3; its process is still there: \(answer)")
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        #expect(project("history", "close", "last", "--reason", "gone").status == 0)
    }
}

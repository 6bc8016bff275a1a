import Glibc
import Host
import TestSupport
import Testing
import YAML

/// What has hurt the users of other tools: PEERS section D, the numbers that concern one machine.
@Suite struct `Wounds of the peers` {
    private func three() throws -> FaultProject {
        try FaultProject([FaultStep.leaking("one"), FaultStep.traced("two"), FaultStep.traced("three")])
    }

    @Test func `PEERS 1: a rollback never claims to have undone something`() throws {
        let project = try FaultProject([FaultStep.make("one", "trace one", "when: {environment: [other]}")])
        #expect(project("rollback", "last", "--yes").status == 2)
        #expect(project.run().status == 0)
        let empty = project.rollback()
        #expect(empty.status == 0 && empty.error.contains("nothing to undo"), "\(empty)")
        #expect(project("rollback", "nothing-of-the-kind", "--yes").status == 2)
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test(arguments: ["--help", "-h"]) func `PEERS 2: asking for help does nothing else`(flag: String) throws {
        let project = try three()
        for words in [["rollback", flag], ["rollback", "last", "--yes", flag], ["run", "work", "-e", "test", flag]] {
            #expect(project.shell("\"$REHEARSE\" \(words.joined(separator: " "))").status == 0)
        }
        #expect(project.trace.isEmpty)
        #expect(try Files.live.status(project.scratch(".rehearse")) == nil, "no lock, no folder")
        project.holdInvariants()
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL, SIGHUP], ["one", "two", "three"])
    func `PEERS 3: stopped in any step, the next command tells the truth and the way out`(signal: Int32, id: String)
        throws
    {
        let ids = ["one", "two", "three"]
        let project = try FaultProject(ids.map { $0 == id ? FaultStep.waiting($0) : FaultStep.traced($0) })
        let tool = try project.start()
        let step = try project.awaitStep()
        tool.send(signal)
        let answer = try tool.wait()
        #expect(answer.status == 128 + signal)
        if signal == SIGKILL { project.end(step) }
        let run = try #require(project.runs.last)
        let next = project.run()
        #expect(next.status == 4, "\(next)")
        for way in ["rehearse resume \(run)", "rehearse rollback \(run)", "rehearse history close \(run)"] {
            #expect(next.error.contains(way), "\(next)")
        }
        let position = try #require(ids.firstIndex(of: id))
        let stopped = signal == SIGKILL ? "unknown" : "interrupted"
        #expect(
            try project.standing().steps
                == ids.indices.map { $0 < position ? "succeeded" : $0 == position ? stopped : "pending" })
        #expect(project.rollback().status == 0)
        #expect(project.trace.count == 2 * (position + 1))
        project.holdInvariants()
    }

    @Test func `PEERS 4: a wrapper that is signalled alone leaves no grandchildren`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "sh -c 'sleep 7900 & sleep 7901 & echo $$ >ready; wait' & wait", "grace: 300ms")
        ])
        let tool = try project.start()
        _ = try project.scratch.awaitFile("ready")
        tool.send(SIGTERM)
        #expect(try tool.wait().status == 143)
        project.holdInvariants()
    }

    @Test func `PEERS 5: with its tries used up a step has failed`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "trace one; exit 1", "retry: {times: 2, delay: 1ms}"), FaultStep.traced("two"),
        ])
        #expect(project.run("--on-failure", "stop").status == 1)
        #expect(project.trace == ["one", "one", "one"])
        #expect(try project.step("one")["attempts"]?.sequence?.count == 3)
        project.holdInvariants()
    }

    @Test func `PEERS 6: trying again really runs the step`() throws {
        let project = try FaultProject([FaultStep.make("one", "trace one; test -e mended")])
        #expect(project.run("--on-failure", "stop").status == 1)
        #expect(project("resume", "last", "--assume", "rerun", "--on-failure", "stop").status == 1)
        try project.scratch.write("", to: "mended")
        #expect(project("resume", "last", "--assume", "rerun").status == 0)
        #expect(project.trace == ["one", "one", "one"])
        project.holdInvariants()
    }

    @Test(arguments: ["exit 1", "exec sleep 7902"])
    func `PEERS 7: a time-out goes the way of any failure`(how: String) throws {
        let project = try FaultProject([
            FaultStep.traced("one"),
            FaultStep.make(
                "two", "trace two; \(how)", "timeout: 300ms", "retry: {times: 1, delay: 1ms}", "idempotent: true"),
            FaultStep.traced("three"),
        ])
        #expect(project.run().status == 1)
        #expect(project.trace == ["one", "two", "two", "undo-two", "undo-one"])
        #expect(try project.standing().run == "rolled_back")
        project.holdInvariants()
    }

    @Test func `PEERS 8: a failing step stops the run`() throws {
        let project = try FaultProject([FaultStep.make("one", "trace one; exit 1"), FaultStep.traced("two")])
        #expect(project.run().status == 1)
        #expect(project.trace == ["one", "undo-one"])
        project.holdInvariants()
    }

    @Test(arguments: ["capture: {WAS: exit 1}", "dir: nowhere"])
    func `PEERS 9: what failed before it changed anything is not undone`(line: String) throws {
        let project = try FaultProject([FaultStep.make("one", "trace one", line), FaultStep.traced("two")])
        #expect(project.run("--on-failure", "stop").status == 1)
        let answer = project.rollback()
        #expect(answer.status == 0 && answer.error.contains("nothing to undo"), "\(answer)")
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test func `PEERS 10: a rollback behind an automatic one goes no further back`() throws {
        let project = try FaultProject([FaultStep.traced("one"), FaultStep.make("two", "trace two; test ! -e bad")])
        #expect(project.run().status == 0)
        try project.scratch.write("", to: "bad")
        try project.project.forgetTrace()
        #expect(project.run().status == 1)
        #expect(project.trace == ["one", "two", "undo-two", "undo-one"])
        #expect(project.rollback().status == 0)
        #expect(project("rollback", "-e", "test", "--yes").status == 0)
        #expect(project.trace == ["one", "two", "undo-two", "undo-one"], "the run before stands")
        project.holdInvariants()
    }

    @Test func `PEERS 11: an undo that does not bring the world back is found out`() throws {
        let project = try FaultProject(
            [FaultStep.make("one", "echo used >>world", undo: "true")], head: "fingerprint: {world: cat world}")
        try project.scratch.write("seeded\n", to: "world")
        #expect(project.run().status == 0)
        let answer = project.rollback()
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("world"), "\(answer)")
        let once = try FaultProject([FaultStep.make("one", "mkdir made", undo: "rmdir made")])
        #expect(once.run().status == 0)
        #expect(once.rollback("--twice").status == 4, "it cannot be run a second time")
        once.holdInvariants()
        project.holdInvariants()
    }

    @Test func `PEERS 12: pruning keeps what every environment's rollback needs`() throws {
        let project = try three()
        try project.scratch.write(
            "environment: production\nowner: tester\nsecrets: {CANARY: {env: CANARY_SOURCE}}\n",
            to: "environments/production.yaml")
        #expect(project("run", "work", "-e", "production").status == 0)
        for _ in 0..<3 { #expect(project.run().status == 0) }
        #expect(project("history", "prune", "--keep", "1").status == 0)
        try project.project.forgetTrace()
        #expect(project("rollback", "-e", "production", "--yes").status == 0)
        #expect(project.trace == ["undo-three", "undo-two", "undo-one"])
        project.holdInvariants()
    }

    @Test func `PEERS 13: a step that calls rehearse is answered at once`() throws {
        let project = try FaultProject(
            [
                FaultStep.make(
                    "one",
                    "set +e; export CANARY_SOURCE=$(date +%s)-of-the-inner-run; \"$PROGRAM\" run work -e test --lock-timeout 60s; trace $?; \"$PROGRAM\" rollback last --yes; trace $?; \"$PROGRAM\" history >/dev/null; trace $?"
                )
            ], environment: "values: {PROGRAM: \(RehearseBinary.path)}")
        #expect(project.run().status == 0)
        #expect(project.trace == ["3", "3", "0"], "\(project.shell("cat .rehearse/runs/*/steps/*.log"))")
        project.holdInvariants()
    }

    @Test func `PEERS 22: uncommitted work survives every failure`() throws {
        let project = try FaultProject([FaultStep.traced("one"), FaultStep.make("two", "trace two; test -e mended")])
        let made = project.shell(
            """
            git init -q -b main; echo .rehearse >.gitignore; echo a >kept; echo a >staged; git add .; git commit -qm first
            echo b >kept; echo b >staged; git add staged; echo new >untracked
            """)
        #expect(made.status == 0, "\(made)")
        func state() -> String {
            project.shell(
                "git status --porcelain -- kept staged untracked; git diff; git diff --cached; git stash list"
            ).output
        }
        let before = state()
        #expect(project.run().status == 1)
        #expect(project.run("--on-failure", "stop").status == 1)
        #expect(project("resume", "last", "--assume", "rerun", "--on-failure", "stop").status == 1)
        #expect(project.rollback().status == 0)
        #expect(state() == before)
        project.holdInvariants()
    }

    @Test func `PEERS 24: the log has what the screen showed, masked`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "echo first; echo \"with $CANARY\"; echo last >&2; exit 1")
        ])
        let answer = project.run("--on-failure", "stop", "-v")
        let log = try String(decoding: project.bytes(of: "steps/01-one.log"), as: UTF8.self)
        #expect(log.split(separator: "\n").sorted() == ["first", "last", "with [secret CANARY]"])
        for line in log.split(separator: "\n") { #expect(answer.error.contains(line), "\(answer)") }
        project.holdInvariants()
    }

    @Test func `PEERS 25: a secret is in no command line, error or plan`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' >seen || true; exit 1")
        ])
        #expect(project("plan", "work", "-e", "test").status == 0)
        #expect(project.run("--on-failure", "stop").status == 1)
        #expect(project("rollback", "last", "--plan").status == 0)
        let seen = try project.scratch.text(of: "seen")
        #expect(seen.contains("run\nwork\n-e\ntest") && !seen.contains(FaultProject.canary))
        project.holdInvariants()
    }
}

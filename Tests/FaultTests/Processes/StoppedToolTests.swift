import Glibc
import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows A1 to A8.
@Suite struct `Faults of the tool's own process` {
    private func threeSteps(_ third: TracedStep = FaultStep.waiting("three"), ceiling: Duration = .seconds(3)) throws
        -> FaultProject
    {
        try FaultProject([FaultStep.leaking("one"), FaultStep.traced("two"), third], ceiling: ceiling)
    }

    @Test(arguments: [SIGKILL, SIGSEGV, SIGILL])
    func `A1: the tool dies of a signal in step 3`(signal: Int32) throws {
        let project = try threeSteps()
        let tool = try project.start()
        let step = try project.awaitStep()
        tool.send(signal)
        #expect(try tool.wait().status == 128 + signal)
        project.end(step)
        #expect(try project.journal().events.last == "step.spawned")
        let standing = try project.standing()
        #expect(standing.run == "crashed")
        #expect(standing.steps == ["succeeded", "succeeded", "unknown"])
        #expect(!standing.settled)
        #expect(project.run().status == 4, "4 and not 3: the lock died with its process")
        let plan = project("rollback", "last", "--plan")
        let order = ["undo-three", "undo-two", "undo-one"].compactMap { plan.output.firstRange(of: $0)?.lowerBound }
        #expect(order.count == 3 && order == order.sorted(), "\(plan)")
        #expect(project.rollback().status == 0)
        #expect(project.trace == ["one", "two", "three", "undo-three", "undo-two", "undo-one"])
        project.holdInvariants()
    }

    @Test func `A2: the tool dies and its step lives on`() throws {
        let project = try threeSteps()
        let tool = try project.start()
        let step = try project.awaitStep()
        tool.send(SIGKILL)
        try tool.wait()
        for answer in [project.rollback(), project("resume", "last", "--assume", "rerun")] {
            #expect(answer.status == 4, "\(answer)")
            #expect(answer.error.contains("\(step)") && answer.error.contains("--kill-orphan"), "\(answer)")
        }
        #expect(isAlive(step))
        #expect(project.rollback("--kill-orphan").status == 0)
        #expect(!isAlive(step))
        #expect(project.trace.suffix(3) == ["undo-three", "undo-two", "undo-one"])
        project.holdInvariants()
    }

    @Test func `A2: a process that only has the step's old number is never ended`() throws {
        let project = try threeSteps()
        let tool = try project.start()
        let step = try project.awaitStep()
        tool.send(SIGKILL)
        try tool.wait()
        project.end(step)
        // Somebody else's process, with a number that the journal takes for the step's.
        let stranger = try Stranger()
        let text = try project.scratch.text(of: project.project.path("journal.jsonl"))
        let forged = JournalOnDisk.resealed(text) { line, _ in
            line.contains("\"ev\":\"step.spawned\",\"step\":\"three\"")
                ? line.replacing("\"pid\":\(step)", with: "\"pid\":\(stranger.pid)") : line
        }
        #expect(forged.contains("\"pid\":\(stranger.pid)"))
        try project.scratch.write(forged, to: project.project.path("journal.jsonl"))
        #expect(project.rollback("--kill-orphan").status == 0)
        #expect(isAlive(stranger.pid))
        project.holdInvariants()
    }

    @Test func `A4: SIGINT once, to the tool alone`() throws {
        let project = try FaultProject([
            FaultStep.leaking("one"), FaultStep.waiting("two"), FaultStep.traced("three"),
        ])
        let tool = try project.start()
        let step = try project.awaitStep()
        tool.send(SIGINT)
        let answer = try tool.wait()
        #expect(answer.status == 130, "\(answer)")
        #expect(!isAlive(step))
        #expect(project.trace == ["one", "two"])
        let standing = try project.standing()
        #expect(standing.run == "interrupted")
        #expect(standing.steps == ["succeeded", "interrupted", "pending"])
        #expect(try project.step("two")["attempts"]?.sequence?.last?["signal"]?.string == "SIGTERM")
        project.holdInvariants()
    }

    @Test(arguments: [2, 5])
    func `A5: SIGINT several times, fast`(times: Int) throws {
        let project = try threeSteps(
            FaultStep.make(
                "three", "trap 'trace caught' INT TERM; echo $$ >ready; while :; do sleep 0.02 || true; done",
                "grace: 60s"))
        let tool = try project.start()
        let step = try project.awaitStep()
        let begin = ContinuousClock.now
        for _ in 0..<times {
            tool.send(SIGINT)
            usleep(30_000)
        }
        #expect(try tool.wait(since: begin).status == 130)
        #expect(ContinuousClock.now - begin < .seconds(1) * Invariants.load())
        #expect(!isAlive(step))
        let journal = try project.journal()
        #expect(journal.tornBytes == 0)
        #expect(journal.events("step.end", of: "three").map { $0["signal"]?.string } == ["SIGKILL"])
        #expect(journal.events.last == "run.end")
        project.holdInvariants()
    }

    @Test(arguments: ["SIGTERM", "as GitHub's runner does"])
    func `A6: a CI job is cancelled while its step ignores TERM`(how: String) throws {
        let project = try threeSteps(
            FaultStep.make("three", "trap '' TERM INT; echo $$ >ready; while :; do sleep 0.05; done"),
            ceiling: .seconds(7))
        let tool = try project.start()
        _ = try project.awaitStep()
        let begin = ContinuousClock.now
        tool.send(how == "SIGTERM" ? SIGTERM : SIGINT)
        // The runner waits 7.5 s before its TERM and 2.5 s more before it ends the tree: all is on record before.
        let answer = try tool.wait(since: begin)
        #expect(answer.status == (how == "SIGTERM" ? 143 : 130), "\(answer)")
        #expect(try project.standing().run == "interrupted")
        #expect(project.trace == ["one", "two"], "no rollback begins from a signal")
        #expect(answer.error.contains("rehearse rollback"))
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.python, "python3 is not here"))
    func `A7: the terminal is closed`() throws {
        let project = try threeSteps()
        let ended = project.shell(Terminal.closing(when: "ready", "exec \"$REHEARSE\" run work -e test"))
        #expect(ended.output == "129\n", "\(ended)")
        #expect(try project.standing().run == "interrupted")
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.python, "python3 is not here"))
    func `A7: the terminal is closed under nohup`() throws {
        let project = try threeSteps(
            FaultStep.make(
                "three", "echo $$ >ready; until [ -e gone ]; do sleep 0.02; done; trace three; echo \"late $CANARY\""))
        let ended = project.shell(
            Terminal.closing(when: "ready", "trap '' HUP; exec \"$REHEARSE\" run work -e test", then: "gone"))
        #expect(ended.output == "0\n", "\(ended)")
        #expect(project.trace == ["one", "two", "three"])
        #expect(try project.standing().run == "succeeded")
        project.holdInvariants()
    }

    @Test func `A8: the tool is stopped for 3 seconds and goes on`() throws {
        let project = try threeSteps(
            FaultStep.make("three", "trace three; echo $$ >ready; seq 1 30000; echo last"), ceiling: .seconds(7))
        let tool = try project.start()
        _ = try project.scratch.awaitFile("ready")
        tool.send(SIGSTOP)
        sleep(3)
        tool.send(SIGCONT)
        #expect(try tool.wait().status == 0)
        let log = try String(decoding: project.bytes(of: "steps/03-three.log"), as: UTF8.self)
        #expect(log == (1...30_000).map { "\($0)\n" }.joined() + "last\n")
        project.holdInvariants()
    }
}

/// A process that no run has anything to do with.
final class Stranger {
    let pid: Int32

    init() throws {
        var pid: Int32 = 0
        let words = (["/bin/sleep", "7402"] as [String]).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        // In our group, so that nobody takes it for an orphan.
        guard posix_spawn(&pid, "/bin/sleep", nil, nil, words, [nil]) == 0 else {
            throw FileFailure(.notFound, path: "/bin/sleep", operation: "start")
        }
        self.pid = pid
    }

    deinit {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }
}

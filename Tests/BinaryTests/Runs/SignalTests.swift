import Engine
import Glibc
import Host
import TestSupport
import Testing

@Suite struct `Stopping a run` {
    private static let waiting = "trace two; echo $$ >ready; exec sleep 7320"

    private func project(_ command: String = waiting, _ more: String...) throws -> TraceProject {
        try TraceProject([.traced("one"), TracedStep("two", command, more[...]), .traced("three")])
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func `a signal ends the step with TERM, records it and undoes nothing`(signal: Int32, status: Int32) throws {
        let project = try project()
        let program = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        program.send(signal)
        let answer = try program.wait()
        #expect(answer.status == status, "\(answer)")
        #expect(isGone(pid))
        #expect(project.trace == ["one", "two"], "neither the next step nor an undo")
        let record = try project.record()
        #expect(record.status == .interrupted)
        #expect(record.steps.map(\.status) == [.succeeded, .interrupted, .pending])
        #expect(record.step("two")?.attempts.map(\.signal) == ["SIGTERM"])
        for way in ["rehearse resume \(record.id)", "rehearse rollback \(record.id)"] {
            #expect(answer.error.contains(way), "\(answer)")
        }
        #expect(project("history", "verify").status == 0)
        #expect(project.run().status == 4)
        #expect(project("resume", "last").status == 4, "its outcome is for a person to tell")
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["one", "two", "undo-two", "undo-one"])
    }

    @Test func `the second signal ends it at once`() throws {
        let project = try project(
            "trap 'trace term' TERM; echo $$ >ready; while :; do sleep 0.05 || true; done", "grace: 60s")
        let program = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        program.send(SIGINT)
        while !project.trace.contains("term") { usleep(2_000) }
        let begin = ContinuousClock.now
        program.send(SIGINT)
        let answer = try program.wait()
        #expect(ContinuousClock.now - begin < .seconds(3))
        #expect(answer.status == 130, "\(answer)")
        #expect(isGone(pid))
        let attempt = try #require(try project.step("two").attempts.first)
        #expect(attempt.signal == "SIGKILL")
        #expect(attempt.escalated == true)
        #expect(project("history", "verify").status == 0)
    }

    @Test func `a step that ignores TERM is killed after its grace`() throws {
        let project = try project("trap '' TERM; echo $$ >ready; while :; do sleep 0.05 || true; done", "grace: 200ms")
        let program = try project.start()
        _ = try project.scratch.awaitFile("ready")
        program.send(SIGTERM)
        #expect(try program.wait().status == 143)
        #expect(try project.step("two").attempts.map(\.escalated) == [true])
    }

    @Test func `HUP does nothing under nohup`() throws {
        let project = try project("echo $$ >ready; until [ -e go ]; do sleep 0.02; done; trace two")
        let program = try project.start(through: ["nohup"])
        _ = try project.scratch.awaitFile("ready")
        program.send(SIGHUP)
        usleep(50_000)
        try project.scratch.write("", to: "go")
        #expect(try program.wait().status == 0)
        #expect(project.trace == ["one", "two", "three"])
    }

    @Test func `a stop between two attempts tries no more`() throws {
        let project = try project("trace two; echo $$ >ready; exit 1", "retry: {times: 5, delay: 30s}")
        let program = try project.start()
        _ = try project.scratch.awaitFile("ready")
        usleep(100_000)
        program.send(SIGINT)
        #expect(try program.wait().status == 130)
        #expect(project.trace == ["one", "two"])
    }

    @Test func `a rollback finishes the undo it is at and then stops`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("two", "true", undo: "echo $$ >ready; sleep 0.3; trace undo-two"),
        ])
        #expect(project.run().status == 0)
        let program = try project.rehearse.start("rollback", "last", "--yes")
        _ = try project.scratch.awaitFile("ready")
        program.send(SIGINT)
        let answer = try program.wait()
        #expect(answer.status == 4, "\(answer)")
        #expect(project.trace == ["one", "undo-two"])
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["one", "undo-two", "undo-one"])
    }
}

@Suite struct `Crashing` {
    private func crashed(_ second: TracedStep) throws -> (project: TraceProject, step: Int32) {
        let project = try TraceProject([.traced("one"), second, .traced("three")])
        let program = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        try project.awaitEvent("step.spawned")
        program.send(SIGKILL)
        #expect(try program.wait().status == 137)
        return (project, pid)
    }

    @Test func `kill -9 in a step leaves a run that is undone completely`() throws {
        let (project, pid) = try crashed(
            TracedStep(
                "two", "trace two; echo ID=vm-17 >>\"$REHEARSE_OUTPUT\"; echo $$ >ready; exec sleep 7330",
                undo: "trace \"undo-$WAS-${ID-}-$REHEARSE_OUTCOME\"", "capture: {WAS: echo old}"))
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        let record = try project.record()
        #expect(record.status == .crashed)
        #expect(record.steps.map(\.status) == [.succeeded, .unknown, .pending])
        #expect(!record.settled)
        let listed = project("history", "--status", "crashed", "--format", "json")
        #expect(listed.output.contains(record.id))
        #expect(project("history", "verify").status == 0)

        let next = project.run()
        #expect(next.status == 4, "the lock is free, the environment is not settled: \(next)")
        #expect(next.error.contains("rehearse rollback \(record.id)"))
        #expect(project("resume", "last").status == 4)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["one", "two", "undo-old-vm-17-unknown", "undo-one"])
        #expect(try project.record().status == .rolledBack)
        #expect(project("history", "verify").status == 0)
    }

    @Test func `a crashed run that was closed is not taken for damaged`() throws {
        let (project, pid) = try crashed(TracedStep("two", "echo $$ >ready; exec sleep 7334"))
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        #expect(project("history", "close", "last", "--reason", "looked at it").status == 0)
        #expect(try project.step("two").status == .unknown)
        let verified = project("history", "verify")
        #expect(verified.status == 0, "\(verified)")
    }

    @Test func `a crashed run goes on when a person says what became of the step`() throws {
        let (project, pid) = try crashed(
            TracedStep("two", "trace two; echo ID=vm-17 >>\"$REHEARSE_OUTPUT\"; echo $$ >ready; exec sleep 7331"))
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        #expect(project("resume", "last", "--assume", "done").status == 0)
        #expect(project.trace == ["one", "two", "three"])
        #expect(try project.step("two").outputs == ["ID": "vm-17"])
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace.suffix(3) == ["undo-three", "undo-two", "undo-one"])
    }

    @Test func `a step that outlived its run is named, and ended only when told so`() throws {
        let (project, pid) = try crashed(TracedStep("two", "trace two; echo $$ >ready; exec sleep 7332"))
        for words in [
            ["rollback", "last", "--yes"], ["resume", "last", "--assume", "rerun"], ["run", "work", "-e", "test"],
        ] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(answer.status == 4, "\(answer)")
            if words[0] != "run" { #expect(answer.error.contains("\(pid)") && answer.error.contains("--kill-orphan")) }
        }
        #expect(isAlive(pid))
        #expect(project.trace == ["one", "two"])
        let answer = project("rollback", "last", "--yes", "--kill-orphan")
        #expect(answer.status == 0, "\(answer)")
        #expect(isGone(pid))
        #expect(project.trace == ["one", "two", "undo-two", "undo-one"])
    }

    /// Seen in a test run: two projects on one machine had begun runs of the same name within one millisecond.
    @Test(arguments: ["REHEARSE_OPENED_BY=1-1", "ANOTHER=1"])
    func `what the run has left running is told from that of a run of the same name`(other: String) throws {
        let (project, pid) = try crashed(TracedStep("two", "trace two; echo $$ >ready; exec sleep 7335"))
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        let id = try project.record().id
        let answer = project.rehearse.shell(
            """
            env REHEARSE_RUN=\(id) \(other) sleep 7336 &
            trap "kill $!" EXIT
            "$REHEARSE" rollback last --yes
            """)
        // One that does not say which process began its run may well be of this one.
        #expect(answer.status == (other.hasPrefix("REHEARSE") ? 0 : 4), "\(answer)")
        #expect(answer.error.contains("sleep 7336") == !other.hasPrefix("REHEARSE"), "\(answer)")
    }

    @Test func `kill -9 in a rollback repeats that undo and no other`() throws {
        let project = try TraceProject([
            .traced("one"),
            TracedStep(
                "two", "true",
                undo: "trace \"undo-two $REHEARSE_IDEMPOTENCY_KEY\"; echo $$ >ready; test -e go || exec sleep 7333"),
            .traced("three"),
        ])
        #expect(project.run().status == 0)
        let program = try project.rehearse.start("rollback", "last", "--yes")
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        program.send(SIGKILL)
        _ = try program.wait()
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        let record = try project.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(record.steps.map(\.rollback.status) == [.pending, .unknown, .done])
        #expect(project("history").output.contains("succeeded") == false, "the list is not of yesterday")
        try project.scratch.write("", to: "go")
        #expect(project("rollback", "last", "--yes").status == 0)
        let undo = "undo-two \(record.id):two:rollback"
        #expect(project.trace == ["one", "three", "undo-three", undo, undo, "undo-one"])
    }
}

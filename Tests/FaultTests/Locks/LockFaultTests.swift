import Glibc
import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows C1, C3, C4, C7, C8 and C13, as far as they concern one machine.
@Suite struct `Faults of the lock` {
    private func waiting() throws -> FaultProject {
        try FaultProject([
            FaultStep.make("one", "trace one; echo $$ >ready; until [ -e go ]; do sleep 0.01; done"),
            FaultStep.traced("two"),
        ])
    }

    @Test func `C1: two runs at once`() throws {
        let project = try waiting()
        for _ in 0..<50 {
            for name in ["ready", "go"] { try? Files.live.remove(project.scratch(name)) }
            try project.project.forgetTrace()
            let both = try [project.start(), project.start()]
            _ = try project.scratch.awaitFile("ready")
            // The one that is refused ends by itself, and tells of the other.
            var refused: Int?
            while refused == nil { refused = both.firstIndex { !isAlive($0.pid) } }
            let index = try #require(refused)
            let answer = try both[index].wait()
            #expect(answer.status == 3, "\(answer)")
            for word in ["\(both[1 - index].pid)", try #require(project.runs.last), "root", "on"].dropLast(2) {
                #expect(answer.error.contains(word), "\(answer)")
            }
            try project.scratch.write("", to: "go")
            #expect(try both[1 - index].wait().status == 0)
            #expect(project.trace == ["one", "two"])
        }
        project.holdInvariants()
    }

    @Test func `C3: the holder is killed`() throws {
        let project = try waiting()
        let tool = try project.start()
        let step = try project.awaitStep()
        tool.send(SIGKILL)
        try tool.wait()
        project.end(step)
        let answer = project.run()
        #expect(answer.status == 4, "not 3: \(answer)")
        #expect(answer.error.contains("rehearse rollback"))
        #expect(project.rollback().status == 0)
        project.holdInvariants()
    }

    @Test func `C4: a lock does not end by its age, nor by what its file says`() throws {
        let project = try waiting()
        let tool = try project.start()
        _ = try project.scratch.awaitFile("ready")
        #expect(project.shell("touch -d '2001-01-01' .rehearse/locks/test.lock").status == 0)
        #expect(project.run().status == 3)
        #expect(project.shell("echo '{\"run\":\"other\"}' >.rehearse/locks/test.lock").status == 0)
        #expect(project.run().status == 3)
        #expect(project.rollback().status == 3)
        try project.scratch.write("", to: "go")
        #expect(try tool.wait().status == 0)
        project.holdInvariants()
    }

    @Test func `C7: the lock is removed during a step`() throws {
        let project = try FaultProject([
            FaultStep.traced("one"), FaultStep.make("two", "trace two; rm .rehearse/locks/test.lock"),
            FaultStep.traced("three"),
        ])
        let answer = project.run("--on-failure", "stop")
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("lock"))
        #expect(project.trace == ["one", "two"], "seen before the third begins")
        #expect(try project.standing().steps == ["succeeded", "succeeded", "pending"])
        #expect(project("resume", "last").status == 0)
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `C13: a file system that has no locks`() throws {
        let project = try FaultProject([FaultStep.traced("one")])
        let answer = project.command(
            ["run", "work", "-e", "test"],
            through: ["strace", "-f", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"])
        #expect(answer.status == 5, "never without a lock: \(answer)")
        #expect(answer.error.contains("No locks available (error 37)"), "\(answer)")
        #expect(answer.error.contains("expected: a file system with locks (flock)"), "\(answer)")
        #expect(answer.error.contains("next: findmnt -T "), "\(answer)")
        #expect(project.trace.isEmpty && project.runs.isEmpty)
        #expect(project.run().status == 0)
        project.holdInvariants()
    }

    @Test func `C8: a step leaves a daemon`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "trace one; setsid sleep 7700 >/dev/null 2>&1 </dev/null & sleep 0.05")
        ])
        #expect(project.run().status == 0)
        #expect(project.run().status == 0, "the lock is free")
        #expect(project.trace == ["one", "one"])
        project.holdInvariants()
    }
}

import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows G1 to G3.
@Suite struct `Faults of what surrounds the tool` {
    @Test(.enabled(if: Tool.compiler, "cc is not here"), arguments: [-86_400, 3_153_600_000])
    func `G1: the clock jumps while a run is going on`(seconds: Int) throws {
        let project = try FaultProject([
            FaultStep.traced("one"), FaultStep.make("two", "trace two; : >jump"), FaultStep.traced("three"),
        ])
        let shim = try Shim(
            """
            #include <sys/syscall.h>
            #include <time.h>
            #include <unistd.h>
            int clock_gettime(clockid_t clock, struct timespec *time) {
                int result = syscall(SYS_clock_gettime, clock, time);
                if (clock == CLOCK_REALTIME && access("jump", F_OK) == 0) time->tv_sec += \(seconds)LL;
                return result;
            }
            """)
        #expect(project.run(through: shim.launcher).status == 0)
        let journal = try project.journal()
        let numbers = journal.lines.compactMap { $0["seq"]?.integer }
        #expect(numbers == Array(1...numbers.count))
        let walls = Set(journal.lines.compactMap { $0["wall"]?.string?.prefix(10) })
        #expect(walls.count == 2, "the clock did jump: \(walls)")
        for step in try project.shown()["steps"]?.sequence ?? [] {
            let duration = try #require(step["attempts"]?.sequence?.first?["duration_ms"]?.integer)
            #expect((0..<60_000).contains(duration))
        }
        #expect(project.rollback().status == 0)
        #expect(project.run().status == 0)
        project.holdInvariants()
    }

    @Test func `G2: next to nothing around it`() throws {
        let project = try FaultProject([FaultStep.leaking("one"), FaultStep.traced("two")])
        let path = Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"
        let bare = ["env", "-i", "PATH=\(path)", "CANARY_SOURCE=\(FaultProject.canary)", "LANG=C"]
        #expect(project.run(through: bare).status == 0)
        // Nobody to ask: bad usage, and no waiting.
        #expect(project("rollback", "last", through: bare).status == 2)
        #expect(project("rollback", "last", "--yes", through: bare).status == 0)
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.python, "python3 is not here")) func `G2: a terminal of one column`() throws {
        let project = try FaultProject([FaultStep.leaking("one"), FaultStep.traced("two")])
        let answer = project.shell(Terminal.showing("exec \"$REHEARSE\" run work -e test", columns: 1))
        #expect(answer.error == "status 0\n", "\(answer)")
        #expect(try project.standing().run == "succeeded")
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.prlimit, "prlimit is not here"), arguments: [3, 4, 5, 6, 7, 8, 9, 10, 12, 16])
    func `G3: few descriptors`(count: Int) throws {
        let project = try FaultProject([FaultStep.traced("one"), FaultStep.traced("two"), FaultStep.traced("three")])
        let answer = project.run("--on-failure", "stop", through: ["prlimit", "--nofile=\(count)"])
        // 127: not even the dynamic linker could begin.
        #expect([0, 1, 2, 5, 127].contains(answer.status), "\(answer)")
        if answer.status == 0 { #expect(project.trace == ["one", "two", "three"]) }
        let next = project.rollback()
        #expect(next.status == 0 || (next.status == 2 && project.trace.isEmpty), "\(next)")
        #expect(project.run().status == 0)
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.prlimit, "prlimit is not here"), arguments: [16, 32, 64])
    func `G3: little memory`(megabytes: Int) throws {
        let project = try FaultProject([FaultStep.traced("one"), FaultStep.traced("two"), FaultStep.traced("three")])
        let answer = project.run("--on-failure", "stop", through: ["prlimit", "--as=\(megabytes << 20)"])
        // A program that gets no memory cannot say so; what is on record holds.
        if answer.status == 0 { #expect(project.trace == ["one", "two", "three"]) }
        let next = project.rollback()
        #expect(next.status == 0 || (next.status == 2 && project.trace.isEmpty), "\(next)")
        #expect(project.run().status == 0)
        project.holdInvariants()
    }
}

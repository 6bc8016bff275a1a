import Glibc
import Host
import TestSupport
import Testing

extension `Real processes` {
    @Suite struct `Ending a program` {
        private let processes = Host.live().processes

        @Test func `one that exceeds its time gets TERM`() {
            let observed = Observed.shell("echo begun; sleep 6101", .soonOver)
            #expect(observed.outcome.ending == .signalled(SIGTERM))
            #expect(observed.outcome.stopped == .timeout)
            #expect(!observed.outcome.wasKilled)
            #expect(observed.outputText == "begun\n")
            #expect(observed.outcome.duration < .seconds(5))
            #expect(processes.descendants(running: "sleep 6101").isEmpty)
        }

        @Test func `its answer to TERM is the outcome`() {
            let observed = Observed.shell("trap 'echo bye; exit 9' TERM; sleep 6102 & wait", .soonOver)
            #expect(observed.outcome.ending == .exited(9))
            #expect(observed.outcome.stopped == .timeout)
            #expect(observed.outputText == "bye\n")
        }

        @Test func `one that ignores TERM gets KILL after the grace`() {
            let observed = Observed.shell("trap '' TERM; while :; do sleep 6103; done", .soonOver)
            #expect(observed.outcome.ending == .signalled(SIGKILL))
            #expect(observed.outcome.wasKilled)
            #expect(observed.outcome.duration >= .milliseconds(800))
            #expect(observed.outcome.leftovers.isEmpty)
            #expect(processes.descendants(running: "sleep 6103").isEmpty)
        }

        @Test func `a grandchild that ignores TERM gets KILL although the child obeyed`() {
            let observed = Observed.shell("(trap '' TERM; sleep 6104) & sleep 6104", .soonOver)
            #expect(observed.outcome.ending == .signalled(SIGTERM))
            #expect(observed.outcome.wasKilled)
            #expect(processes.descendants(running: "sleep 6104").isEmpty)
        }

        @Test func `a stopped one is ended as well`() {
            let observed = Observed.shell("kill -STOP $$; sleep 6105", .soonOver)
            #expect(observed.outcome.ending == .signalled(SIGTERM))
            #expect(!observed.outcome.wasKilled)
        }

        @Test(arguments: [
            "setsid sleep 6106 & sleep 6106",
            "setsid sh -c 'sleep 6106 & sleep 6106' >/dev/null 2>&1 & sleep 6106",
            "setsid setsid sh -c 'setsid sleep 6106 >/dev/null 2>&1 &' ; sleep 6106",
            "trap '' TERM; setsid sleep 6106 & while :; do sleep 6106; done",
        ])
        func `one that left the session is found and ended`(script: String) {
            let observed = Observed.shell(script, .soonOver)
            #expect(observed.outcome.stopped == .timeout)
            #expect(observed.outcome.leftovers.isEmpty)
            #expect(processes.descendants(running: "sleep 6106").isEmpty)
        }

        @Test func `endless output does not keep the time-out away`() {
            let observed = Observed.shell("exec yes", .soonOver)
            #expect(observed.outcome.stopped == .timeout)
            #expect(observed.outcome.duration < .seconds(5))
        }

        @Test func `one that came earlier is left alone`() {
            let earlier = Observed.shell("setsid sleep 6107 >/dev/null 2>&1 &").outcome.leftovers
            #expect(earlier.map(\.commandLine) == ["sleep 6107"])
            let observed = Observed.shell("sleep 6108", .soonOver)
            #expect(observed.outcome.leftovers.isEmpty)
            #expect(processes.descendants(running: "sleep 6107") == earlier)
            #expect(processes.stop(earlier, .seconds(5)).isEmpty)
        }
    }

    @Suite struct `What outlives a program` {
        private let processes = Host.live().processes

        @Test func `a grandchild with the pipe delays the end by the drain at most`() {
            let observed = Observed.shell("sleep 6201 & echo hi")
            #expect(observed.outcome.ending == .exited(0))
            #expect(observed.outcome.stopped == nil)
            #expect(observed.outputText == "hi\n")
            #expect(observed.outcome.duration >= .milliseconds(300))
            #expect(observed.outcome.duration < .seconds(10))
            #expect(observed.outcome.leftovers.map(\.commandLine) == ["sleep 6201"])
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `a member of the group is named, and delays nothing without the pipe`() {
            let limits = ProcessLimits(timeout: .seconds(30), drain: .seconds(20))
            let observed = Observed.shell("sleep 6202 >/dev/null 2>&1 &", limits)
            #expect(observed.outcome.duration < .seconds(10))
            #expect(observed.outcome.leftovers.map(\.commandLine) == ["sleep 6202"])
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `a daemon in its own session is named`() {
            let observed = Observed.shell("setsid sleep 6203 >/dev/null 2>&1 &")
            #expect(observed.outcome.leftovers.map(\.commandLine) == ["sleep 6203"])
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `output without end of a grandchild is cut after the drain`() {
            let observed = Observed.shell("yes & exit 0")
            #expect(observed.outcome.ending == .exited(0))
            #expect(observed.outcome.duration < .seconds(10))
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `what was written before the end is read even without a drain`() {
            let limits = ProcessLimits(timeout: .seconds(30), drain: .zero)
            let observed = Observed.shell("seq 1 9999; sleep 6204 &", limits)
            #expect(observed.outputText.hasSuffix("9998\n9999\n"))
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `an adopted process does not stay a zombie`() throws {
            let observed = Observed.shell("sleep 0.6 >/dev/null 2>&1 &")
            let orphan = try #require(observed.outcome.leftovers.first)
            while processes.isAlive(orphan) { usleep(10_000) }
            #expect(try Files.live.status("/proc/\(orphan.pid)") != nil)
            _ = Observed.shell("true")
            #expect(try Files.live.status("/proc/\(orphan.pid)") == nil)
        }
    }

    @Suite struct `Stopping processes` {
        private let processes = Host.live().processes

        @Test func `the whole tree goes, also what ignores TERM`() {
            let observed = Observed.shell("setsid sh -c '(trap \"\" TERM; sleep 6301) & sleep 6301' >/dev/null 2>&1 &")
            // The shell may still be on its way to its children.
            while processes.descendants(running: "sleep 6301").count < 3 { usleep(10_000) }
            #expect(processes.stop(observed.outcome.leftovers, .milliseconds(200)).isEmpty)
            #expect(processes.descendants(running: "sleep 6301").isEmpty)
        }

        @Test func `a number that was given to another process is left alone`() throws {
            let observed = Observed.shell("setsid sleep 6302 >/dev/null 2>&1 &")
            let daemon = try #require(observed.outcome.leftovers.first)
            let former = ProcessIdentity(pid: daemon.pid, startTime: daemon.startTime - 1)
            #expect(!processes.isAlive(former))
            #expect(processes.stop([former], .seconds(5)).isEmpty)
            #expect(processes.isAlive(daemon))
            #expect(processes.stop([daemon], .seconds(5)).isEmpty)
            #expect(!processes.isAlive(daemon))
        }

        @Test func `we are alive ourselves`() {
            #expect(processes.isAlive(Host.live().surroundings.identity))
        }
    }
}

import Glibc
import Host
import Testing

extension `Real processes` {
    @Suite struct `What outlives a program` {
        private let processes = Host.live().processes

        @Test func `a grandchild with the pipe delays the end by the drain at most`() {
            let observed = Observed.shell("sleep 6201 & echo hi")
            #expect(observed.outcome.ending == .exited(0))
            #expect(observed.outcome.stopped == nil)
            #expect(observed.outputText == "hi\n")
            #expect(observed.outcome.duration >= .milliseconds(300))
            #expect(observed.outcome.duration < .seconds(10))
            #expect(observed.leftovers("sleep 6201") == 1)
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `a member of the group is named, and delays nothing without the pipe`() {
            let limits = ProcessLimits(timeout: .seconds(30), drain: .seconds(20))
            let observed = Observed.shell("sleep 6202 >/dev/null 2>&1 &", limits)
            #expect(observed.outcome.duration < .seconds(10))
            #expect(observed.leftovers("sleep 6202") == 1)
            #expect(processes.stop(observed.outcome.leftovers, .seconds(5)).isEmpty)
        }

        @Test func `a daemon in its own session is named`() {
            let observed = Observed.shell("setsid sleep 6203 >/dev/null 2>&1 &")
            #expect(observed.leftovers("sleep 6203") == 1)
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

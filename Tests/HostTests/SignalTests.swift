import Glibc
import Host
import Testing

/// Each in a process of its own, because a signal is for a whole process.
@Suite(.serialized, .timeLimit(.minutes(2))) struct `Signals to us` {
    @Test func `the first one ends the child with TERM and names itself`() async {
        await #expect(processExitsWith: .success) {
            let host = Host.live()
            let observed = Observed.shell("trap 'exit 4' TERM; kill -INT $PPID; while :; do sleep 0.05; done")
            #expect(observed.outcome.stopped == .signal(SIGINT))
            #expect(observed.outcome.ending == .exited(4))
            #expect(!observed.outcome.wasKilled)
            #expect(host.signals.received()?.first == SIGINT)
            #expect(host.signals.received()?.count == 1)
        }
    }

    @Test func `the second one ends it with KILL at once`() async {
        await #expect(processExitsWith: .success) {
            let limits = ProcessLimits(timeout: .seconds(60), grace: .seconds(50))
            let observed = Observed.shell(
                "trap '' TERM; kill -TERM $PPID; sleep 0.3; kill -HUP $PPID; sleep 6402", limits)
            #expect(observed.outcome.stopped == .signal(SIGTERM))
            #expect(observed.outcome.ending == .signalled(SIGKILL))
            #expect(observed.outcome.wasKilled)
            #expect(observed.outcome.duration < .seconds(20))
            let received = Host.live().signals.received()
            #expect(received?.first == SIGTERM)
            #expect(received?.count == 2)
        }
    }

    @Test func `a child that is left to finish finishes, and the signal is counted`() async {
        await #expect(processExitsWith: .success) {
            let limits = ProcessLimits(timeout: .seconds(30), stopsOnSignal: false)
            let observed = Observed.shell("kill -TERM $PPID; sleep 0.3; exit 6", limits)
            #expect(observed.outcome.ending == .exited(6))
            #expect(observed.outcome.stopped == nil)
            #expect(Host.live().signals.received()?.first == SIGTERM)
        }
    }

    @Test func `one that came unseen before the start stops the child`() async {
        await #expect(processExitsWith: .success) {
            let host = Host.live()
            kill(getpid(), SIGTERM)
            #expect(Observed.shell("sleep 6403").outcome.stopped == .signal(SIGTERM))
            #expect(host.signals.received() != nil)
            // From here on it is known, and the cleaning up may run.
            #expect(Observed.shell("exit 0").outcome.ending == .exited(0))
        }
    }

    @Test func `sleep ends early, once for what was not seen`() async {
        await #expect(processExitsWith: .success) {
            let host = Host.live()
            let begin = host.clock.monotonicNanoseconds()
            kill(getpid(), SIGHUP)
            host.clock.sleep(.seconds(60))
            #expect(host.clock.monotonicNanoseconds() - begin < 20_000_000_000)
            #expect(host.signals.received()?.first == SIGHUP)
            let again = host.clock.monotonicNanoseconds()
            host.clock.sleep(.milliseconds(50))
            #expect(host.clock.monotonicNanoseconds() - again >= 50_000_000)
        }
    }

    @Test func `HUP stays ignored when it was ignored at the start`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGHUP, SIG_IGN)
            let host = Host.live()
            kill(getpid(), SIGHUP)
            #expect(host.signals.received() == nil)
        }
    }

    @Test func `children can be waited for although SIGCHLD was ignored at the start`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGCHLD, SIG_IGN)
            #expect(Observed.shell("exit 3").outcome.ending == .exited(3))
        }
    }

    @Test func `nothing came, nothing is received`() async {
        await #expect(processExitsWith: .success) {
            #expect(Host.live().signals.received() == nil)
        }
    }
}

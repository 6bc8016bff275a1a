import Glibc
import Host
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
            #expect(earlier.count == 1)
            let observed = Observed.shell("sleep 6108", .soonOver)
            #expect(observed.outcome.leftovers.isEmpty)
            #expect(processes.descendants(running: "sleep 6107").map(\.pid) == earlier.map(\.pid))
            #expect(processes.stop(earlier, .seconds(5)).isEmpty)
        }
    }
}

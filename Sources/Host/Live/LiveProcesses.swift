import Glibc

extension Processes {
    package static let live = Processes(
        run: LiveProcesses.run,
        prepare: ChildStart.prepare,
        sideBySide: LiveProcesses.sideBySide,
        descendants: LiveProcesses.descendants,
        stop: LiveProcesses.stop,
        carriers: LiveProcesses.carriers,
        isAlive: \.isAlive
    )
}

enum LiveProcesses {
    static func run(_ command: Command, _ limits: ProcessLimits, _ observe: (ProcessEvent) -> Void) -> ProcessOutcome {
        let began = LiveClock.monotonicNanoseconds
        let child: SupervisedChild
        do {
            child = try SupervisedChild(starting: command, limits)
        } catch {
            return ProcessOutcome(
                ending: .notStarted(error), duration: .nanoseconds(LiveClock.monotonicNanoseconds - began))
        }
        observe(.started(child.identity))
        while child.phase != .finished {
            var requests = child.requests
            requests.append(pollfd(fd: LiveSignals.wakeDescriptor, events: Int16(POLLIN), revents: 0))
            let now = LiveClock.monotonicNanoseconds
            let milliseconds = LiveClock.pollMilliseconds(child.deadline(now) - now)
            let count = Turns.handedOver { unsafe poll(&requests, nfds_t(requests.count), milliseconds) }
            if count > 0 {
                child.take(requests[0..<3], observe)
                if requests[3].revents != 0 { LiveSignals.drainWakeUps() }
            }
            child.advance(LiveClock.monotonicNanoseconds, observe)
        }
        return child.outcome()
    }

    static func carriers(_ mark: ChildVariable, _ detail: ChildVariable) -> [ProcessIdentity] {
        let above = ProcessTable.ancestors(of: getpid())
        return ProcessTable.carriers(of: mark, detail).filter { !above.contains($0.pid) }
            .sorted { $0.key < $1.key }.map(ProcessTable.identity)
    }

    static func descendants() -> [ProcessIdentity] {
        _ = ChildRegistry.shared.reapAdopted()
        return ProcessTable.descendants(of: getpid()).filter { !$0.isEnded }.sorted { $0.key < $1.key }
            .map(ProcessTable.identity)
    }
}

import CHost
import Glibc

/// One child from its start to its end: what it may still do, and how far its ending has got.
///
/// It never waits. Its owner polls the `requests` until `deadline`, hands back the answers, lets it advance, and asks
/// again until it is finished; one loop could so serve several of them.
final class SupervisedChild {
    let identity: ProcessIdentity
    let limits: ProcessLimits
    let began: Int
    let child: SpawnedChild
    /// Signals that had been dealt with before the start.
    let knownSignals: Int
    var offspring: Offspring

    var phase = Phase.running
    /// `nil` until the child itself has ended.
    var ending: ProcessOutcome.Ending?
    var stopped: ProcessOutcome.StopReason?
    var wasKilled = false
    var leftovers: [ProcessTable.Entry] = []
    /// When something was last observed.
    private var lastEvent: Int

    /// Instants are monotonic nanoseconds.
    enum Phase: Hashable {
        case running
        /// Asked to end, by TERM.
        case stopping(killAt: Int)
        /// Made to end, by KILL.
        case killed(giveUpAt: Int)
        /// It has ended; others may still hold its pipes.
        case draining(until: Int)
        /// All was read; who is still there may be about to leave.
        case settling(until: Int)
        case finished
    }

    init(starting command: Command, _ limits: ProcessLimits) throws(SpawnFailure) {
        self.limits = limits
        knownSignals = LiveSignals.seenCount
        began = LiveClock.monotonicNanoseconds
        lastEvent = began
        let before = Offspring.present()
        child = try SpawnedChild(command)
        // Nobody waited for it yet: it is in the table, be it as a zombie without a command line.
        // Where the table cannot be read (no descriptor is left, say), its number has to do: it leads a group of its own.
        let entry =
            ProcessTable.entry(of: child.pid)
            ?? ProcessTable.Entry(pid: child.pid, isEnded: false, parent: getpid(), group: child.pid, startTime: 0)
        offspring = Offspring(of: entry, before: before)
        let given = String(decoding: command.arguments.joined(separator: " ").utf8.prefix(200), as: UTF8.self)
        identity = ProcessIdentity(pid: entry.pid, startTime: entry.startTime, commandLine: given)
    }

    /// What to poll for: its end and its two streams, in this order, negative where there is nothing to wait for.
    var requests: [pollfd] {
        [ending == nil ? child.handle.number : -1, child.streams[0].number, child.streams[1].number]
            .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    /// When it is to advance although nothing came.
    func deadline(_ now: Int) -> Int {
        var deadline = lastEvent + limits.tick.wholeNanoseconds
        switch phase {
        case .running:
            if let timeout = limits.timeout { deadline = min(deadline, began + timeout.wholeNanoseconds) }
            // Nothing tells when it is turned on.
            if limits.stopSwitch != nil { deadline = min(deadline, now + 20_000_000) }
        case .stopping(let killAt): deadline = min(deadline, killAt)
        case .killed: deadline = min(deadline, now + 5_000_000)
        case .draining(let until): deadline = min(deadline, until)
        case .settling: deadline = now + 2_000_000
        case .finished: break
        }
        // Where nothing tells when something ends, it has to be looked at.
        let isStoppingOthers = ending != nil && phase != .finished && stopped != nil
        if isStoppingOthers || child.handle.number < 0 { deadline = min(deadline, now + 10_000_000) }
        return deadline
    }

    /// Reads one piece of each stream that has something.
    func take(_ answers: ArraySlice<pollfd>, _ observe: (ProcessEvent) -> Void) {
        for (answer, stream) in zip(answers.dropFirst(), child.streams) where answer.revents != 0 {
            // Nothing to read, and nobody left to write (poll(2)).
            if answer.revents == Int16(POLLHUP) {
                stream.close()
            } else if let bytes = stream.next() {
                report(.output(stream.stream, bytes), observe)
            }
        }
    }

    /// Goes on to what the time, the signals and the child's end ask for.
    func advance(_ now: Int, _ observe: (ProcessEvent) -> Void) {
        if ending == nil { ending = endingIfAny(reaping: false) }
        // One phase may be over as soon as it begins, and then nothing would come that ends the waiting.
        var former: Phase
        repeat {
            former = phase
            switch phase {
            case .running: watch(now)
            case .stopping(let killAt): awaitEnd(now, killAt: killAt)
            case .killed(let giveUpAt): forceEnd(now, giveUpAt: giveUpAt)
            case .draining(let until): drain(now, until: until, observe)
            case .settling(let until): settle(now, until: until)
            case .finished: return
            }
        } while phase != former
        if now - lastEvent >= limits.tick.wholeNanoseconds { report(.tick, observe) }
    }

    func report(_ event: ProcessEvent, _ observe: (ProcessEvent) -> Void) {
        observe(event)
        lastEvent = LiveClock.monotonicNanoseconds
    }

    /// Reaping gives its number back: from then on nothing may be sent to its group.
    func endingIfAny(reaping: Bool) -> ProcessOutcome.Ending? {
        var found = chost_ending()
        let answer = unsafe chost_wait(child.pid, reaping, &found)
        precondition(answer >= 0, "nobody but its owner waits for a child")
        if answer == 0 { return nil }
        return found.code == CLD_EXITED ? .exited(found.status) : .signalled(found.status)
    }

    /// To be asked once, when it is finished.
    func outcome() -> ProcessOutcome {
        ChildRegistry.shared.forget(child.pid)
        var identities = leftovers.map(ProcessTable.identity)
        if ending == nil { identities.insert(identity, at: 0) }
        let pipes = child.streams.compactMap(\.pipe)
        if !pipes.isEmpty {
            // Who was passed it through a socket is no descendant.
            let known = Set(identities.map(\.pid))
            identities += ProcessTable.holders(ofPipes: Set(pipes)).filter { !known.contains($0.pid) }
                .map(ProcessTable.identity)
        }
        return ProcessOutcome(
            ending: ending ?? .signalled(SIGKILL),
            stopped: stopped,
            wasKilled: wasKilled,
            duration: .nanoseconds(LiveClock.monotonicNanoseconds - began),
            leftovers: identities
        )
    }
}

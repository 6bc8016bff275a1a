import CHost
import Glibc

/// The way from `running` to `finished`, a function for each phase.
extension SupervisedChild {
    /// How long a process that was sent KILL may take: one that waits for a dead disk takes for ever.
    private static let patience = 2_000_000_000
    /// How long who has closed the pipes is given to be gone as well.
    private static let settlingTime = 20_000_000

    func watch(_ now: Int) {
        if ending != nil {
            phase = .draining(until: now + limits.drain.wholeNanoseconds)
        } else if let timeout = limits.timeout, now >= began + timeout.wholeNanoseconds {
            stop(.timeout, now)
        } else if newSignals > 0 {
            stop(.signal(LiveSignals.after(known: knownSignals)), now)
        } else if limits.stopSwitch?.isOn == true {
            stop(.request, now)
        }
    }

    private func stop(_ reason: ProcessOutcome.StopReason, _ now: Int) {
        stopped = reason
        phase = .stopping(killAt: now + limits.grace.wholeNanoseconds)
        send(SIGTERM)
        // One that is stopped (SIGSTOP) takes nothing else before it goes on.
        send(SIGCONT)
    }

    func awaitEnd(_ now: Int, killAt: Int) {
        if ending != nil && offspring.living().isEmpty {
            phase = .draining(until: now + limits.drain.wholeNanoseconds)
        } else if now >= killAt || newSignals > 1 {
            wasKilled = true
            phase = .killed(giveUpAt: now + Self.patience)
            send(SIGKILL)
        }
    }

    /// Sent again and again, because what is killed may have started something new just before.
    func forceEnd(_ now: Int, giveUpAt: Int) {
        if ending != nil && offspring.living().isEmpty {
            phase = .draining(until: now + limits.drain.wholeNanoseconds)
        } else if now >= giveUpAt {
            leftovers = offspring.living()
            if ending != nil { ending = endingIfAny(reaping: true) }
            phase = .finished
        } else {
            send(SIGKILL)
        }
    }

    func drain(_ now: Int, until: Int, _ observe: (ProcessEvent) -> Void) {
        if now >= until {
            for stream in child.streams {
                for bytes in stream.rest() { report(.output(stream.stream, bytes), observe) }
            }
        } else if child.streams.contains(where: \.isOpen) {
            return
        }
        ending = endingIfAny(reaping: true)
        settle(now, until: now + Self.settlingTime)
    }

    func settle(_ now: Int, until: Int) {
        leftovers = offspring.living(isReaped: true)
        phase = leftovers.isEmpty || now >= until ? .finished : .settling(until: until)
    }

    /// Those that came since the start and count: none where the child is left to finish.
    private var newSignals: Int { limits.stopsOnSignal ? LiveSignals.count - knownSignals : 0 }

    /// To the whole group at once, and to each that has left it.
    private func send(_ signal: Int32) {
        let members = offspring.living()
        // Its number is ours as long as it is not reaped. Who may not be signalled is found among the leftovers.
        kill(-child.pid, signal)
        for entry in members where entry.group != child.pid {
            ProcessIdentity(pid: entry.pid, startTime: entry.startTime).send(signal)
        }
        if let entry = ProcessTable.entry(of: child.pid), entry.group != child.pid { kill(child.pid, signal) }
    }
}

import Glibc

extension LiveProcesses {
    static func stop(_ processes: [ProcessIdentity], _ grace: Duration) -> [ProcessIdentity] {
        var tree = ProcessTree(processes)
        for process in tree.living() {
            process.send(SIGTERM)
            // One that is stopped (SIGSTOP) takes nothing else before it goes on.
            process.send(SIGCONT)
        }
        if tree.isGone(within: grace, sending: nil) { return [] }
        if tree.isGone(within: .seconds(2), sending: SIGKILL) { return [] }
        return tree.living()
    }
}

/// Processes and all that was ever seen below them.
private struct ProcessTree {
    private var members: [ProcessIdentity]

    init(_ processes: [ProcessIdentity]) { members = processes }

    /// Looks below every living member once more. Adopted ones that have ended are reaped on the way.
    mutating func living() -> [ProcessIdentity] {
        _ = ChildRegistry.shared.reapAdopted()
        members = members.filter(\.isAlive)
        var known = Set(members.map(\.pid))
        for member in members {
            for entry in ProcessTable.descendants(of: member.pid) where !entry.isEnded {
                if known.insert(entry.pid).inserted { members.append(ProcessTable.identity(entry)) }
            }
        }
        return members
    }

    /// Looks every 10 ms, and sends the signal to whoever is still there.
    mutating func isGone(within time: Duration, sending signal: Int32?) -> Bool {
        let end = LiveClock.monotonicNanoseconds + time.wholeNanoseconds
        while true {
            let living = living()
            if living.isEmpty { return true }
            if let signal { for process in living { process.send(signal) } }
            if LiveClock.monotonicNanoseconds >= end { return false }
            usleep(10_000)
        }
    }
}

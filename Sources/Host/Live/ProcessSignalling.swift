import CHost
import Glibc

extension ProcessIdentity {
    /// Sends a signal to exactly this process; false when it may not be signalled (EPERM). Nothing when it is gone.
    ///
    /// Through a pidfd that is opened before the identity is compared: a number that is given away afterwards does
    /// not matter. Kernels before 5.3 have none, and there a small gap remains.
    @discardableResult
    func send(_ signal: Int32) -> Bool {
        let number = chost_pidfd_open(pid)
        if number < 0 && errno != ENOSYS { return true }
        let handle = number < 0 ? nil : Descriptor(owning: number)
        guard isAlive else { return true }
        let result = if let handle { chost_pidfd_send_signal(handle.number, signal) } else { kill(pid, signal) }
        return result == 0 || errno != EPERM
    }

    /// Zombies are not: they have done all that they will do.
    var isAlive: Bool {
        guard let entry = ProcessTable.entry(of: pid) else { return false }
        return entry.startTime == startTime && !entry.isEnded
    }
}

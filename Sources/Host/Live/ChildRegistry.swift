import CHost
import Glibc
import Synchronization

/// Which of this process's children were started by it, and are waited for by whoever started them.
///
/// The others were adopted: descendants whose own parent has ended. One for the process, as its children are.
final class ChildRegistry: Sendable {
    static let shared = ChildRegistry()

    private let started = Mutex<Set<Int32>>([])

    /// Starts a child while nobody can look: a child that was not entered yet would be taken for an adopted one.
    func start(_ spawn: () throws(SpawnFailure) -> Int32) throws(SpawnFailure) -> Int32 {
        let result: Result<Int32, SpawnFailure> = started.withLock { started in
            do throws(SpawnFailure) {
                let pid = try spawn()
                started.insert(pid)
                return .success(pid)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// To be called once it was waited for, or is given up.
    func forget(_ pid: Int32) {
        started.withLock { _ = $0.remove(pid) }
    }

    /// Whether no other child of ours is running, so that a newly adopted process can only come from this one.
    func isOnly(_ pid: Int32) -> Bool { started.withLock { $0.subtracting([pid]).isEmpty } }

    /// The adopted children, zombies included.
    ///
    /// What our process's other code starts stays in our own group, and is none of them.
    func adopted() -> [ProcessTable.Entry] {
        guard chost_has_children() else { return [] }
        let ourGroup = getpgrp()
        // The table is read first: whoever is in it and was started by us is entered by the time we look there.
        let entries = ProcessTable.children(of: getpid()).compactMap(ProcessTable.entry)
        return started.withLock { started in
            entries.filter { !started.contains($0.pid) && $0.group != ourGroup }
        }
    }

    /// Lets go of adopted children that have ended, and returns those that live.
    func reapAdopted() -> [ProcessTable.Entry] {
        adopted().filter { entry in
            guard entry.isEnded else { return true }
            var ending = chost_ending()
            _ = unsafe chost_wait(entry.pid, true, &ending)
            return false
        }
    }
}

import Diagnostics
import Host
import YAML

extension HistoryClient {
    /// Puts a lock on the remote, where there is none.
    ///
    /// - Parameters:
    ///   - lock: from `makeLock`.
    ///   - patience: how long to wait for another to let it go.
    ///   - mayTakeOver: whether a holder is known to be dead.
    /// - Throws: `.locked` with the holder; `.stopped` when a signal came meanwhile.
    func take(
        _ lock: SharedLock, patience: Duration, mayTakeOver: (SharedLock) -> Bool
    ) throws(SharingFailure) {
        let environment = lock.note.environment
        let name = repository.lockReference(environment)
        let deadline = host.clock.monotonicNanoseconds() + patience.nanoseconds
        var wait = Duration.milliseconds(250)
        var number = 0
        while true {
            number += 1
            if try push([PushedReference(name: name, object: lock.id, condition: .isAbsent)]) { return }
            guard let id = state.locks[environment] else {
                // It was let go in between, or the remote was busy with another's.
                guard number < 40 else { throw .crowded(remote: shownRemote, tries: number) }
                pause(try: number)
                continue
            }
            guard let holder = try self.lock(id) else {
                throw .malformed(remote: shownRemote, what: "the lock \(id)")
            }
            if mayTakeOver(holder),
                try push([PushedReference(name: name, object: lock.id, condition: .equals(id))])
            {
                return
            }
            let left = deadline - host.clock.monotonicNanoseconds()
            guard left > 0 else { throw .locked(holder) }
            host.clock.sleep(min(wait, .nanoseconds(left)))
            if let signal = host.signals.received()?.first { throw .stopped(signal: signal) }
            wait = min(wait * 2, .seconds(16))
        }
    }

    /// A lock that nobody has yet, with a number of its own.
    func makeLock(_ environment: String, run: String, purpose: String) throws(SharingFailure) -> SharedLock {
        let surroundings = host.surroundings
        let note = SharedLock.Note(
            schema: 1, environment: environment, run: run, purpose: purpose, user: surroundings.userName,
            host: surroundings.hostName, pid: surroundings.identity.pid, startTime: surroundings.identity.startTime,
            bootId: surroundings.bootID, startedAt: host.clock.now().description, tool: Version.current,
            nonce: host.randomBytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        let tree = try repository.write(trees: [[:]])[0]
        let id = try repository.commit(tree, parent: nil, message: SharedLock.message(note), isSigned: false)
        return SharedLock(id: id, note: note)
    }

    /// Lets a lock go that is ours.
    ///
    /// - Returns: false when it was not ours any more.
    @discardableResult
    func release(_ lock: SharedLock) throws(SharingFailure) -> Bool {
        try push([
            PushedReference(
                name: repository.lockReference(lock.note.environment), object: nil, condition: .equals(lock.id))
        ])
    }

    /// Every lock there is now.
    package func currentLocks() throws(SharingFailure) -> [SharedLock] {
        try fetch()
        var locks: [SharedLock] = []
        for (_, id) in state.locks.sorted(by: { $0.key < $1.key }) {
            if let lock = try lock(id) { locks.append(lock) }
        }
        return locks
    }

    /// Takes a lock away from its holder, and records who did and why in the same moment.
    ///
    /// - Returns: the lock that was broken; `nil` when there is none with that id.
    package func breakLock(_ id: String, reason: String) throws(SharingFailure) -> SharedLock? {
        try fetch()
        guard state.locks.values.contains(id), let lock = try lock(id), state.locks[lock.note.environment] == id else {
            return nil
        }
        let (note, bytes) = try breakNote(lock, reason)
        do throws(SharingFailure) {
            _ = try publish(
                [], notes: [(note.kind, note.id, bytes)], lock: LockCondition(lock: lock, isReleased: true))
        } catch {
            // It was let go meanwhile, or broken by another: either way it is not this one that is broken.
            project.notes.withdraw(note)
            if case .lockLost = error { return nil }
            throw error
        }
        try fetch()
        return lock
    }

    private func breakNote(_ lock: SharedLock, _ reason: String) throws(SharingFailure) -> (Note, [UInt8]) {
        do throws(StateFailure) {
            let note = try project.notes.append(
                "lock-break",
                [
                    ("environment", .string(lock.note.environment)), ("lock", .string(lock.id)),
                    ("run", .string(lock.note.run)), ("holder", .string("\(lock.note.user) on \(lock.note.host)")),
                    ("held_since", .string(lock.note.startedAt)), ("reason", .string(reason)),
                ])
            return (note, try project.notes.read(note.id, note.kind))
        } catch {
            throw .state(error)
        }
    }
}

import Deployment
import Host

/// What one run shares while it goes on: its lock, and its journal at every step.
///
/// A class, because the lock and what the remote has belong to one run. Used from the threads of a run, which take turns.
package final class RunSharing {
    /// `nil` where this machine cannot speak to the remote at all.
    private let client: HistoryClient?
    private let project: Project
    private let environment: String
    private let run: String
    private let outbox: Outbox
    /// What was waiting to be sent of the run before.
    private let waiting: Outbox.Entry?
    private var lock: SharedLock?
    /// One that may have come to be ours without our knowing.
    private var doubted: SharedLock?
    /// Why the remote does not have all of it; `nil` while it has.
    package private(set) var problem: SharingFailure?
    private var isBusy = false
    /// Once the lock was another's, nothing of this run may be written there any more.
    private var isLost = false
    private var lastFailure: Int?

    /// After a failure the remote is left alone for so long: a remote that hangs must not hold up every step.
    private static let pauseAfterFailure = Duration.seconds(20)

    init(
        _ project: Project, _ client: HistoryClient?, environment: String, run: String, lock: SharedLock?,
        problem: SharingFailure? = nil
    ) {
        self.project = project
        self.client = client
        self.environment = environment
        self.run = run
        self.lock = lock
        self.problem = problem
        outbox = Outbox(project)
        waiting = outbox.entries.first { $0.run == run }
        if problem != nil { lastFailure = project.host.clock.monotonicNanoseconds() }
    }

    /// From now on, what is not shared is known to be missing.
    ///
    /// - Parameter lock: one that may have come to be ours without our knowing.
    func open(doubting doubted: SharedLock? = nil) throws(SharingFailure) {
        self.doubted = doubted
        do throws(StateFailure) {
            let id = lock?.id ?? doubted?.id
            try outbox.put(Outbox.Entry(schema: 1, run: run, environment: environment, lock: id))
        } catch {
            throw .state(error)
        }
    }

    /// Nothing of this is to be sent: it did not begin.
    func forget() throws(SharingFailure) {
        do throws(StateFailure) {
            if let waiting { try outbox.put(waiting) } else { try outbox.remove(run) }
        } catch {
            throw .state(error)
        }
    }

    /// Puts the journal as it is on the remote, while the lock is ours: what is about to happen is known to others before
    /// it happens.
    ///
    /// A remote that does not answer holds nothing up: what it has missed it gets later.
    ///
    /// - Throws: `.lockLost`, and nothing else; what was announced must not be done then.
    func announce() throws(SharingFailure) {
        while isBusy { project.host.clock.sleep(.milliseconds(20)) }
        isBusy = true
        defer { isBusy = false }
        let now = project.host.clock.monotonicNanoseconds()
        if let lastFailure, now - lastFailure < Self.pauseAfterFailure.nanoseconds { return }
        try send(isLast: false)
    }

    /// The first time, without which nothing may begin.
    ///
    /// - Throws: `SharingFailure`, whatever it is, where that is asked for; `.lockLost` always.
    func announceOpening(isRequired: Bool) throws(SharingFailure) {
        guard problem == nil else { return }
        try send(isLast: false)
        if isRequired, let problem { throw problem }
    }

    /// Puts the whole record on the remote and lets the lock go in the same moment.
    func finish() {
        while isBusy { project.host.clock.sleep(.milliseconds(20)) }
        do throws(SharingFailure) {
            try send(isLast: true)
        } catch {
            problem = error
        }
        // One entry too many is sent again, and nothing is there twice.
        if problem == nil { try? outbox.remove(run) }
        // Without it, the next sync looks at this run once more.
        try? client?.noteImported()
        client?.tidy()
    }

    /// Lets the lock go of what did not begin. What cannot be told now is told by a later sync.
    package func release() {
        guard let client, let lock else { return }
        do throws(SharingFailure) {
            try client.release(lock)
            self.lock = nil
            try forget()
        } catch {
            problem = error
        }
    }

    private func send(isLast: Bool) throws(SharingFailure) {
        guard let client, !isLost else { return }
        do throws(SharingFailure) {
            let picture: SharedRun
            do throws(StateFailure) { picture = try SharedRun(run, in: project.store) } catch { throw .state(error) }
            let condition = lock.map { HistoryClient.LockCondition(lock: $0, isReleased: isLast) }
            let publication = try client.publish([picture], lock: condition)
            if !publication.different.isEmpty || !publication.behind.isEmpty {
                throw .state(.refused(run: run, why: "others have written to it while it was going on"))
            }
            if isLast {
                lock = nil
                if let doubted, client.state.locks[environment] == doubted.id { try client.release(doubted) }
            }
            problem = nil
            lastFailure = nil
        } catch {
            if case .lockLost = error {
                lock = nil
                isLost = true
                problem = error
                throw error
            }
            problem = error
            lastFailure = project.host.clock.monotonicNanoseconds()
        }
    }
}

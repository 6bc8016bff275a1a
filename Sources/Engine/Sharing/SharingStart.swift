package import Deployment
import Host

/// Begins to share a run: the lock that all machines see, and what others have done until now.
package struct SharingStart {
    private let project: Project
    private let settings: SharedHistory

    package init(project: Project, settings: SharedHistory) {
        self.project = project
        self.settings = settings
    }

    /// The lock first, then the history: what was done before it was ours is in there then.
    ///
    /// - Parameters:
    ///   - purpose: `run`, `resume`, `rollback` or `close`.
    func begin(
        _ environment: String, run: String, purpose: String, patience: Duration, bearing tolerance: Tolerance
    ) throws(SharingFailure) -> RunSharing {
        var client: HistoryClient?
        var lock: SharedLock?
        do throws(SharingFailure) {
            let reached = try HistoryClient(project, settings)
            client = reached
            let made = try reached.makeLock(environment, run: run, purpose: purpose)
            lock = made
            return try begin(reached, made, patience)
        } catch {
            guard tolerance.bears(error) else { throw error }
            // Nobody knows whether the remote has taken the lock: if so, it is to be let go later.
            let sharing = RunSharing(
                project, client, environment: environment, run: run, lock: nil, problem: error)
            try sharing.open(doubting: lock)
            return sharing
        }
    }

    /// What is gone on without.
    enum Tolerance {
        case nothing
        /// A remote that does not answer.
        case silence
        /// Anything that keeps this machine from speaking to the remote: what takes back never waits for a network.
        case distance

        func bears(_ failure: SharingFailure) -> Bool {
            switch self {
            case .nothing: false
            case .silence: failure.isSilence
            case .distance: failure.isOutOfReach
            }
        }
    }

    private func begin(
        _ client: HistoryClient, _ lock: SharedLock, _ patience: Duration
    ) throws(SharingFailure) -> RunSharing {
        let environment = lock.note.environment
        let sharing = RunSharing(project, client, environment: environment, run: lock.note.run, lock: lock)
        // Before it is asked for: an answer may be lost.
        try sharing.open()
        do throws(SharingFailure) {
            try client.take(lock, patience: patience, mayTakeOver: isDead)
        } catch {
            if !error.isSilence { try sharing.forget() }
            // Who is refused wants to see what the other does; it was fetched with his lock.
            if case .locked = error { _ = try? client.importNew() }
            throw error
        }
        do throws(SharingFailure) {
            try client.fetch()
            try client.check(lock)
            _ = try client.importNew()
            for refused in project.store.refusedRuns() where isOn(environment, refused) {
                throw .state(.refused(run: refused, why: project.store.refusal(of: refused) ?? ""))
            }
        } catch {
            sharing.release()
            throw error
        }
        return sharing
    }

    /// An identifier has the environment's name before its last dash; a journal that is not trusted is not asked.
    private func isOn(_ environment: String, _ run: String) -> Bool { run.dropLast(5).hasSuffix("-\(environment)") }

    /// Whether the lock was taken from this very folder by a process that is gone: the local lock of the environment is
    /// ours at this moment, and it was that one's until it ended.
    private func isDead(_ lock: SharedLock) -> Bool {
        let surroundings = project.host.surroundings
        guard lock.note.host == surroundings.hostName,
            Outbox(project).entries.contains(where: { $0.lock == lock.id })
        else { return false }
        return lock.note.bootId != surroundings.bootID
            || !project.host.processes.isAlive(
                ProcessIdentity(pid: lock.note.pid, startTime: lock.note.startTime))
    }
}

extension Project {
    /// Where an environment's runs are shared: as its manifest says today, else as a run's plan has it.
    ///
    /// - Returns: `nil` for an environment that keeps them to itself.
    package func sharedHistory(of environment: String, recorded: SharedHistory?) -> SharedHistory? {
        guard environmentNames.contains(environment) else { return recorded }
        let loader = ProjectLoader(self)
        guard let manifest = loader.environment(environment) else { return recorded }
        return manifest.history
    }
}

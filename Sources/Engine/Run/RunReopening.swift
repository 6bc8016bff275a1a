package import Deployment
import Diagnostics
import Host

/// Opens an old run again, to go on with it or to take it back. Needs `.rehearse/` and nothing else.
package struct RunReopening {
    package struct Options: Sendable {
        package var lockPatience: Duration
        /// End processes that a dead run has left behind.
        package var killsOrphans: Bool
        /// What was typed, for those who have to type it again with a flag more.
        package var command: String
        /// What the shared lock is held for: `resume`, `rollback`, `close`.
        package var purpose: String
        /// Whether nothing is done without the history remote. What takes back or settles never waits for a network.
        package var demandsRemote: Bool

        package init(
            lockPatience: Duration, killsOrphans: Bool, command: String, purpose: String,
            demandsRemote: Bool = false
        ) {
            self.purpose = purpose
            self.demandsRemote = demandsRemote
            self.lockPatience = lockPatience
            self.killsOrphans = killsOrphans
            self.command = command
        }
    }

    /// An old run, locked and read, and not yet written to.
    package struct Opened {
        package let record: RunRecord
        package let plan: Plan
        let journal: Journal
        let lock: HeldLock
        let sharing: RunSharing?
        /// Where the record came from, when it was not recorded here alone.
        package let origin: RunOrigin?

        package func release() {
            sharing?.release()
            lock.release()
        }
    }

    private let project: Project
    private let observe: (RunProgress) -> Void

    package init(project: Project, observe: @escaping (RunProgress) -> Void) {
        self.project = project
        self.observe = observe
    }

    /// Locks the run's environment and reads its journal, the chain checked.
    package func open(_ run: String, _ options: Options) throws(StartFailure) -> Opened {
        for folder in [project.state.path, project.state.runs, project.state.locks] {
            do { try project.state.check(folder) } catch { throw .state(error) }
        }
        do { try project.state.prepare() } catch { throw .state(error) }
        if let why = project.store.refusal(of: run) { throw .state(.refused(run: run, why: why)) }
        let first = try read(run)
        let environment = first.record.environment.name
        let lock = try RunStart(project: project, observe: observe).take(
            environment, run: run, patience: options.lockPatience,
            // Who settles a run by hand waits by himself.
            next: options.purpose == "close" ? options.command : "\(options.command) --lock-timeout 5m")
        var sharing: RunSharing?
        do throws(StartFailure) {
            sharing = try share(run, first.journal, options)
            // Read again under the lock: another rollback may have finished meanwhile.
            let (journal, record) = try read(run)
            guard case .opened(let opened) = journal.events.first else {
                throw StartFailure.state(.damaged(run: run, .empty))
            }
            try Orphans(of: run, journal, host: project.host).check(
                kill: options.killsOrphans, again: "\(options.command) --kill-orphan")
            return Opened(
                record: record, plan: opened.plan, journal: journal, lock: lock, sharing: sharing,
                origin: project.store.origin(of: run))
        } catch {
            sharing?.release()
            lock.release()
            throw error
        }
    }

    private func share(_ run: String, _ journal: Journal, _ options: Options) throws(StartFailure) -> RunSharing? {
        guard case .opened(let opened)? = journal.events.first,
            let settings = project.sharedHistory(of: opened.plan.environment.name, recorded: opened.plan.history)
        else { return nil }
        do throws(SharingFailure) {
            let sharing = try SharingStart(project: project, settings: settings).begin(
                opened.plan.environment.name, run: run, purpose: options.purpose, patience: options.lockPatience,
                bearing: !options.demandsRemote ? .distance : settings.isRequired ? .nothing : .silence)
            if let problem = sharing.problem {
                observe(.warning("\(problem.diagnostic.message); going on without the shared lock"))
            }
            return sharing
        } catch {
            throw .sharing(error)
        }
    }

    /// Makes a session of an opened run; its next line goes behind the old ones.
    package func session(_ opened: Opened, secrets: [(name: String, value: Secret)]) throws(StartFailure) -> RunSession
    {
        do {
            let file = try project.store.reopen(opened.record.id, opened.journal)
            return RunSession(
                id: opened.record.id, plan: opened.plan, project: project, file: file, after: opened.journal,
                secrets: secrets, lock: opened.lock, sharing: opened.sharing, observe: observe)
        } catch {
            opened.release()
            throw .state(error)
        }
    }

    private func read(_ run: String) throws(StartFailure) -> (journal: Journal, record: RunRecord) {
        do throws(StateFailure) {
            let journal = try project.store.journal(of: run)
            return (journal, try project.store.record(journal, of: run))
        } catch {
            throw .state(error)
        }
    }
}

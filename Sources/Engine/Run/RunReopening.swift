package import Deployment
import Host

/// Opens an old run again, to go on with it or to take it back. Needs `.rehearse/` and nothing else.
package struct RunReopening {
    package struct Options: Sendable {
        package var lockPatience: Duration
        /// End processes that a dead run has left behind.
        package var killsOrphans: Bool
        /// What to type to have them ended.
        package var commandEndingOrphans: String

        package init(lockPatience: Duration, killsOrphans: Bool, commandEndingOrphans: String) {
            self.lockPatience = lockPatience
            self.killsOrphans = killsOrphans
            self.commandEndingOrphans = commandEndingOrphans
        }
    }

    /// An old run, locked and read, and not yet written to.
    package struct Opened {
        package let record: RunRecord
        package let plan: Plan
        let journal: Journal
        let lock: HeldLock

        package func release() { lock.release() }
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
        do { try project.state.prepare(reserves: false) } catch { throw .state(error) }
        let environment = try read(run).record.environment.name
        let lock = try RunStart(project: project, observe: observe).take(
            environment, run: run, patience: options.lockPatience)
        do throws(StartFailure) {
            // Read again under the lock: another rollback may have finished meanwhile.
            let (journal, record) = try read(run)
            guard case .opened(let opened) = journal.events.first else {
                throw StartFailure.state(.damaged(run: run, .empty))
            }
            try Orphans(of: run, journal, host: project.host).check(
                kill: options.killsOrphans, again: options.commandEndingOrphans)
            return Opened(record: record, plan: opened.plan, journal: journal, lock: lock)
        } catch {
            lock.release()
            throw error
        }
    }

    /// Makes a session of an opened run; its next line goes behind the old ones.
    package func session(_ opened: Opened, secrets: [(name: String, value: Secret)]) throws(StartFailure) -> RunSession
    {
        do {
            let file = try project.store.reopen(opened.record.id, opened.journal)
            return RunSession(
                id: opened.record.id, plan: opened.plan, project: project, file: file, after: opened.journal,
                secrets: secrets, lock: opened.lock, observe: observe)
        } catch {
            opened.lock.release()
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

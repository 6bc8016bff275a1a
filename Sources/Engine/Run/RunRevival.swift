package import Deployment
import Host

/// Gives a run whose journal is lost a new one, made from its record.
package struct RunRevival {
    private let project: Project

    package init(project: Project) { self.project = project }

    /// - Throws: `StartFailure` when somebody is at work on the environment, or the state folder cannot be written. A
    ///   journal that is there by now is left alone.
    package func revive(_ record: RunRecord, plan: Plan, lockPatience: Duration) throws(StartFailure) {
        for folder in [project.state.path, project.state.runs, project.state.locks] {
            do { try project.state.check(folder) } catch { throw .state(error) }
        }
        do { try project.state.prepare() } catch { throw .state(error) }
        let lock = try RunStart(project: project) { _ in }.take(
            record.environment.name, run: record.id, patience: lockPatience,
            next: "rehearse rollback \(record.id) --from-record --lock-timeout 5m")
        defer { lock.release() }
        let files = project.host.files
        let path = project.store.journalPath(of: record.id)
        do throws(FileFailure) {
            guard try files.status(path) == nil else { return }
            let bytes = RevivedJournal(record, plan: plan).bytes(project.host.digest)
            try files.replace(path, bytes, StateFolder.fileMode)
        } catch {
            throw .state(.file(error))
        }
    }
}

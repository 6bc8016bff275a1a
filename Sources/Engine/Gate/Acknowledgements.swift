import Deployment

/// Rollbacks on an environment, and whether somebody has said why.
package struct Acknowledgements {
    private let project: Project

    package init(project: Project) { self.project = project }

    /// The newest run that was rolled back since the last one that succeeded; rehearsals aside, which go back to learn.
    package func lastRolledBack(on environment: String) throws(StateFailure) -> String? {
        let known = project.store.listedEntries()
        for run in try project.store.identifiers() {
            guard run.dropLast(5).hasSuffix("-\(environment)") else { continue }
            let entry = try project.store.entry(run, known[run])
            guard entry.environment == environment, !entry.rehearsal else { continue }
            switch entry.status {
            case .succeeded: return nil
            case .rolledBack, .rollbackIncomplete: return run
            case .running, .failed, .interrupted, .crashed, .closed: continue
            }
        }
        return nil
    }

    /// Who has said why a run was rolled back; `nil` when nobody has.
    package func note(of run: String, on environment: String) -> Note? {
        project.notes.all(Note.acknowledgement).first { $0.environment == environment && $0.run == run }
    }
}

import Deployment

/// Finds the rehearsals in a project's history.
struct RehearsalSearch {
    /// Rehearsals that are looked at: an older one than so many others proves nothing about today.
    private static let most = 50

    let project: Project

    /// The rehearsals on an environment that have ended, newest first, each read from its journal with the chain checked.
    ///
    /// One that cannot be read is left out: it proves nothing.
    func rehearsals(on environment: String, of runbook: String?) throws(StateFailure) -> [RunRecord] {
        let known = project.store.listedEntries()
        var found: [RunRecord] = []
        for run in try project.store.identifiers() {
            guard found.count < Self.most else { break }
            guard run.dropLast(5).hasSuffix("-\(environment)"), let entry = try? project.store.entry(run, known[run]),
                entry.rehearsal, entry.environment == environment, runbook == nil || entry.runbook == runbook,
                entry.status != .running, let record = try? project.store.record(of: run), record.rehearsed != nil
            else { continue }
            found.append(record)
        }
        return found
    }
}

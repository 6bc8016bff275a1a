import Deployment

/// How long the undos of a runbook took when it was last rehearsed.
package struct RehearsedDurations {
    /// Runs that are looked at: who was woken at night does not wait for a long history.
    private static let mostRuns = 50

    private let project: Project

    package init(project: Project) { self.project = project }

    /// - Returns: milliseconds by step; `nil` when no rehearsal of the runbook is known.
    package func ofUndos(in record: RunRecord) -> [String: Int]? {
        // A record that cannot be read tells nothing, and the rollback goes on without it.
        let runs = ((try? project.store.identifiers()) ?? []).prefix(Self.mostRuns)
        let rehearsal = runs.lazy.filter { $0 != record.id }.compactMap { try? project.store.listed($0) }
            .first { $0.rehearsal && $0.runbook.name == record.runbook.name && !durations($0).isEmpty }
        return rehearsal.map(durations)
    }

    private func durations(_ rehearsal: RunRecord) -> [String: Int] {
        (rehearsal.rehearsed?.steps ?? []).reduce(into: [:]) { $0[$1.id] = $1.back?.durationMs }
    }
}

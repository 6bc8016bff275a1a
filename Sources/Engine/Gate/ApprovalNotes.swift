import YAML

/// Who has approved that a commit goes to an environment.
package struct ApprovalNotes {
    private let project: Project
    private let environment: String

    package init(project: Project, environment: String) {
        self.project = project
        self.environment = environment
    }

    /// The approvals of one commit, oldest first; a person may be there more than once.
    package func notes(approving commit: String) -> [Note] {
        project.notes.all(Note.approval).filter { $0.environment == environment && $0.commit == commit }
    }

    /// Distinct people, in the order in which they approved.
    package func people(approving commit: String) -> [String] {
        var seen: Set<String> = []
        return notes(approving: commit).compactMap { $0.by?.user }.filter { seen.insert($0).inserted }
    }
}

extension Note {
    /// The kind of a note by which a commit may go to an environment: `environment`, `commit`, `reason`.
    package static let approval = "approval"
    /// The kind of a note that says why a run was rolled back: `environment`, `run`, `reason`.
    package static let acknowledgement = "acknowledgement"

    package var environment: String? { document["environment"]?.string }
    /// The full name of what was approved.
    package var commit: String? { document["commit"]?.string }
    /// What was rolled back.
    package var run: String? { document["run"]?.string }
    package var reason: String? { document["reason"]?.string }
}

package import Deployment

/// The account of a run: enough to explain it and to roll it back, forever.
///
/// Always a fold of the journal's events; `run.json` is a copy of it for reading.
package struct RunRecord: Hashable, Sendable, Decodable {
    package static let currentSchema = 1

    package var schema: Int
    package var id: String
    package var runbook: Plan.RunbookReference
    package var environment: Plan.EnvironmentReference
    package var git: GitState?
    package var actor: Actor
    package var tool: Tool
    package var reason: String?
    package var inputs: [String: String]
    package var status: RunStatus
    /// Nothing that it did is left to finish or undo.
    package var settled: Bool
    package var startedAt: String
    package var endedAt: String?
    package var durationMs: Int?
    package var rehearsal: Bool
    /// What a rehearsal has shown; `nil` for a run that is none.
    package var rehearsed: RehearsalRecord?
    /// What a rehearsal is bound to; `nil` for a run that is none.
    package var bindings: Bindings?
    /// What the environment's gate found when the run began; `nil` where it had none.
    package var gate: [GateCondition]?
    /// Why the gate was passed although closed.
    package var gateOverride: String?
    /// Subject lines of the commits that the run carries, newest first.
    package var changes: [String]
    package var filesTouched: [String]
    package var steps: [StepRecord]
    package var rollback: RollbackSummary?
    package var fingerprint: Fingerprint?
    package var resumed: [Intervention]
    package var closed: Intervention?
    package var warnings: [String]
    package var commands: Commands
    /// How many events it was folded from, and the chain value of the last one.
    package var journal: JournalHead

    package func step(_ id: String) -> StepRecord? { steps.first { $0.id == id } }
}

package struct Actor: Hashable, Sendable, Decodable {
    package var user: String
    package var host: String
    package var ci: Bool

    package init(user: String, host: String, ci: Bool) {
        self.user = user
        self.host = host
        self.ci = ci
    }
}

package struct Tool: Hashable, Sendable, Decodable {
    package var version: String

    package init(version: String) { self.version = version }
}

/// What git said when the run began.
package struct GitState: Hashable, Sendable, Decodable {
    package var commit: String
    /// `nil` on a detached head.
    package var branch: String?
    package var dirty: Bool
    package var tag: String?

    package init(commit: String, branch: String?, dirty: Bool, tag: String?) {
        self.commit = commit
        self.branch = branch
        self.dirty = dirty
        self.tag = tag
    }
}

package struct Intervention: Hashable, Sendable, Codable {
    package var at: String
    package var by: Actor
    package var reason: String?
}

/// The last rollback of the run.
package struct RollbackSummary: Hashable, Sendable, Codable {
    package var startedAt: String
    package var endedAt: String?
    package var by: Actor
    /// By the run itself after a failure.
    package var automatic: Bool
    package var reason: String?
    /// `current`: by the runbook of that day; `nil`: by the record.
    package var use: String?
    /// It is the way back of a rehearsal.
    package var rehearsal: Bool?
    /// Why it is incomplete.
    package var problem: String?
}

package struct Fingerprint: Hashable, Sendable, Codable {
    package var before: [String: String]
    /// After the last rollback.
    package var after: [String: String]?

    /// The probes whose value did not come back, in the order of their names.
    package var differences: [String] {
        guard let after else { return [] }
        return before.keys.sorted().filter { after[$0] != before[$0] }
    }
}

/// What to type to go on; `nil` where that makes no sense any more.
package struct Commands: Hashable, Sendable, Decodable {
    package var resume: String?
    package var rollback: String?
}

package struct JournalHead: Hashable, Sendable, Decodable {
    package var events: Int
    package var head: String
}

package import Deployment
import Diagnostics

/// What a rehearsal proves and what that is bound to, as one document.
package struct Certificate: Hashable, Sendable, Codable {
    package static let currentSchema = 1

    package var schema: Int
    package var run: String
    /// The rehearsal held, was made from a commit, and nothing that it is bound to has changed since.
    package var valid: Bool
    /// Forward, back to the world as it was, and forward again.
    package var held: Bool
    /// Why it does not hold.
    package var problem: String?
    package var runbook: Plan.RunbookReference
    package var environment: Plan.EnvironmentReference
    package var inputs: [String: String]
    package var rehearsedAt: String
    package var durationMs: Int?
    package var by: Actor
    package var tool: Tool
    package var git: GitState?
    package var boundTo: Bindings?
    /// Every undo ran two times.
    package var twice: Bool
    package var fingerprint: Fingerprint?
    package var steps: [RehearsalRecord.Step]
    package var notRehearsed: [NotRehearsed]
    /// Steps of which nothing says that their undo undid.
    package var unproven: [String]
    /// All undos together.
    package var wayBackMs: Int
    /// What is another one today; empty while it is valid.
    package var invalidatedBy: [BindingChange]
    package var journal: JournalHead

    package struct NotRehearsed: Hashable, Sendable, Codable {
        package var id: String
        package var why: String
    }

    /// - Parameter changes: what is another one today.
    /// - Returns: `nil` for a run that is no rehearsal.
    package init?(_ record: RunRecord, changes: [BindingChange]) {
        guard let rehearsed = record.rehearsed else { return nil }
        schema = Self.currentSchema
        run = record.id
        held = rehearsed.held
        valid = rehearsed.held && record.git?.dirty == false && changes.isEmpty
        problem = rehearsed.problem
        if problem == nil, record.git?.dirty != false { problem = "it was not made from a commit as it is" }
        runbook = record.runbook
        environment = record.environment
        inputs = record.inputs
        rehearsedAt = record.endedAt ?? record.startedAt
        durationMs = record.durationMs
        by = record.actor
        tool = record.tool
        git = record.git
        boundTo = record.bindings
        twice = rehearsed.twice
        fingerprint = rehearsed.fingerprint
        steps = rehearsed.steps
        notRehearsed = rehearsed.notRehearsed.map { NotRehearsed(id: $0.id, why: $0.why) }
        unproven = rehearsed.unproven
        wayBackMs = rehearsed.steps.compactMap { $0.back?.durationMs }.reduce(0, +)
        invalidatedBy = changes
        journal = record.journal
    }
}

package import Deployment

/// What became of one step.
package struct StepRecord: Hashable, Sendable, Decodable {
    package var id: String
    package var name: String
    package var owner: String
    /// The `parallel` step that it stands in.
    package var group: String?
    package var expect: Expectation
    package var action: PlannedAction
    package var status: StepStatus
    /// Why it was skipped.
    package var skipped: String?
    package var attempts: [Attempt]
    package var captures: [String: String]
    package var outputs: [String: String]
    package var metrics: [String: String]
    /// Relative to the run's folder; `nil` before it printed anything.
    package var log: LogSummary?
    package var rollback: RollbackRecord
    package var failure: Failure?

    package struct Attempt: Hashable, Sendable, Decodable {
        package var startedAt: String
        package var endedAt: String?
        package var durationMs: Int?
        package var exit: Int?
        /// `SIGTERM`, ….
        package var signal: String?
        package var reason: FailureReason?
        /// KILL was needed after TERM.
        package var escalated: Bool?
    }

    package struct LogSummary: Hashable, Sendable, Decodable {
        package var path: String
        package var bytes: Int
        package var omitted: Int
        package var truncated: Bool

        package init(path: String, bytes: Int, omitted: Int, truncated: Bool) {
            self.path = path
            self.bytes = bytes
            self.omitted = omitted
            self.truncated = truncated
        }
    }

    package struct Failure: Hashable, Sendable, Decodable {
        package var reason: FailureReason
        package var what: String
        package var expected: String
        package var retry: String

        package init(reason: FailureReason, what: String, expected: String, retry: String) {
            self.reason = reason
            self.what = what
            self.expected = expected
            self.retry = retry
        }
    }

    package struct RollbackRecord: Hashable, Sendable, Decodable {
        package var kind: PlannedRollback.Kind
        package var command: Script?
        /// What the command does, in a sentence, where it is too long to be read.
        package var says: String?
        package var verify: Script?
        package var timeoutMs: Int?
        /// Why there is none.
        package var reason: String?
        /// What the command gets besides the run's own variables: the step's `env`, captures and outputs so far.
        package var env: [String: String]
        package var status: RollbackStatus
        package var attempts: [Attempt]
        package var failure: Failure?
    }
}

extension StepRecord.RollbackRecord {
    /// From now on it is undone so.
    package mutating func take(_ planned: PlannedRollback) {
        kind = planned.kind
        command = planned.command
        says = planned.says
        verify = planned.verify
        timeoutMs = planned.timeoutMs
        reason = planned.reason
    }

    /// The undo on one line: its command, or what it says of itself where that is a whole script.
    package var shown: String {
        if let says { return says }
        guard let text = command?.pasteable else { return "" }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.count > 1, let first = lines.first else { return text }
        return "\(first) … (\(lines.count) lines)"
    }
}

extension StepRecord {
    /// Where what it printed is to be read, relative to the run's folder; `nil` when it printed nothing. Of one whose end
    /// nobody has seen it is where something may be.
    package var logPath: String? {
        guard let log, log.bytes > 0 || status == .running || status == .unknown else { return nil }
        return log.path
    }

    /// Whether the world may be different because of it.
    package var mayHaveActed: Bool { !attempts.isEmpty && status.mayHaveActed && failure?.reason != .spawn }

    /// Whether something that it put out held a secret, and is therefore not on record.
    package var holdsHiddenValue: Bool { outputs.values.contains { $0.contains("[secret ") } }

    /// Whether it left something that a rollback has to undo.
    package var needsRollback: Bool {
        guard mayHaveActed else { return false }
        switch rollback.kind {
        case .none: return false
        case .irreversible: return (status == .succeeded || status == .unknown) && rollback.status != .waived
        case .command, .automatic: return rollback.status != .done && rollback.status != .waived
        }
    }
}

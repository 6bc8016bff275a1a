import Deployment
package import Engine

/// How a state is shown: a sign for the eye, a word for everyone, a tone for those who see colours.
package struct StateMark: Hashable, Sendable {
    package let sign: String
    package let word: String
    package let tone: Tone

    init(_ sign: String, _ word: String, _ tone: Tone) {
        self.sign = sign
        self.word = word
        self.tone = tone
    }
}

extension StepStatus {
    package var mark: StateMark {
        switch self {
        case .pending: StateMark("·", "waiting", .quiet)
        case .running: StateMark("▸", "running", .active)
        case .succeeded: StateMark("✓", "ok", .good)
        case .failed: StateMark("✗", "FAILED", .bad)
        case .interrupted: StateMark("!", "stopped", .caution)
        case .skipped: StateMark("-", "skipped", .quiet)
        case .satisfied: StateMark("=", "satisfied", .good)
        case .unknown: StateMark("?", "UNKNOWN", .bad)
        }
    }
}

extension StepRecord.RollbackRecord {
    package var mark: StateMark {
        if kind == .irreversible, status != .waived { return StateMark("!", "no undo", .caution) }
        return switch status {
        case .pending: StateMark("·", "waiting", .quiet)
        case .running: StateMark("▸", "undoing", .active)
        case .done: StateMark("✓", "undone", .good)
        case .failed: StateMark("✗", "FAILED", .bad)
        case .unknown: StateMark("?", "UNKNOWN", .bad)
        case .none: StateMark("=", "nothing", .quiet)
        case .waived: StateMark("!", "passed by", .caution)
        }
    }
}

extension RunStatus {
    /// The words for people; JSON and flags have the raw value.
    package var mark: StateMark {
        switch self {
        case .running: StateMark("▸", "running", .active)
        case .succeeded: StateMark("✓", "succeeded", .good)
        case .failed: StateMark("✗", "FAILED", .bad)
        case .interrupted: StateMark("!", "interrupted", .caution)
        case .crashed: StateMark("✗", "CRASHED", .bad)
        case .rolledBack: StateMark("↶", "rolled back", .caution)
        case .rollbackIncomplete: StateMark("✗", "ROLLBACK INCOMPLETE", .bad)
        case .closed: StateMark("=", "closed", .quiet)
        }
    }
}

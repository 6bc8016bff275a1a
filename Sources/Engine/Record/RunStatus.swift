/// How a run stands. The last four are where it may stay for good.
package enum RunStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case running
    case succeeded
    case failed
    case interrupted
    /// Derived, never written: the run's process is gone and its journal has no end.
    case crashed
    case rolledBack = "rolled_back"
    case rollbackIncomplete = "rollback_incomplete"
    /// A person said that what is left is dealt with.
    case closed
}

package enum StepStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case pending
    case running
    case succeeded
    case failed
    case interrupted
    /// Its `when` did not hold.
    case skipped
    /// Its `skip_if` said that it is already done.
    case satisfied
    /// Derived: it started, has no end, and the process that ran it is gone. Written only of a step that was told to end
    /// and is still there after KILL.
    case unknown

    /// Whether the world may be different because of it.
    package var mayHaveActed: Bool {
        switch self {
        case .running, .succeeded, .failed, .interrupted, .unknown: true
        case .pending, .skipped, .satisfied: false
        }
    }
}

package enum RollbackStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case pending
    case running
    case done
    case failed
    /// Derived: it started and has no end. Written only of an undo that is still there after KILL.
    case unknown
    /// There is nothing to undo, or no command for it.
    case none
    case waived
}

package enum FailureReason: String, Hashable, Sendable, Codable, CaseIterable {
    case exit
    case signal
    case timeout
    case spawn
    /// A capture, a pattern in the output, or a built-in check did not hold.
    case check
    case verify
}

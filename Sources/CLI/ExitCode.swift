package import Engine

/// How the program ends; the table of DESIGN section 11, printed by `rehearse help exit-codes`.
package enum ExitCode: Hashable, Sendable {
    case done
    /// The answer is no: drift, a failed run, a closed gate.
    case no
    /// Bad usage or a file that is not valid; nothing was started.
    case invalid
    case locked
    /// A person must choose; the choices were printed.
    case undecided
    /// State or output that cannot be written, read or trusted.
    case state
    /// All done here, but the history remote does not have it.
    case notShared
    /// Stopped by this signal, after recording.
    case signal(Int32)

    package var number: Int32 {
        switch self {
        case .done: 0
        case .no: 1
        case .invalid: 2
        case .locked: 3
        case .undecided: 4
        case .state: 5
        case .notShared: 6
        case .signal(let number): 128 + number
        }
    }

    /// What a finished run, resume or rollback comes to: decided here and nowhere else.
    ///
    /// - Parameters:
    ///   - wasRollback: a rollback was asked for, so that `rolled_back` is success. A run that had to be taken back
    ///     never ends 0.
    ///   - signal: what stopped the program, if anything did.
    package static func after(_ record: RunRecord, wasRollback: Bool, signal: Int32?) -> ExitCode {
        switch record.status {
        case .rollbackIncomplete: .undecided
        case .failed where record.needsPerson, .interrupted where record.needsPerson: .undecided
        case .interrupted: signal.map { .signal($0) } ?? .undecided
        case .succeeded: .done
        case .rolledBack where wasRollback: .done
        // A rehearsal that was told to stop on its way, and is back.
        case .rolledBack where record.rehearsed?.phase == .back: signal.map { .signal($0) } ?? .no
        case .rolledBack: .no
        case .closed: .done
        case .failed: .no
        case .crashed, .running: .undecided
        }
    }

    /// The same where the history remote does not have all of it: worth saying in place of yes and no, and of nothing
    /// graver.
    package var whenNotShared: ExitCode {
        switch self {
        case .done, .no: .notShared
        default: self
        }
    }
}

extension RunRecord {
    /// A step is still there after KILL, or what it left cannot be undone from the record.
    fileprivate var needsPerson: Bool {
        steps.contains { $0.status == .unknown || $0.needsRollback && $0.holdsHiddenValue }
    }
}

extension StartFailure {
    package var exit: ExitCode {
        switch self {
        case .lock(.held): .locked
        case .lock(.state(let failure)), .state(let failure): failure.exit
        case .sharing(let failure): failure.exit
        case .lock(.stopped(let signal)): .signal(signal)
        case .unsettled, .undecided: .undecided
        case .refused: .invalid
        case .gate: .no
        }
    }
}

extension StateFailure {
    package var exit: ExitCode {
        switch self {
        case .lockLost, .sharedLockLost: .undecided
        default: .state
        }
    }
}

package import YAML

extension RunEvent {
    /// The word in a line's `ev`.
    package var name: String {
        switch self {
        case .opened: "run.open"
        case .resumed: "run.resume"
        case .fingerprint: "fingerprint"
        case .stepPassed: "step.pass"
        case .stepStarted: "step.start"
        case .stepSpawned: "step.spawned"
        case .stepEnded: "step.end"
        case .rollbackOpened: "rb.open"
        case .rollbackStarted: "rb.start"
        case .rollbackSpawned: "rb.spawned"
        case .rollbackEnded: "rb.end"
        case .rollbackWaived: "rb.waive"
        case .rollbackClosed: "rb.close"
        case .warned: "warning"
        case .ended: "run.end"
        case .closed: "run.close"
        case .wayBackChecked: "rehearsal.check"
        case .rehearsalAdvanced: "rehearsal.phase"
        }
    }

    /// Whether the line must be on disk before the program goes on.
    package var isDurable: Bool {
        switch self {
        // A process's number helps to find orphans; without it the step is merely of unknown outcome.
        case .stepSpawned, .rollbackSpawned, .warned: false
        default: true
        }
    }

    /// The fields of the line besides those that every line has.
    package var payload: Node {
        switch self {
        case .opened(let value): value.node
        case .resumed(let value): NodeEncoder.encode(value)
        case .fingerprint(let value): NodeEncoder.encode(value)
        case .stepPassed(let value): NodeEncoder.encode(value)
        case .stepStarted(let value): value.node
        case .stepSpawned(let value), .rollbackSpawned(let value): value.node
        case .stepEnded(let value): value.node
        case .rollbackOpened(let value): NodeEncoder.encode(value)
        case .rollbackStarted(let value): NodeEncoder.encode(value)
        case .rollbackEnded(let value): NodeEncoder.encode(value)
        case .rollbackWaived(let value): NodeEncoder.encode(value)
        case .rollbackClosed(let value): NodeEncoder.encode(value)
        case .warned(let value): NodeEncoder.encode(value)
        case .ended(let value): value.node
        case .closed(let value): NodeEncoder.encode(value)
        case .wayBackChecked(let value): NodeEncoder.encode(value)
        case .rehearsalAdvanced(let value): NodeEncoder.encode(value)
        }
    }

    /// - Returns: `nil` for the name of an event that this version does not know.
    package static func decode(_ name: String, _ node: Node) throws(NodeDecoder.Failure) -> RunEvent? {
        switch name {
        case "run.open": .opened(try NodeDecoder.decode(Opened.self, from: node))
        case "run.resume": .resumed(try NodeDecoder.decode(Resumed.self, from: node))
        case "fingerprint": .fingerprint(try NodeDecoder.decode(FingerprintTaken.self, from: node))
        case "step.pass": .stepPassed(try NodeDecoder.decode(StepPassed.self, from: node))
        case "step.start": .stepStarted(try NodeDecoder.decode(StepStarted.self, from: node))
        case "step.spawned": .stepSpawned(try NodeDecoder.decode(Spawned.self, from: node))
        case "step.end": .stepEnded(try NodeDecoder.decode(StepEnded.self, from: node))
        case "rb.open": .rollbackOpened(try NodeDecoder.decode(RollbackOpened.self, from: node))
        case "rb.start": .rollbackStarted(try NodeDecoder.decode(RollbackStarted.self, from: node))
        case "rb.spawned": .rollbackSpawned(try NodeDecoder.decode(Spawned.self, from: node))
        case "rb.end": .rollbackEnded(try NodeDecoder.decode(RollbackEnded.self, from: node))
        case "rb.waive": .rollbackWaived(try NodeDecoder.decode(RollbackWaived.self, from: node))
        case "rb.close": .rollbackClosed(try NodeDecoder.decode(RollbackClosed.self, from: node))
        case "warning": .warned(try NodeDecoder.decode(Warned.self, from: node))
        case "run.end": .ended(try NodeDecoder.decode(Ended.self, from: node))
        case "run.close": .closed(try NodeDecoder.decode(Closed.self, from: node))
        case "rehearsal.check": .wayBackChecked(try NodeDecoder.decode(WayBackChecked.self, from: node))
        case "rehearsal.phase": .rehearsalAdvanced(try NodeDecoder.decode(RehearsalAdvanced.self, from: node))
        default: nil
        }
    }

    /// Whether the line tells what has happened, and not what is about to.
    var isOutcome: Bool {
        switch self {
        case .stepEnded, .rollbackEnded, .rollbackClosed, .ended: true
        default: false
        }
    }

    /// Whether the line tells what is about to happen to a step. Without it, that does not happen.
    var isIntent: Bool {
        switch self {
        case .stepStarted, .rollbackStarted: true
        default: false
        }
    }

    /// Whether it may only be said by who has the environment to himself: what begins something, and what ends the run.
    var needsLock: Bool {
        switch self {
        case .stepStarted, .rollbackStarted, .ended, .rollbackClosed, .rehearsalAdvanced: true
        default: false
        }
    }

    /// Whether it ends what others were told of.
    var endsSharedWork: Bool {
        switch self {
        case .ended, .rollbackClosed: true
        default: false
        }
    }

    /// For what is about to happen: how it ends when it must not happen after all. `nil` for all else.
    var withdrawal: RunEvent? {
        let failure = StepRecord.Failure(
            reason: .spawn, what: "it was not started: the shared lock is no longer ours",
            expected: "the lock left in place until the run has ended", retry: "safe, it did not start")
        switch self {
        case .stepStarted(let value):
            return .stepEnded(
                StepEnded(
                    step: value.step, status: .failed, durationMs: 0, outputs: [:], metrics: [:], failure: failure))
        case .rollbackStarted(let value):
            return .rollbackEnded(RollbackEnded(step: value.step, status: .failed, durationMs: 0, failure: failure))
        default: return nil
        }
    }

    /// What it means that the line cannot be written; `nil` where nothing was done or known yet.
    var consequenceOfLoss: String? {
        switch self {
        case .stepStarted(let value): "the step `\(value.step)` was not started"
        case .stepEnded(let value): "the end of the step `\(value.step)` (\(value.status.rawValue)) is not on record"
        case .stepPassed(let value): "that the step `\(value.step)` was \(value.status.rawValue) is not on record"
        case .rollbackStarted(let value): "the undo of `\(value.step)` was not started"
        case .rollbackEnded(let value):
            "the end of the undo of `\(value.step)` (\(value.status.rawValue)) is not on record"
        case .fingerprint, .resumed, .rollbackOpened, .rollbackWaived: "nothing was started"
        case .ended(let value): "the end of the run (\(value.status.rawValue)) is not on record"
        case .rollbackClosed(let value): "the end of the rollback (\(value.status.rawValue)) is not on record"
        case .wayBackChecked(let value): "what came back after the undo of `\(value.step)` is not on record"
        case .rehearsalAdvanced: "the second way forward was not begun"
        case .opened, .stepSpawned, .rollbackSpawned, .warned, .closed: nil
        }
    }
}

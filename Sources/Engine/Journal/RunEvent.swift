package import Deployment

/// One line of a journal: what is about to happen, or how it ended.
///
/// The names and fields are final from schema 1 on; more may follow, none changes its meaning.
package enum RunEvent: Hashable, Sendable {
    case opened(Opened)
    case resumed(Resumed)
    case fingerprint(FingerprintTaken)
    case stepPassed(StepPassed)
    case stepStarted(StepStarted)
    case stepSpawned(Spawned)
    case stepEnded(StepEnded)
    case rollbackOpened(RollbackOpened)
    case rollbackStarted(RollbackStarted)
    case rollbackSpawned(Spawned)
    case rollbackEnded(RollbackEnded)
    case rollbackWaived(RollbackWaived)
    case rollbackClosed(RollbackClosed)
    case warned(Warned)
    case ended(Ended)
    case closed(Closed)
    case wayBackChecked(WayBackChecked)
    case rehearsalAdvanced(RehearsalAdvanced)

    /// The process that carries the run; by it a later reader sees whether it is still there.
    package struct Owner: Hashable, Sendable, Decodable {
        package var pid: Int32
        package var startTime: UInt64
        package var bootId: String
    }

    package struct Opened: Hashable, Sendable, Decodable {
        package var id: String
        package var plan: Plan
        /// Chain value of the plan alone, so that a reader can name what was approved.
        package var planSha256: String
        package var actor: Actor
        package var owner: Owner
        package var tool: Tool
        package var git: GitState?
        package var reason: String?
        package var gateOverride: String?
        /// Subject lines of the commits that the run carries, newest first.
        package var changes: [String]
        package var filesTouched: [String]
        package var rehearsal: Bool
        package var lock: String
        /// How it is rehearsed; `nil` for a run that is no rehearsal.
        package var rehearse: RehearsalOptions?
        /// What a rehearsal is bound to besides the plan.
        package var bindings: Bindings?
        /// What the environment's gate found; `nil` where it has none.
        package var gate: [GateCondition]?
    }

    package struct Resumed: Hashable, Sendable, Codable {
        package var actor: Actor
        package var owner: Owner
        package var tool: Tool
        /// What a person said of the step in doubt: `done`, `not-done` or `rerun`.
        package var assume: String?
    }

    package struct FingerprintTaken: Hashable, Sendable, Codable {
        package var when: Moment
        package var values: [String: String]

        package enum Moment: String, Hashable, Sendable, Codable, CaseIterable { case before, after }
    }

    /// A step that did not have to run.
    package struct StepPassed: Hashable, Sendable, Codable {
        package var step: String
        package var status: StepStatus
        package var reason: String
    }

    package struct StepStarted: Hashable, Sendable, Decodable {
        package var step: String
        package var attempt: Int
        package var action: PlannedAction
        package var captures: [String: String]
        /// The way back, as it will be run.
        package var rollback: PlannedRollback
        package var idempotencyKey: String
        package var log: String
    }

    package struct Spawned: Hashable, Sendable, Decodable {
        package var step: String
        package var pid: Int32
        package var startTime: UInt64
    }

    package struct StepEnded: Hashable, Sendable, Decodable {
        package var step: String
        package var status: StepStatus
        package var durationMs: Int
        package var exit: Int?
        package var signal: String?
        package var escalated: Bool?
        package var outputs: [String: String]
        package var metrics: [String: String]
        package var log: StepRecord.LogSummary?
        package var failure: StepRecord.Failure?
        /// What was said by a person and not seen by the program.
        package var assumed: String?
    }

    package struct RollbackOpened: Hashable, Sendable, Codable {
        package var actor: Actor
        package var owner: Owner
        package var tool: Tool
        package var automatic: Bool
        package var reason: String?
        /// `current`: by today's runbook; `nil`: by the record.
        package var use: String?
        /// It is the way back of a rehearsal.
        package var rehearsal: Bool?
    }

    package struct RollbackStarted: Hashable, Sendable, Codable {
        package var step: String
        package var attempt: Int
        package var command: Script
        package var idempotencyKey: String
        /// Today's undo, where that was asked for in place of the recorded one.
        package var current: PlannedRollback?
    }

    package struct RollbackEnded: Hashable, Sendable, Codable {
        package var step: String
        package var status: RollbackStatus
        package var durationMs: Int
        package var exit: Int?
        package var signal: String?
        package var escalated: Bool?
        package var failure: StepRecord.Failure?
    }

    package struct RollbackWaived: Hashable, Sendable, Codable {
        package var step: String
        package var actor: Actor
        package var reason: String
    }

    package struct RollbackClosed: Hashable, Sendable, Codable {
        package var status: RunStatus
        package var problem: String?
    }

    package struct Warned: Hashable, Sendable, Codable {
        package var text: String
    }

    package struct Ended: Hashable, Sendable, Decodable {
        package var status: RunStatus
    }

    package struct Closed: Hashable, Sendable, Codable {
        package var actor: Actor
        package var reason: String
    }

    /// What a rehearsal saw right after a step was undone.
    package struct WayBackChecked: Hashable, Sendable, Codable {
        package var step: String
        /// The step's captures, taken again.
        package var captures: [String: String]
        /// Whether its `skip_if` says that it is done; `nil` when it was not asked.
        package var stillDone: Bool?
    }

    /// A rehearsal goes forward again: every step begins anew.
    package struct RehearsalAdvanced: Hashable, Sendable, Codable {
        package var phase: RehearsalRecord.Phase
    }
}

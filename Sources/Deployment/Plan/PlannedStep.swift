/// One step of a plan, with everything resolved that can be known before it runs.
package struct PlannedStep: Hashable, Sendable, Decodable {
    package var id: String
    package var name: String
    package var owner: String
    package var expect: Expectation
    package var action: PlannedAction
    package var verify: Script?
    package var capture: [Plan.Probe]
    package var rollback: PlannedRollback
    package var timeoutMs: Int
    package var graceMs: Int
    package var retry: Retry?
    /// Names of the secrets that this step alone gets.
    package var secrets: [String]
    package var skipIf: Script?
    package var idempotent: Bool
    package var always: Bool
    /// Why it will not run here; `nil` when it will.
    package var skipped: String?
    /// The `parallel` step that it stands in: neighbours with the same one run side by side.
    package var group: String?
}

/// What a planned step does. Which of the optional settings are there depends on `kind`.
package struct PlannedAction: Hashable, Sendable, Decodable {
    package var kind: String
    /// For `run`: what is executed. For `tag`: filled in right before it runs.
    package var command: Script?
    /// Relative to the project; `nil`: the project itself.
    package var dir: String?
    package var env: [String: String]
    package var parity: Parity?
    package var tag: Tag?
    /// For `render`: the file to write, relative to the project.
    package var output: String?
    /// For `approve`.
    package var question: String?
    /// For a check on what users see.
    package var check: CheckSettings?

    package struct Parity: Hashable, Sendable, Decodable {
        package var left: String
        package var right: String
    }

    package struct Tag: Hashable, Sendable, Decodable {
        package var name: String
        /// `nil`: the notes of the run so far.
        package var message: String?
        package var push: String?
        package var sign: Bool
    }

    package init(kind: String, command: Script? = nil, dir: String? = nil, env: [String: String] = [:]) {
        self.kind = kind
        self.command = command
        self.dir = dir
        self.env = env
    }
}

package struct PlannedRollback: Hashable, Sendable, Decodable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case command
        /// The step changes nothing.
        case none
        /// A point of no return.
        case irreversible
        /// The action undoes itself; the command is recorded when the step starts.
        case automatic
    }

    package var kind: Kind
    package var command: Script?
    /// What the command does, in a sentence, where it is too long to be read.
    package var says: String?
    package var verify: Script?
    package var timeoutMs: Int?
    /// Why there is none.
    package var reason: String?

    package init(
        kind: Kind, command: Script? = nil, says: String? = nil, verify: Script? = nil, timeoutMs: Int? = nil,
        reason: String? = nil
    ) {
        self.kind = kind
        self.command = command
        self.says = says
        self.verify = verify
        self.timeoutMs = timeoutMs
        self.reason = reason
    }
}

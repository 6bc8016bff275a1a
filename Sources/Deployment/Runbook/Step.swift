package import Diagnostics

/// One action with owner, expected result and rollback, in one place.
package struct Step: Hashable, Sendable {
    package struct Capture: Hashable, Sendable {
        package let name: String
        package let command: Script

        package init(name: String, command: Script) {
            self.name = name
            self.command = command
        }
    }

    package let id: StepID
    package let name: String
    package let owner: String
    package let action: Action
    package let expectation: Expectation
    package let verify: Script?
    package let captures: [Capture]
    /// `nil` for an action that knows how to undo itself.
    package let rollback: RollbackDeclaration?
    package let timeout: Duration
    package let grace: Duration
    package let retry: Retry
    package let environment: [String: String]
    package let directory: String?
    package let secrets: [String]
    package let condition: Condition?
    package let skipIf: Script?
    package let isIdempotent: Bool
    package let runsAlways: Bool
    /// Where its `id` stands.
    package let range: SourceRange

    package static let defaultTimeout = Duration.seconds(600)
    package static let defaultGrace = Duration.seconds(5)
}

/// What must be seen for a step to have succeeded.
package struct Expectation: Hashable, Sendable {
    /// The sentence for people.
    package var says: String
    package var exit: Int32
    /// Regular expressions that must be found in what was printed.
    package var standardOutput: String?
    package var standardError: String?
    package var within: Duration?

    package init(
        says: String, exit: Int32 = 0, standardOutput: String? = nil, standardError: String? = nil,
        within: Duration? = nil
    ) {
        self.says = says
        self.exit = exit
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.within = within
    }

    /// Whether a sentence says it all.
    package var isPlain: Bool { exit == 0 && standardOutput == nil && standardError == nil && within == nil }
}

package enum RollbackDeclaration: Hashable, Sendable {
    case command(Script, timeout: Duration?, verify: Script?)
    /// The step changes nothing; why.
    case nothing(String)
    /// A point of no return; why.
    case irreversible(String)
}

package struct Retry: Hashable, Sendable {
    /// How often in all the action may be tried again after it failed; 0 means once and no more.
    package var times: Int
    package var delay: Duration
    /// By how much the delay grows after each attempt.
    package var backoff: Double
    /// The exit codes (`75`), signals (`SIGKILL`) and `timeout` after which it is tried again; `nil`: after any failure.
    package var on: [String]?

    package static let never = Retry(times: 0, delay: .zero, backoff: 1)
}

/// When a step runs at all; what is not said holds.
package struct Condition: Hashable, Sendable {
    package var environments: [String]?
    package var inputs: [String: String]
    package var ci: Bool?
}

/// What a step does.
package enum Action: Hashable, Sendable {
    case run(Script)
    case parity(ParityCheck)
    case render(RenderOutput)
    case tag(TagRelease)
    case approve(Approval)
    case check(CheckKind, CheckSettings)
    case runbook(RunbookCall)
    /// Steps that run side by side; never empty.
    case parallel([Step])

    /// As a runbook writes it, and as a record names it.
    package var kind: String {
        switch self {
        case .run: "run"
        case .parity: "parity"
        case .render: "render"
        case .tag: "tag"
        case .approve: "approve"
        case .check(let kind, _): kind.rawValue
        case .runbook: "runbook"
        case .parallel: "parallel"
        }
    }

    /// Actions that undo themselves, or that change nothing, need no `rollback`.
    package var isReversibleByItself: Bool {
        switch self {
        case .tag, .render, .parity, .approve, .runbook, .parallel: true
        case .run: false
        case .check(let kind, let settings): !settings.changesSomething(kind)
        }
    }
}

/// Fails while two environments drift apart.
package struct ParityCheck: Hashable, Sendable {
    /// `nil`: the run's own environment.
    package var left: Located<String>?
    package var right: Located<String>
}

/// Renders the environment's Compose file.
package struct RenderOutput: Hashable, Sendable {
    /// Relative to the project; may hold `${NAME}`. `nil`: only the run's own copy.
    package var output: Located<String>?
}

/// Makes a git tag, here and on a remote.
package struct TagRelease: Hashable, Sendable {
    package enum Message: Hashable, Sendable {
        /// The final notes of the run so far.
        case notes
        case text(Located<String>)
    }

    /// May hold `${NAME}`.
    package var name: Located<String>
    package var message: Message
    /// The remote; `nil`: the tag stays here.
    package var push: String?
    package var isSigned: Bool
}

/// Asks a person.
package struct Approval: Hashable, Sendable {
    /// What is asked; may hold `${NAME}`.
    package var question: Located<String>
}

/// Runs the steps of another runbook in place.
package struct RunbookCall: Hashable, Sendable {
    package var name: Located<String>
}

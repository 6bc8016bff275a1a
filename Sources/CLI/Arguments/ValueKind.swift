/// What a word on the command line stands for: how it is checked, and how a shell completes it.
package enum ValueKind: Hashable, Sendable {
    /// The name of an environment of the project.
    case environment
    /// The name of a runbook of the project.
    case runbook
    /// A run's id, a unique prefix of one, `last`, or `last:ENVIRONMENT`.
    case run
    /// The id of a step: of the run or runbook that the command's first argument names.
    case step
    /// What `diff` compares: an environment, `ENVIRONMENT@WHAT`, or a file.
    case operand
    /// A file or folder that may be there or not.
    case path
    case directory
    /// One of these words, in the order to show them; never empty.
    case choice([String])
    /// `NAME=VALUE`; the value may be empty.
    case assignment
    case text
    /// `DurationSyntax`.
    case duration
    /// A whole number from zero up.
    case number
    /// A duration back from now, or a date; see `Moment`.
    case moment
    /// The words of a command, or the name of a help topic.
    case helpSubject
}

extension ValueKind {
    /// The words that a shell asks `rehearse __complete` for; `nil` when it needs no question.
    package var dynamicName: String? {
        switch self {
        case .environment, .operand: "environment"
        case .runbook: "runbook"
        case .run: "run"
        case .step: "step"
        case .path, .directory, .choice, .assignment, .text, .duration, .number, .moment, .helpSubject: nil
        }
    }

    /// All answers that `dynamicName` can give.
    package static let dynamicNames = ["environment", "runbook", "run", "step"]
}

/// How a shell finds what a word can be; every script writes each of these in its own language.
enum CompletionAction: Hashable {
    /// Nobody can know: the shell offers nothing, above all no files.
    case nothing
    case words([String])
    /// Asks `rehearse __complete KIND`.
    case dynamic(String)
    /// The steps of what the command's first argument names; `flag` tells `__complete` whether that is a run or a runbook.
    case steps(flag: String)
    case files
    case directories
    /// Environments and files.
    case operands
    /// The commands below those already typed, and topics at first.
    case helpSubjects

    /// - Parameter command: whose word it is; `nil` for a flag in front of the command.
    init(_ kind: ValueKind, of command: CommandSpecification?) {
        switch kind {
        case .choice(let choices): self = .words(choices)
        case .path: self = .files
        case .directory: self = .directories
        case .operand: self = .operands
        case .helpSubject: self = .helpSubjects
        case .step:
            let isOfRunbook = command?.arguments.first?.kind == .runbook
            let flag: FlagSpecification = isOfRunbook ? .completedRunbook : .completedRun
            self = .steps(flag: flag.spelling)
        case .environment, .runbook, .run: self = kind.dynamicName.map(Self.dynamic) ?? .nothing
        case .assignment, .text, .duration, .number, .moment: self = .nothing
        }
    }
}

import Diagnostics

/// What can be wrong with the words of a command line.
enum ArgumentProblem: Hashable {
    case noCommand
    /// `parent` is empty for the word right after `rehearse`.
    case unknownCommand(String, parent: [String])
    case unknownFlag(String, suggestion: String?)
    /// A flag that only other commands have.
    case foreignFlag(String)
    /// `next` is the word that stood there and was taken as a flag.
    case missingValue(FlagSpecification, next: String?)
    case unwantedValue(FlagSpecification, value: String)
    case invalidValue(of: String, FlagValue.Failure)
    case repeatedFlag(FlagSpecification)
    case repeatedAssignment(FlagSpecification, name: String)
    case contradiction(FlagSpecification, FlagSpecification)
    case missingFlag(FlagSpecification)
    case missingArgument(ArgumentSpecification)
    case unexpectedArgument(String, suggestion: String?)
    case versionNotAlone
    case unknownHelpSubject([String])
}

extension ArgumentProblem {
    /// - Parameter command: as far as it was found.
    func diagnostic(in table: CommandTable, _ command: CommandSpecification?) -> Diagnostic {
        let program = (["rehearse"] + (command?.path ?? [])).joined(separator: " ")
        let help = "`\(program) --help` shows what it takes"
        if let refused = refusal(by: command) {
            return Diagnostic(
                "`\(refused.spelling)` \(refused.why)", expected: refused.expected, next: refused.next ?? help)
        }
        switch self {
        case .noCommand:
            return Diagnostic(
                "no command is given",
                expected: "one of " + Wording.list(table.children(of: []).map(\.name)),
                next: "`rehearse help` tells what each is for"
            )
        case .unknownCommand(let word, let parent):
            let candidates = table.children(of: parent)
            let typed = (parent + [word]).joined(separator: " ")
            let nearest = Wording.nearest(to: word, in: candidates.map { $0.path[parent.count] })
            return Diagnostic(
                "unknown command `\(typed)`",
                label: nearest.map { "did you mean `\((parent + [$0]).joined(separator: " "))`?" },
                expected: "one of " + Wording.list(candidates.map(\.name)),
                next: "`\((["rehearse", "help"] + parent).joined(separator: " "))` tells what each is for"
            )
        case .unknownFlag(let spelling, let suggestion):
            return Diagnostic(
                "unknown flag `\(spelling)` for `\(program)`",
                label: suggestion.map { "did you mean `\($0)`?" },
                next: help
            )
        case .foreignFlag(let spelling):
            let owners = table.owners(ofFlagSpelled: spelling).map(\.name)
            return Diagnostic(
                "`\(program)` has no flag `\(spelling)`",
                label: owners.isEmpty ? nil : "it belongs to " + Wording.list(owners, "and"),
                next: help
            )
        case .missingValue(let flag, let next):
            let hint = next.map {
                "`\($0)` after it is a flag; if it is the value, write `\(flag.spellingForValue)\($0)`"
            }
            return Diagnostic(
                "`\(flag.spelling)` needs a value",
                label: hint,
                expected: flag.kind.map(FlagValue.expected)
            )
        case .unwantedValue(let flag, let value):
            return Diagnostic(
                "`\(flag.spelling)` takes no value, found `\(value)`", expected: "`\(flag.spelling)` alone")
        case .invalidValue(let name, let failure):
            return Diagnostic("`\(name)` \(failure.problem)", label: failure.suggestion, expected: failure.expected)
        case .repeatedFlag(let flag):
            return Diagnostic("`\(flag.spelling)` is given more than once", expected: "one value")
        case .repeatedAssignment(let flag, let name):
            return Diagnostic("`\(flag.spelling)` gives `\(name)` more than once", expected: "one value for each name")
        case .contradiction(let first, let second):
            return Diagnostic(
                "`\(first.spelling)` and `\(second.spelling)` contradict each other", expected: "one of the two")
        case .missingFlag(let flag):
            return Diagnostic("`\(program)` needs `\(flag.usage)`", expected: flag.summary, next: help)
        case .missingArgument(let argument):
            return Diagnostic(
                "`\(program)` needs `\(argument.name)`", expected: FlagValue.expected(of: argument.kind), next: help)
        case .unexpectedArgument(let word, let suggestion):
            return Diagnostic(
                "unexpected argument `\(word)`",
                label: suggestion.map { "did you mean `\($0)`?" },
                expected: command.map { "`\($0.usage)`" },
                next: help
            )
        case .versionNotAlone:
            return Diagnostic(
                "`--version` prints the version of rehearse and goes with nothing else",
                expected: "`rehearse --version`; an input of a runbook is given by `--input NAME=VALUE`"
            )
        case .unknownHelpSubject(let words):
            let topics = HelpTopic.all.map(\.name)
            let typed = words.joined(separator: " ")
            return Diagnostic(
                "there is no help on `\(typed)`",
                label: Wording.didYouMean(typed, table.visibleCommands.map(\.name) + topics),
                expected: "a command, or the topic " + Wording.list(topics),
                next: "`rehearse help` lists the commands"
            )
        }
    }
}

extension ArgumentProblem {
    /// What the command has to say about a flag that it deliberately lacks.
    private func refusal(by command: CommandSpecification?) -> RefusedFlag? {
        switch self {
        case .unknownFlag(let spelling, _), .foreignFlag(let spelling):
            command?.refusals.first { $0.spelling == spelling }
        case .missingValue(let flag, _): command?.refusals.first { flag.spellings.contains($0.spelling) }
        default: nil
        }
    }
}

extension FlagSpecification {
    /// What a value can be glued to, whatever it begins with: `--reason=`, `-C`.
    fileprivate var spellingForValue: String { long.isEmpty ? spelling : spelling + "=" }
}

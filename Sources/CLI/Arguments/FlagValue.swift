import Diagnostics

/// A value from the command line, checked and in its own type.
package enum FlagValue: Hashable, Sendable {
    /// Every kind that stays a text: names, paths, choices.
    case text(String)
    case assignment(name: String, value: String)
    case duration(Duration)
    case number(Int)
    case moment(Moment)

    package struct Failure: Error, Hashable, Sendable {
        /// What was wrong, to follow the flag's or argument's name: `is empty`, `has no choice …`.
        package let problem: String
        package let suggestion: String?
        package let expected: String
    }

    /// Reads a word as a kind demands it. No kind accepts an empty word: it is an unset variable in somebody's script.
    package init(_ word: String, as kind: ValueKind) throws(Failure) {
        guard !word.isEmpty else {
            throw Failure(problem: "is empty", suggestion: nil, expected: Self.expected(of: kind))
        }
        switch kind {
        case .environment, .runbook, .run, .step, .operand, .path, .directory, .text, .helpSubject:
            self = .text(word)
        case .choice(let choices):
            guard choices.contains(word) else {
                throw Failure(
                    problem: "cannot be `\(word)`",
                    suggestion: Wording.didYouMean(word, choices),
                    expected: Self.expected(of: kind)
                )
            }
            self = .text(word)
        case .assignment:
            guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
                throw Failure(
                    problem: "has no name and value in `\(word)`", suggestion: nil, expected: Self.expected(of: kind))
            }
            self = .assignment(name: String(word[..<equals]), value: String(word[word.index(after: equals)...]))
        case .duration:
            do {
                self = .duration(try DurationSyntax.parse(word))
            } catch {
                throw Failure(
                    problem: "is not valid: \(error.message)", suggestion: nil, expected: Self.expected(of: kind))
            }
        case .number:
            guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(word) else {
                throw Failure(problem: "cannot be `\(word)`", suggestion: nil, expected: Self.expected(of: kind))
            }
            self = .number(number)
        case .moment:
            guard let moment = Moment(word) else {
                throw Failure(problem: "cannot be `\(word)`", suggestion: nil, expected: Self.expected(of: kind))
            }
            self = .moment(moment)
        }
    }

    /// What may stand there, for the `expected` of a diagnostic.
    package static func expected(of kind: ValueKind) -> String {
        switch kind {
        case .environment: "the name of an environment"
        case .runbook: "the name of a runbook"
        case .run: "a run's id, a unique prefix of one, `last`, or `last:ENVIRONMENT`"
        case .step: "the id of a step"
        case .operand: "an environment, `ENVIRONMENT@WHAT`, or a file"
        case .path: "a path"
        case .directory: "a folder"
        case .choice(let choices): (choices.count > 1 ? "one of " : "") + Wording.list(choices)
        case .assignment: "`NAME=VALUE`"
        case .text: "a text"
        case .duration: DurationSyntax.expected
        case .number: "a whole number from 0 up"
        case .moment: Moment.expected
        case .helpSubject: "a command or a help topic"
        }
    }
}

/// A command line that was understood: every value is there, checked, and in its own type.
///
/// A command reads with the constants that it declared. Asking for a flag or argument that the command does not
/// declare is a bug in the command and traps.
package struct ParsedArguments: Hashable, Sendable {
    package struct Assignment: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package let command: CommandSpecification
    package let globals: GlobalOptions
    private let flags: [GivenFlag]
    private let words: [String: [String]]

    struct GivenFlag: Hashable, Sendable {
        let name: String
        /// `nil` for a switch.
        let value: FlagValue?
    }

    /// - Parameters:
    ///   - flags: in the order of the command line.
    ///   - words: by the argument's name, in order.
    init(command: CommandSpecification, globals: GlobalOptions, flags: [GivenFlag], words: [String: [String]]) {
        self.command = command
        self.globals = globals
        self.flags = flags
        self.words = words
    }

    // MARK: - Flags

    package func has(_ flag: FlagSpecification) -> Bool {
        requireDeclared(flag)
        return flags.contains { $0.name == flag.name }
    }

    /// The value of a flag that stays a text; `nil` when it was not given.
    package func text(of flag: FlagSpecification) -> String? { texts(of: flag).first }

    /// The values of a repeatable flag, in the order of the command line.
    package func texts(of flag: FlagSpecification) -> [String] {
        values(of: flag).map {
            guard case .text(let text) = $0 else { mistyped(flag) }
            return text
        }
    }

    /// The chosen word as a case; `nil` when the flag was not given.
    package func choice<Choice: RawRepresentable<String>>(of flag: FlagSpecification, as type: Choice.Type) -> Choice? {
        text(of: flag).map {
            guard let choice = Choice(rawValue: $0) else { mistyped(flag) }
            return choice
        }
    }

    /// The `NAME=VALUE` pairs in order; no name twice.
    package func assignments(of flag: FlagSpecification) -> [Assignment] {
        values(of: flag).map {
            guard case .assignment(let name, let value) = $0 else { mistyped(flag) }
            return Assignment(name: name, value: value)
        }
    }

    package func duration(of flag: FlagSpecification) -> Duration? {
        values(of: flag).first.map {
            guard case .duration(let duration) = $0 else { mistyped(flag) }
            return duration
        }
    }

    package func number(of flag: FlagSpecification) -> Int? {
        values(of: flag).first.map {
            guard case .number(let number) = $0 else { mistyped(flag) }
            return number
        }
    }

    package func moment(of flag: FlagSpecification) -> Moment? {
        values(of: flag).first.map {
            guard case .moment(let moment) = $0 else { mistyped(flag) }
            return moment
        }
    }

    // MARK: - Arguments by place

    /// The word of an argument that must be there.
    package func requiredWord(for argument: ArgumentSpecification) -> String {
        guard argument.occurrence == .once, let word = words(for: argument).first else {
            preconditionFailure("the parser reports `\(argument.name)` as missing, and it is not optional")
        }
        return word
    }

    package func word(for argument: ArgumentSpecification) -> String? { words(for: argument).first }

    package func words(for argument: ArgumentSpecification) -> [String] {
        precondition(
            command.arguments.contains { $0.name == argument.name },
            "`\(command.name)` does not declare the argument `\(argument.name)`"
        )
        return words[argument.name] ?? []
    }

    // MARK: - Bugs of a command

    private func values(of flag: FlagSpecification) -> [FlagValue] {
        requireDeclared(flag)
        return flags.filter { $0.name == flag.name }.compactMap(\.value)
    }

    private func requireDeclared(_ flag: FlagSpecification) {
        precondition(
            command.flags.contains { $0.name == flag.name },
            "`\(command.name)` does not declare the flag `\(flag.spelling)`"
        )
    }

    private func mistyped(_ flag: FlagSpecification) -> Never {
        preconditionFailure("`\(flag.spelling)` is declared as another kind than it is read as")
    }
}

import YAML

/// Something to execute, as a runbook writes it.
package enum Script: Hashable, Sendable {
    /// A text for `/bin/sh -eu`. Variables reach it through its environment; nothing is ever pasted into it.
    case shell(String)
    /// A program and its arguments, executed without a shell; never empty.
    case arguments([String])

    /// Program and arguments as they are started.
    package var commandLine: [String] {
        switch self {
        case .shell(let text): ["/bin/sh", "-euc", text]
        case .arguments(let arguments): arguments
        }
    }

    /// As a person would type it.
    package var pasteable: String {
        switch self {
        case .shell(let text): text
        case .arguments(let arguments): arguments.map(ShellQuoting.quoted).joined(separator: " ")
        }
    }

    static func read(_ node: Node, _ key: String, fields: Fields) -> Script? {
        if let items = node.sequence {
            guard !items.isEmpty else {
                fields.problems.error("`\(key)` is empty", at: node.range, expected: "a program and its arguments")
                return nil
            }
            let arguments = items.compactMap { item -> String? in
                // An argument may be empty, a number or a boolean; its spelling is what the program gets.
                guard let text = item.spelling ?? item.string else {
                    fields.wrongType(item, key, "a list of strings")
                    return nil
                }
                return text
            }
            guard arguments.count == items.count else { return nil }
            guard !arguments[0].isEmpty else {
                fields.problems.error(
                    "`\(key)` has no program", at: items[0].range, expected: "a program and its arguments")
                return nil
            }
            return .arguments(arguments)
        }
        guard node.scalar?.kind == .string || node.scalar?.kind == .boolean else {
            fields.wrongType(node, key, "a command: a string for the shell, or a list of arguments")
            return nil
        }
        // `run: true` is a command that a YAML reader takes for a boolean.
        if let boolean = node.boolean { return .shell(boolean ? "true" : "false") }
        return fields.string(node, key).map { .shell($0.value) }
    }
}

/// How a word is written so that a POSIX shell reads it back unchanged.
package enum ShellQuoting {
    package static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (byte >= 0x41 && (0x61...0x7A).contains(byte | 0x20))
                    || "_-./:=@%+,".utf8.contains(byte)
            }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

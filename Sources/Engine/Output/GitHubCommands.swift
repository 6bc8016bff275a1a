/// Workflow commands: lines on standard output that GitHub's runner obeys, and the way to keep a step from writing one.
///
/// The runner knows two forms: `::name key=value::data` at the beginning of a line, and `##[name]data` anywhere in it.
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
package enum GitHubCommands {
    /// One command as a line without its end.
    package static func command(
        _ name: String, _ properties: [(name: String, value: String)] = [], _ data: String
    ) -> String {
        let list = properties.map { "\($0.name)=\(escapedProperty($0.value))" }.joined(separator: ",")
        return "::\(name)\(list.isEmpty ? "" : " " + list)::\(escapedData(data))"
    }

    /// What stands behind the second `::`.
    package static func escapedData(_ text: String) -> String { escaped(text, "%\r\n") }

    /// The value of a property.
    package static func escapedProperty(_ text: String) -> String { escaped(text, "%\r\n:,") }

    /// A text as lines in which the runner finds no command. It must be whole: a command could be cut in two.
    package static func neutralized(_ text: String) -> String {
        enum Place { case start, afterColon, inside }
        var result = String.UnicodeScalarView()
        var place = Place.start
        var marks = 0
        for scalar in text.unicodeScalars {
            // `##[` is a command anywhere, `::` after nothing but blanks.
            let completes = scalar == "[" && marks >= 2 || scalar == ":" && place == .afterColon
            if completes { result.append(" ") }
            result.append(scalar)
            marks = scalar == "#" ? marks + 1 : 0
            switch (place, scalar) {
            case (_, "\n"), (_, "\r"): place = .start
            case (.start, ":"): place = .afterColon
            case (.start, _) where scalar.properties.isWhitespace: continue
            default: place = .inside
            }
        }
        return String(result)
    }

    private static func escaped(_ text: String, _ special: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if special.unicodeScalars.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result.append(contentsOf: "%\(digits.count < 2 ? "0" : "")\(digits)".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}

extension GitHubCommands {
    /// The two lines between which the runner obeys nothing, so that a step's output can pass unchanged.
    ///
    /// Only who knows the token can end it; a step that prints a guess prints text.
    package struct Pause: Hashable, Sendable {
        private let token: String

        /// - Parameter random: 16 unpredictable bytes, new for each step.
        package init(random: [UInt8]) {
            precondition(random.count >= 16, "a token that can be guessed")
            token = random.map { String($0, radix: 16).count < 2 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
                .joined()
        }

        package var begin: String { "::stop-commands::\(token)" }
        package var end: String { "::\(token)::" }
    }
}

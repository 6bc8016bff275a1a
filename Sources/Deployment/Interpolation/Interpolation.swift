/// `$NAME`, `${NAME}`, `${NAME-default}`, `${NAME:-default}`, `${NAME?message}`, `${NAME:?message}`,
/// `${NAME+text}`, `${NAME:+text}`, and `$$` for a dollar sign; defaults, messages and texts may hold more of the same.
///
/// A name is `[A-Za-z_][A-Za-z0-9_]*`. Any other `$` that is not followed by `{` stands for itself, as in Compose.
package enum Interpolation {
    /// Takes a text apart.
    ///
    /// - Returns: every malformed place at once when there is one.
    package static func parse(_ text: String) -> Result<InterpolatedText, InterpolationProblems> {
        guard hasDollar(text) else { return .success(InterpolatedText(text.isEmpty ? [] : [.text(text)])) }
        var parser = InterpolationParser(text)
        let parsed = parser.parse()
        return parser.problems.isEmpty ? .success(parsed) : .failure(InterpolationProblems(parser.problems))
    }

    /// Whether there is anything to interpolate; most scalars of most files have nothing.
    package static func hasDollar(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices where bytes[index] == UInt8(ascii: "$") { return true }
        return false
    }

    /// Writes a text so that interpolation gives it back unchanged.
    package static func escaped(_ text: String) -> String {
        guard hasDollar(text) else { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count + 4)
        for part in text.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 { result += "$$" }
            result += part.element
        }
        return result
    }
}

/// One or more problems of one text, in the order of their places.
package struct InterpolationProblems: Error, Hashable, Sendable {
    package let all: [InterpolationProblem]

    package init(_ all: [InterpolationProblem]) {
        self.all = all
    }
}

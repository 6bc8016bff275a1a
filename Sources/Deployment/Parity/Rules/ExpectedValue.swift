package import YAML

/// The value that a rule expects on one side.
///
/// A scalar means exactly this value with its type: `1` is not `"1"` (numbers by their value, so that `1.0` expects
/// `1.00` too). `{matches: EXPRESSION}` means a regular expression that the whole spelling of the value matches.
/// A text in slashes is an ordinary text, because `/var/lib/` is.
package enum ExpectedValue: Sendable, Hashable {
    case value(Scalar)
    /// The text of a regular expression that compiles.
    case matching(String)

    /// As the rule says it.
    package var description: String {
        switch self {
        case .value(let scalar): scalar.kind == .string ? JSONWriter.quoted(scalar.text) : scalar.jsonText
        case .matching(let expression): "a text that matches /\(expression)/"
        }
    }

    /// Whether a regular expression compiles.
    static func compiles(_ expression: String) -> Bool { (try? Regex(expression)) != nil }
}

/// Decides whether values are the expected ones, and keeps the compiled expressions meanwhile.
struct ExpectationCheck {
    private var compiled: [String: Regex<AnyRegexOutput>] = [:]

    /// - Parameter node: `nil`, which no expectation meets, when the side has no value.
    mutating func isMet(_ expected: ExpectedValue, by node: Node?) -> Bool {
        guard let scalar = node?.scalar else { return false }
        switch expected {
        case .value(let wanted):
            guard wanted.kind == scalar.kind else { return false }
            if let number = wanted.number, let other = scalar.number { return number == other }
            return wanted.comparison(with: scalar, spelling: false) == .same
        case .matching(let expression):
            guard scalar.kind != .null, let regex = regex(expression) else { return false }
            // An expression that gives up is one that does not match.
            return (try? regex.wholeMatch(in: scalar.text)) != nil
        }
    }

    private mutating func regex(_ expression: String) -> Regex<AnyRegexOutput>? {
        if let regex = compiled[expression] { return regex }
        // The reader of the rules has refused what does not compile.
        let regex = try? Regex(expression).matchingSemantics(.unicodeScalar)
        compiled[expression] = regex
        return regex
    }
}

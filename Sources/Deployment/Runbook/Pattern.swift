/// Regular expressions in manifests, in Swift's syntax (a superset of what PCRE and Python share).
package enum Pattern {
    package static func isValid(_ text: String) -> Bool { expression(text) != nil }

    package static func matchesWhole(_ value: String, _ pattern: String) -> Bool {
        guard let expression = expression(pattern) else { return false }
        return (try? expression.wholeMatch(in: value)) ?? nil != nil
    }

    /// Whether it is found anywhere; `^` and `$` match at every line.
    package static func isFound(_ pattern: String, in text: String) -> Bool {
        guard let expression = expression(pattern)?.anchorsMatchLineEndings() else { return false }
        return (try? expression.firstMatch(in: text)) ?? nil != nil
    }

    /// `nil` for what is no regular expression: that is the answer asked for, and no error to pass on.
    private static func expression(_ text: String) -> Regex<AnyRegexOutput>? { try? Regex(text) }
}

/// One problem, said so that its reader can act: what failed, what was expected, where, whether a retry is safe.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        case error
        case warning
    }

    package struct Related: Hashable, Sendable {
        package let range: SourceRange
        package let label: String

        package init(range: SourceRange, label: String) {
            self.range = range
            self.label = label
        }
    }

    package var severity: Severity
    /// Lower case, no full stop, names in backticks.
    package var message: String
    /// `.none` when the problem is not in a file.
    package var range: SourceRange
    /// Stands behind the carets, under the line: `did you mean …`, or what is wrong right there.
    package var label: String?
    /// The line is not shown: what stands there may be a secret.
    package var isWithheld: Bool
    package var related: [Related]
    package var expected: String?
    package var retry: String?
    /// The command or edit to do next.
    package var next: String?

    package init(
        _ message: String,
        severity: Severity = .error,
        at range: SourceRange = .none,
        label: String? = nil,
        isWithheld: Bool = false,
        related: [Related] = [],
        expected: String? = nil,
        retry: String? = Diagnostic.nothingStarted,
        next: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.range = range
        self.label = label
        self.isWithheld = isWithheld
        self.related = related
        self.expected = expected
        self.retry = retry
        self.next = next
    }

    /// A problem that does not stop anything.
    package static func warning(
        _ message: String,
        at range: SourceRange = .none,
        label: String? = nil,
        expected: String? = nil,
        next: String? = nil
    ) -> Diagnostic {
        Diagnostic(message, severity: .warning, at: range, label: label, expected: expected, retry: nil, next: next)
    }

    /// The usual answer to "may I try again?" while files are read.
    package static let nothingStarted = "safe, nothing was started"
}

extension [Diagnostic] {
    package var hasErrors: Bool { contains { $0.severity == .error } }
}

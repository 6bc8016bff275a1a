package import Diagnostics

/// Where a reader puts what it finds wrong, so that all problems of a file come out at once.
///
/// A class, because many small readers fill the same list; it never leaves the thread that reads.
package final class Problems {
    package private(set) var all: [Diagnostic] = []

    package init() {}

    package var hasErrors: Bool { all.hasErrors }

    package func add(_ diagnostic: Diagnostic) { all.append(diagnostic) }

    package func add(_ diagnostics: [Diagnostic]) { all += diagnostics }

    package func error(
        _ message: String,
        at range: SourceRange,
        label: String? = nil,
        related: [Diagnostic.Related] = [],
        expected: String? = nil,
        next: String? = nil
    ) {
        all.append(Diagnostic(message, at: range, label: label, related: related, expected: expected, next: next))
    }

    package func warning(_ message: String, at range: SourceRange, label: String? = nil, next: String? = nil) {
        all.append(.warning(message, at: range, label: label, next: next))
    }
}

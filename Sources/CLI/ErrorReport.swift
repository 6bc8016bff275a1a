package import Diagnostics
package import YAML

/// An error as it is written to standard error: for people, or as one JSON document.
package enum ErrorReport {
    package static func text(_ failure: CommandFailure, palette: Palette) -> String {
        DiagnosticRenderer(sources: failure.sources, palette: palette).render(failure.diagnostics)
    }

    /// `error` is the first one; `errors` are all of them.
    package static func json(_ failure: CommandFailure) -> Node {
        let errors = failure.diagnostics.filter { $0.severity == .error }.map { node($0, failure.sources) }
        return .mapping([
            ("schema", .integer(1)), ("error", errors.first ?? .null), ("errors", .sequence(errors)),
            ("exit", .integer(Int(failure.exit.number))),
        ])
    }

    package static func node(_ diagnostic: Diagnostic, _ sources: SourceTable) -> Node {
        let file = sources[diagnostic.range.file]
        let message = [diagnostic.message, diagnostic.label].compactMap(\.self).joined(separator: "; ")
        return .mapping([
            ("message", .string(message)),
            ("expected", .string(orNull: diagnostic.expected)),
            ("retry", .string(orNull: diagnostic.retry)),
            ("file", .string(orNull: file?.path)),
            ("line", .integer(orNull: file == nil ? nil : diagnostic.range.start.line)),
            ("column", .integer(orNull: file == nil ? nil : diagnostic.range.start.column)),
            ("next", .string(orNull: diagnostic.next)),
        ])
    }
}

/// Writes diagnostics the way compilers do: message, place, the line itself, carets, what was expected.
package struct DiagnosticRenderer: Sendable {
    package let sources: SourceTable
    package let palette: Palette

    package init(sources: SourceTable, palette: Palette = .plain) {
        self.sources = sources
        self.palette = palette
    }

    /// Ends with a line break; blocks are separated by an empty line when there are several.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined(separator: "\n")
    }

    package func render(_ diagnostic: Diagnostic) -> String {
        let severity =
            diagnostic.severity == .error
            ? palette.red(diagnostic.severity.rawValue)
            : palette.yellow(diagnostic.severity.rawValue)
        var lines = ["\(severity): \(palette.bold(Wording.visible(diagnostic.message)))"]
        if diagnostic.isWithheld, let place = sources.location(of: diagnostic.range) {
            lines.append(" \(palette.blue("-->")) \(Wording.visible(place))")
            if let label = diagnostic.label { lines.append("  \(Wording.visible(label))") }
        } else if let file = sources[diagnostic.range.file] {
            lines += excerpt(of: file, diagnostic.range, label: diagnostic.label, arrow: "-->")
        } else if let label = diagnostic.label {
            lines.append("  \(Wording.visible(label))")
        }
        for related in diagnostic.related {
            guard let file = sources[related.range.file] else { continue }
            lines += excerpt(of: file, related.range, label: related.label, arrow: ":::")
        }
        if let expected = diagnostic.expected { lines.append("  expected: \(Wording.visible(expected))") }
        if let retry = diagnostic.retry { lines.append("  retry: \(retry)") }
        if let next = diagnostic.next { lines.append("  next: \(Wording.visible(next))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func excerpt(of file: SourceFile, _ range: SourceRange, label: String?, arrow: String) -> [String] {
        let number = String(range.start.line)
        let margin = String(repeating: " ", count: number.count)
        let line = Array(file.line(range.start.line).unicodeScalars.prefix(Self.longestLine))
        let first = min(range.start.column, line.count + 1)
        let last = range.end.line == range.start.line ? range.end.column : line.count + 1
        let width = max(1, min(last, line.count + 1) - first)
        // A tab is shown as one blank, so that the carets stand below what they mean.
        let shown = Wording.visible(String(String.UnicodeScalarView(line)), keepingColumns: true)
        var carets = String(repeating: " ", count: first - 1) + palette.red(String(repeating: "^", count: width))
        if let label { carets += " " + palette.red(Wording.visible(label)) }
        let place = "\(Wording.visible(file.path)):\(range.start.line):\(range.start.column)"
        return [
            "\(margin) \(palette.blue(arrow)) \(place)",
            "\(margin)  \(palette.blue("|"))",
            "\(palette.blue(number))  \(palette.blue("|")) \(shown)",
            "\(margin)  \(palette.blue("|")) \(carets)",
        ]
    }

    /// Code points of a line that are shown at most.
    private static let longestLine = 400
}

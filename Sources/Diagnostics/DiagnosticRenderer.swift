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
        var lines = ["\(severity): \(palette.bold(Self.oneLine(diagnostic.message)))"]
        let ranges = [diagnostic.range] + diagnostic.related.map(\.range)
        let lastNumber = ranges.filter { sources[$0.file] != nil }.map(\.start.line).max() ?? 0
        let gutter = String(lastNumber).count
        if diagnostic.isWithheld, let place = sources.location(of: diagnostic.range) {
            lines.append(" \(palette.blue("-->")) \(Wording.visible(place))")
            if let label = diagnostic.label { lines.append("  \(Wording.visible(label))") }
        } else {
            lines += excerpt(diagnostic.range, label: diagnostic.label, arrow: "-->", gutter: gutter)
        }
        for related in diagnostic.related {
            lines += excerpt(related.range, label: related.label, arrow: ":::", gutter: gutter)
        }
        if let expected = diagnostic.expected { lines.append("  expected: \(Self.indented(expected))") }
        if let retry = diagnostic.retry { lines.append("  retry: \(Self.indented(retry))") }
        if let next = diagnostic.next { lines.append("  next: \(Self.indented(next))") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The line of a range with carets below; only the label for a range that stands in no file.
    private func excerpt(_ range: SourceRange, label: String?, arrow: String, gutter: Int) -> [String] {
        let label = label.map(Self.oneLine)
        guard let file = sources[range.file] else { return label.map { ["  \($0)"] } ?? [] }
        let excerpt = Excerpt(of: file, range)
        let number = String(range.start.line)
        let margin = String(repeating: " ", count: gutter)
        let bar = palette.blue("|")
        let place = "\(Self.oneLine(file.path)):\(range.start.line):\(range.start.column)"
        let shown = excerpt.text.isEmpty ? "" : " " + excerpt.text
        var carets =
            String(repeating: " ", count: excerpt.blanks)
            + palette.red(String(repeating: "^", count: excerpt.carets))
        if let label { carets += " " + palette.red(label) }
        return [
            "\(margin)\(palette.blue(arrow)) \(place)",
            "\(margin) \(bar)",
            "\(margin.dropLast(number.count))\(palette.blue(number)) \(bar)\(shown)",
            "\(margin) \(bar) \(carets)",
        ]
    }

    /// A text that cannot leave its line, nor fill the screen.
    private static func oneLine(_ text: String) -> String {
        let shown = Wording.visible(text.unicodeScalars.count > longestText ? shortened(text) : text)
        guard shown.utf8.contains(UInt8(ascii: "\n")) else { return shown }
        return shown.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    }

    /// A text whose further lines, if any, stand to the right of the words that begin ours.
    private static func indented(_ text: String) -> String {
        Wording.visible(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n    ")
    }

    private static func shortened(_ text: String) -> String {
        String(text.unicodeScalars.prefix(longestText)) + "…"
    }

    /// Code points of a message, at most; it may quote a value of any length.
    private static let longestText = 1_000
}

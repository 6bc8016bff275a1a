package import Diagnostics
import YAML

/// A text that was rendered earlier, held against what the same command gives now.
package struct RenderingComparison: Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Byte for byte the same.
        case same
        /// The header names other inputs than those of today.
        case stale
        /// The header names today's inputs, and the text is not what they give.
        case edited
        /// No header of a rendering.
        case foreign
        /// Another text; whether by time or by hand cannot be told, because this kind of rendering has no header.
        case different
    }

    package let verdict: Verdict
    /// The first differences in order; empty when only the way of writing differs.
    package let differences: [RenderingDifference]
    /// How many differences there are.
    package let count: Int
    /// Files that went into the text and would not today, and the other way round, as far as a header tells.
    package let goneFiles: [String]
    package let newFiles: [String]
    /// The first line that is not the same.
    package let firstLine: SourceRange

    /// Differences that are told one by one, at most.
    package static let told = 3

    /// - Parameters:
    ///   - text: what was rendered earlier, already in a table of sources as `id`.
    ///   - now: what rendering gives as text: `rendering.yaml` or `rendering.json`.
    package init(_ text: SourceFile, id: FileID, with rendering: Rendering, as now: String) {
        let old = text.text
        guard old != now else {
            self.init(.same, [], 0, nil, rendering, .none)
            return
        }
        let header = RenderingHeader(of: old)
        let verdict: Verdict =
            if rendering.inputs == nil || !now.hasPrefix(RenderingHeader.filesMark) {
                .different
            } else if let header {
                header.inputs == rendering.inputs ? .edited : .stale
            } else {
                .foreign
            }
        var problems: [Diagnostic] = []
        var options = LoadOptions.template
        options.allowsComposeTags = false
        let tree = Loading.document(text, id: id, options: options, problems: &problems)
        let current = now.hasPrefix("{") ? rendering.writtenForJSON : rendering.written
        let (first, count) = tree.map { RenderingDifference.all($0, current, limit: Self.told) } ?? ([], 0)
        self.init(verdict, first, count, header, rendering, Self.firstLine(text, id, SourceFile(path: "", text: now)))
    }

    private init(
        _ verdict: Verdict, _ differences: [RenderingDifference], _ count: Int, _ header: RenderingHeader?,
        _ rendering: Rendering, _ firstLine: SourceRange
    ) {
        self.verdict = verdict
        self.differences = differences
        self.count = count
        self.firstLine = firstLine
        let before = header?.files ?? []
        let isTold = verdict == .stale
        goneFiles = isTold ? before.filter { !rendering.files.contains($0) } : []
        newFiles = isTold ? rendering.files.filter { !before.contains($0) } : []
    }

    /// The whole first line that differs; the last one when one text is the beginning of the other.
    private static func firstLine(_ text: SourceFile, _ id: FileID, _ now: SourceFile) -> SourceRange {
        let number = (1...text.lineCount).first { text.line($0) != now.line($0) } ?? text.lineCount
        let length = max(1, text.line(number).unicodeScalars.count)
        let start = SourcePosition(line: number, column: 1)
        return SourceRange(file: id, start: start, end: SourcePosition(line: number, column: 1 + length))
    }
}

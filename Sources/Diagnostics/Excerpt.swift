/// One line of a file as a terminal shows it, and where the carets stand below a range in it.
struct Excerpt {
    /// The line, or the part of a long line around the range with `…` where something was left out.
    let text: String
    /// Terminal columns before the first caret.
    let blanks: Int
    /// Terminal columns that are underlined, at least one. A range over several lines ends with its first.
    let carets: Int

    init(of file: SourceFile, _ range: SourceRange) {
        let line = Array(file.line(range.start.line).unicodeScalars)
        let start = min(max(range.start.column - 1, 0), line.count)
        let last = range.end.line == range.start.line ? range.end.column - 1 : line.count
        let window = Self.window(of: line.count, around: start)
        let end = min(max(last, start), window.upperBound)
        // A tab is shown as one blank, so that the carets stand below what they mean.
        func shown(_ part: Range<Int>) -> String {
            Wording.visible(String(String.UnicodeScalarView(line[part])), keepingColumns: true)
        }
        let lead = window.lowerBound > 0 ? "…" : ""
        text = lead + shown(window) + (window.upperBound < line.count ? "…" : "")
        blanks = Wording.width(lead + shown(window.lowerBound..<start))
        carets = max(1, Wording.width(shown(start..<end)))
    }

    private static func window(of count: Int, around start: Int) -> Range<Int> {
        guard count > widest else { return 0..<count }
        let first = min(max(0, start - widest / 3), count - widest)
        return first..<(first + widest)
    }

    /// Code points that are shown of one line, at most.
    private static let widest = 160
}

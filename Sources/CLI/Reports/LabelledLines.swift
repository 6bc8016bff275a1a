import Diagnostics

/// Lines of `label  value`, the values in one column; what a report is mostly made of.
struct LabelledLines {
    let indentation: Int
    let labelWidth: Int
    let width: Int
    let palette: Palette
    private(set) var lines: [String] = []

    init(indentation: Int = 2, labelWidth: Int, width: Int, palette: Palette) {
        self.indentation = indentation
        self.labelWidth = labelWidth
        self.width = width
        self.palette = palette
    }

    /// Running text, broken at blanks to fit.
    mutating func add(_ label: String, prose text: String?, _ tone: Tone = .plain) {
        guard let text, !text.isEmpty else { return }
        // On a very narrow terminal a broken line is worse than a wrapped one.
        let room = max(24, width - indentation - labelWidth - 2)
        add(label, TextLayout.wrap(ShownText.line(text), width: room), tone)
    }

    /// A command or other text whose every character counts: never broken, its own lines kept.
    mutating func add(_ label: String, exact text: String?, _ tone: Tone = .plain) {
        guard let text, !text.isEmpty else { return }
        add(label, ShownText.lines(text), tone)
    }

    private mutating func add(_ label: String, _ values: [String], _ tone: Tone) {
        let margin = String(repeating: " ", count: indentation)
        for (index, value) in values.enumerated() {
            let shown = Wording.column(index == 0 ? label : "", labelWidth)
            lines.append("\(margin)\(palette.dim(shown))  \(palette.paint(value, tone))")
        }
    }
}

import Host

/// Some lines at a terminal that are drawn again and again in the same place.
///
/// Only moves the cursor up and clears to the end: no alternate screen, no hidden cursor, nothing that a killed program
/// would leave behind. Between two drawings the cursor stands at the beginning of the line below.
struct LiveRegion {
    /// Columns of each line on the screen.
    private var drawn: [Int] = []

    /// The text that puts these lines in the place of the last ones.
    ///
    /// - Parameter lines: each no wider than the terminal.
    mutating func draw(_ lines: [(text: String, columns: Int)], in size: TerminalSize) -> String {
        var text = moveToTop(in: size)
        for line in lines { text += "\(line.text)\u{1B}[K\n" }
        text += "\u{1B}[J"
        drawn = lines.map(\.columns)
        return text
    }

    /// The text that takes the lines off the screen.
    mutating func erase(in size: TerminalSize) -> String {
        guard !drawn.isEmpty else { return "" }
        let text = moveToTop(in: size) + "\u{1B}[J"
        drawn = []
        return text
    }

    /// The lines stay where they are; the next drawing begins below whatever has been written since.
    mutating func leave() { drawn = [] }

    /// A terminal that has become narrower has broken long lines, and they are higher now.
    private func moveToTop(in size: TerminalSize) -> String {
        let columns = max(1, size.columns)
        let height = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        let up = min(height, max(0, size.lines - 1))
        return up == 0 ? "\r" : "\r\u{1B}[\(up)A"
    }
}

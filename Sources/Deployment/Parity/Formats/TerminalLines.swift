/// The lines of a text for a terminal, as they are written one after the other: wrapped to its width, without blanks at
/// their ends.
struct TerminalLines {
    let width: Int
    private(set) var lines: [String] = []

    init(width: Int) { self.width = width }

    /// Ends with a line break.
    var text: String { lines.joined(separator: "\n") + "\n" }

    var last: String? { lines.last }

    /// A line as it is.
    mutating func add(_ line: String) { lines.append(Self.trimmed(line)) }

    mutating func addEmpty() { lines.append("") }

    /// Puts something in place of the last line.
    mutating func replaceLast(_ line: String) { lines[lines.count - 1] = Self.trimmed(line) }

    /// A text in as many lines as it takes.
    ///
    /// - Parameters:
    ///   - indentation: blanks before each line.
    ///   - hanging: further blanks before every line but the first.
    ///   - style: colours a line; takes no room.
    mutating func wrap(
        _ text: String, indentation: Int = 0, hanging: Int = 0, _ style: (String) -> String = { $0 }
    ) {
        let wrapped = DisplayWidth.wrapped(text, to: width - indentation - hanging)
        for (index, line) in wrapped.enumerated() {
            add(Self.blanks(indentation + (index == 0 ? 0 : hanging)) + style(line))
        }
    }

    /// A text behind a label, its further lines in the same column.
    ///
    /// - Parameter behind: stands behind the last line; takes no room.
    mutating func label(
        _ label: String, _ text: String, indentation: Int, labelWidth: Int, gap: Int = 2, behind: String = ""
    ) {
        let wrapped = DisplayWidth.wrapped(text, to: width - indentation - labelWidth - gap)
        for (index, line) in wrapped.enumerated() {
            let begin = index == 0 ? DisplayWidth.padded(label, to: labelWidth) : Self.blanks(labelWidth)
            let end = index == wrapped.count - 1 ? behind : ""
            add(Self.blanks(indentation) + begin + Self.blanks(gap) + line + end)
        }
    }

    static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}

/// A terminal in miniature: what is on its screen after a text with the few sequences that the program may use.
struct Screen {
    let columns: Int
    let height: Int
    /// Everything that was ever on it and has scrolled out of sight.
    private(set) var history: [String] = []
    private var rows: [[Character]]
    private var row = 0
    private var column = 0
    /// Sequences that a miniature terminal does not know.
    private(set) var unknown: [String] = []

    init(columns: Int, height: Int) {
        self.columns = columns
        self.height = height
        rows = Array(repeating: [], count: height)
    }

    /// The lines on the screen without blanks at their ends; empty lines at the bottom are left out.
    var lines: [String] {
        var shown = rows.map(Self.trimmed)
        while shown.last?.isEmpty == true { shown.removeLast() }
        return shown
    }

    /// The cursor is at the beginning of the line below what is shown.
    var restsBelow: Bool { column == 0 && row == lines.count }

    mutating func write(_ text: String) {
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch character {
            case "\r": column = 0
            // A terminal in its usual mode returns the carriage, too. Swift sees CR LF as one character.
            case "\n", "\r\n": breakLine()
            case "\u{1B}": obey(&rest)
            default: put(character)
            }
        }
    }

    private mutating func put(_ character: Character) {
        if column == columns { breakLine() }
        while rows[row].count <= column { rows[row].append(" ") }
        rows[row][column] = character
        column += 1
    }

    private mutating func breakLine() {
        column = 0
        row += 1
        guard row == height else { return }
        history.append(Self.trimmed(rows.removeFirst()))
        rows.append([])
        row = height - 1
    }

    private mutating func obey(_ rest: inout Substring) {
        guard rest.popFirst() == "[" else { return unknown.append("ESC") }
        let digits = rest.prefix { $0.isNumber || $0 == ";" || $0 == "?" }
        rest = rest.dropFirst(digits.count)
        switch rest.popFirst() {
        case "A": row = max(0, row - (Int(digits) ?? 1))
        case "K": rows[row] = Array(rows[row].prefix(column))
        case "J":
            rows[row] = Array(rows[row].prefix(column))
            for below in rows.indices where below > row { rows[below] = [] }
        case "m": break
        case let other: unknown.append("\(digits)\(other.map(String.init) ?? "")")
        }
    }

    private static func trimmed(_ row: [Character]) -> String {
        var text = String(row)
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}

/// Text that groff and mandoc print as it was meant: groff_char(7), "Fundamental character set".
enum Roff {
    /// Escapes what the formatter would turn into something else: a plain `-` becomes a hyphen that cannot be copied,
    /// `'`, `` ` ``, `^` and `~` become typographic.
    static func text(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "'": escaped += "\\(aq"
            case "`": escaped += "\\(ga"
            case "^": escaped += "\\(ha"
            case "~": escaped += "\\(ti"
            case "\"": escaped += "\\(dq"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// A line that begins with `.` or `'` would be a request.
    static func guarded(_ line: String) -> String { line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line }

    static func bold(_ raw: String) -> String { guarded("\\fB\(text(raw))\\fR") }

    /// Running text, a line of source to a sentence's worth; what stands in backticks becomes bold.
    static func paragraph(_ raw: String) -> [String] {
        let pieces = raw.split(separator: "`", omittingEmptySubsequences: false)
        let marked = pieces.enumerated().map { index, piece in
            index % 2 == 1 ? "\\fB\(text(String(piece)))\\fR" : text(String(piece))
        }
        return TextLayout.wrap(marked.joined(), width: 78).map(guarded)
    }
}

/// How much room a text takes on a terminal.
///
/// Wide East Asian characters and emoji take two columns, combining marks and joiners none, by the blocks of
/// https://www.unicode.org/reports/tr11/ that occur in practice.
enum DisplayWidth {
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    static func of(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200F, 0x2060...0x2064: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
            0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// The text filled with blanks on the right.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// A text that takes at most so many columns; what is cut off shows as `…`.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var kept = ""
        var used = 1
        for character in text {
            used += of(character)
            if used > width { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text in lines of at most `width` columns, broken at blanks where there are any, within words otherwise.
    ///
    /// Never empty. Line breaks in the text stay.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        if text.utf8.count <= width, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return [text] }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrappedLine($0, to: max(8, width)) }
    }

    private static func wrappedLine(_ text: Substring, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        /// Where `line` may be broken: behind its last blank.
        var lastBlank: (index: String.Index, used: Int)?
        for character in text {
            let room = of(character)
            if used + room > width, !line.isEmpty {
                if let blank = lastBlank, character != " " {
                    let rest = String(line[blank.index...])
                    lines.append(String(line[..<blank.index].dropLast()))
                    line = rest
                    used -= blank.used
                } else {
                    lines.append(line)
                    line = ""
                    used = 0
                }
                lastBlank = nil
                if character == " ", line.isEmpty { continue }
            }
            line.append(character)
            used += room
            if character == " " { lastBlank = (line.endIndex, used) }
        }
        return lines + [line]
    }
}

import Diagnostics

/// Foreign text, made fit for a terminal: spelled out, on one line, no wider than there is room.
package enum ShownText {
    /// A text on one line: line breaks and tabs are blanks, other control characters are spelled out.
    package static func line(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
        let flat = String(text).unicodeScalars.map { $0 == "\n" || $0 == "\t" || $0 == "\r" ? " " : $0 }
        return Wording.visible(String(String.UnicodeScalarView(flat)))
    }

    /// The lines of a text, each spelled out; the empty line behind a last line break is none.
    package static func lines(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { Wording.visible(String($0)) }
    }

    /// How many columns a text takes, never too few: East Asian wide characters and emoji take two.
    package static func columns(_ text: String) -> Int {
        let bytes = text.utf8
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
        return text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// A text that takes at most so many columns; what is cut off shows as `…`.
    ///
    /// Cut between code points, as that is what terminals count.
    package static func cut(_ text: String, columns limit: Int) -> String {
        guard columns(text) > limit else { return text }
        guard limit > 0 else { return "" }
        var kept = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            used += columns(of: scalar)
            if used > limit - 1 { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }

    /// A text in a column of its own: cut or filled with blanks.
    package static func column(_ text: String, _ width: Int) -> String {
        let text = cut(text, columns: width)
        return text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    /// The wide and fullwidth ranges of Unicode's EastAsianWidth.txt, rounded up to whole blocks.
    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x1100: 1
        case 0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653,
            0x26A1...0x26FF, 0x2705, 0x270A...0x270B, 0x2728, 0x274C...0x2757, 0x2795...0x2797, 0x2B1B...0x2B55,
            0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x1F004...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

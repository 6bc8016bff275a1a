extension Wording {
    /// A text that a terminal shows and does not obey: control characters, C1, bidirectional and zero-width marks
    /// are spelled out.
    ///
    /// Line breaks are kept as they are unless `keepingColumns` asks for one shown character per code point.
    package static func visible(_ text: String, keepingColumns: Bool = false) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where !keepingColumns: shown.append(scalar)
            case 0x09: shown.append(keepingColumns ? " " : scalar)
            case 0x00..<0x20, 0x7F:
                if keepingColumns {
                    shown.append("?")
                } else {
                    shown.append(
                        contentsOf: "^\(Character(Unicode.Scalar((scalar.value ^ 0x40) & 0x7F) ?? "?"))".unicodeScalars)
                }
            case 0x80..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
                if keepingColumns {
                    shown.append("?")
                } else {
                    shown.append(contentsOf: "<U+\(hexadecimal(scalar.value))>".unicodeScalars)
                }
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

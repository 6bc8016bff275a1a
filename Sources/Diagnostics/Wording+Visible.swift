extension Wording {
    /// A text that a terminal shows and does not obey: control characters (`^[`), C1, bidirectional, zero-width and
    /// tag characters (`<U+202E>`) are spelled out.
    ///
    /// Line breaks and tabs are kept. With `keepingColumns` there is one shown character per code point instead: a
    /// blank for a tab, `?` for the others.
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
                    shown.append("^")
                    shown.append(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))
                }
            case 0x80..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
                0xFFF9...0xFFFB, 0xE0000...0xE007F:
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

    /// At least four capital digits, as in `U+00A0`.
    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

import Diagnostics

/// Looks at the bytes before libyaml does: it has no position for invalid UTF-8, and takes U+2028 for a line break.
enum CharacterCheck {
    static func firstProblem(in source: SourceFile, id: FileID) -> Diagnostic? {
        let bytes = source.bytes.span
        if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF]) {
            return problem("the file is UTF-16", at: 0, source, id, expected: "UTF-8")
        }
        var index = source.bytes.starts(with: SourceFile.byteOrderMark) ? SourceFile.byteOrderMark.count : 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F {
                index += 1
            } else if byte >= 0x80 {
                guard let (scalar, length) = decode(bytes, at: index) else {
                    return problem("the file is not valid UTF-8 here", at: index, source, id, expected: "UTF-8")
                }
                guard !isRefused(scalar) else { return control(scalar, at: index, source, id) }
                index += length
            } else if byte == 0x0A || byte == 0x09 {
                index += 1
            } else if byte == 0x0D {
                // A carriage return alone is a line break to libyaml, to editors and to nobody else.
                guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else {
                    return problem(
                        "a carriage return without a line feed", at: index, source, id,
                        expected: "lines that end in LF or CRLF")
                }
                index += 2
            } else {
                return control(UInt32(byte), at: index, source, id)
            }
        }
        return nil
    }

    /// What YAML calls not printable, and what only some readers take for a line break.
    ///
    /// https://yaml.org/spec/1.2.2/#51-character-set
    private static func isRefused(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private static func control(_ scalar: UInt32, at index: Int, _ source: SourceFile, _ id: FileID) -> Diagnostic {
        let digits = String(scalar, radix: 16, uppercase: true)
        let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return problem(
            "the character U+\(name) is not allowed in a file", at: index, source, id,
            expected: "an escape in a double-quoted string, `\"\\u\(name)\"`, if it is meant"
        )
    }

    private static func problem(
        _ message: String, at index: Int, _ source: SourceFile, _ id: FileID, expected: String
    ) -> Diagnostic {
        let start = source.position(ofByte: index)
        let end = SourcePosition(line: start.line, column: start.column + 1)
        return Diagnostic(message, at: SourceRange(file: id, start: start, end: end), expected: expected)
    }

    /// The code point that starts at a byte, or `nil` for overlong forms, surrogates and stray bytes (RFC 3629).
    private static func decode(_ bytes: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int)? {
        let first = bytes[index]
        let length: Int
        var scalar: UInt32
        let smallest: UInt32
        switch first {
        case 0xC2...0xDF: (length, scalar, smallest) = (2, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (length, scalar, smallest) = (3, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (length, scalar, smallest) = (4, UInt32(first & 0x07), 0x10000)
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        for offset in (index + 1)..<(index + length) {
            guard bytes[offset] & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(bytes[offset] & 0x3F)
        }
        guard scalar >= smallest, scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return nil }
        return (scalar, length)
    }
}

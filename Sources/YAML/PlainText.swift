/// Which strings may stand in YAML without quotes, and how the others are quoted.
enum PlainText {
    /// True for strings that every reader, 1.1 or 1.2, takes for exactly this string.
    ///
    /// Deliberately narrow: what is not known to be safe is quoted.
    static func isSafe(_ text: String) -> Bool {
        let bytes = text.utf8.span
        guard !bytes.isEmpty, bytes.count <= 512 else { return false }
        let first = bytes[0]
        // A leading digit, dot or sign may become a number, a date or a sexagesimal; a few letters a 1.1 boolean.
        guard isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "_") else {
            return isSafeDespiteDigit(bytes)
        }
        for index in bytes.indices {
            let byte = bytes[index]
            if isLetter(byte) || isDigit(byte) { continue }
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "+"),
                UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: ";"), UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "*"), UInt8(ascii: "<"),
                UInt8(ascii: ">"):
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: ","),
                UInt8(ascii: "&"), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: "%"), UInt8(ascii: "?"),
                UInt8(ascii: "#"):
                continue
            case UInt8(ascii: ":"):
                // A colon ends a key when a blank or nothing follows.
                guard index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: " ") else { return false }
            case UInt8(ascii: " "):
                guard index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "#") else { return false }
            default: return false
            }
        }
        return bytes.count > longestReserved || !reserved.contains(text.lowercased())
    }

    /// A double-quoted string with escapes; printable Unicode stays as it is.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if needsEscape(scalar) {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// Several lines that a literal block repeats exactly: no blank or line break first, no blank last in a line, no
    /// tab, nothing unprintable.
    static func fitsLiteralBlock(_ text: String) -> Bool {
        guard text.utf8.contains(0x0A), let first = text.unicodeScalars.first, first != " ", first != "\n" else {
            return false
        }
        for line in text.utf8.split(separator: 0x0A) where line.last == 0x20 { return false }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || !needsEscape($0) }
    }

    /// What YAML does not allow in a file (https://yaml.org/spec/1.2.2/#51-character-set), what some readers take for a
    /// line break, and what would make a terminal or editor show something other than the file says.
    static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: false
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB,
            0xFFFE, 0xFFFF:
            true
        default: false
        }
    }

    /// Words that YAML 1.1 or 1.2 reads as booleans or null, in any case.
    private static let reserved: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
    private static let longestReserved = 5

    /// Strings that begin with a digit and cannot be a number for any reader: they have a letter that no number has,
    /// and nothing but letters, digits, dots, dashes and slashes.
    private static func isSafeDespiteDigit(_ bytes: Span<UInt8>) -> Bool {
        guard isDigit(bytes[0]) else { return false }
        var hasTellingLetter = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
                continue
            }
            guard isLetter(byte) else { return false }
            // Not a hexadecimal digit, not 0b, 0o, 0x, not a date's T or Z, not an exponent.
            switch byte | 0x20 {
            case 0x61...0x66, UInt8(ascii: "o"), UInt8(ascii: "x"), UInt8(ascii: "t"), UInt8(ascii: "z"): break
            default: hasTellingLetter = true
            }
        }
        return hasTellingLetter
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte >= 0x41 }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// Strings in JSON (RFC 8259, section 7), without their quotes. Encoders differ in what they escape beyond need.
extension Encoding {
    static let json: [Encoding] = [
        // JavaScript, serde, jq, Python with `ensure_ascii=False`.
        JSONEscapes(name: "as little as allowed"),
        // jq writes DEL as an escape.
        JSONEscapes(name: "DEL", extra: "\u{7F}"),
        // Python, `jq -a`.
        JSONEscapes(name: "ASCII only", extra: "\u{7F}", asciiOnly: true),
        // Jackson, Gson and others with large digits.
        JSONEscapes(name: "ASCII only, large digits", asciiOnly: true, digits: uppercaseDigits),
        // Foundation.
        JSONEscapes(name: "slash", slash: true),
        // PHP.
        JSONEscapes(name: "slash, ASCII only", slash: true, asciiOnly: true),
        // Go.
        JSONEscapes(name: "HTML", extra: "<>&\u{2028}\u{2029}"),
        // .NET.
        JSONEscapes(
            name: "HTML and quotes, ASCII only", extra: "<>&'\"+`\u{7F}", asciiOnly: true, digits: uppercaseDigits),
        // A JSON text as a string in another one.
        JSONEscapes(name: "twice", twice: true),
    ].map { escapes in
        Encoding("JSON, \(escapes.name)") { scalar in escapes.escaped(scalar) }
    }
}

private struct JSONEscapes: Sendable {
    let name: String
    /// Written as `\uXXXX`, besides control characters.
    var extra = ""
    var slash = false
    var asciiOnly = false
    var digits = Encoding.lowercaseDigits
    var twice = false

    /// `nil` for a character that stands for itself.
    func escaped(_ scalar: Unicode.Scalar) -> [UInt8]? {
        let once = escapedOnce(scalar)
        return twice ? once?.flatMap { $0 == 0x22 || $0 == 0x5C ? [0x5C, $0] : [$0] } : once
    }

    private func escapedOnce(_ scalar: Unicode.Scalar) -> [UInt8]? {
        if !extra.isEmpty, extra.unicodeScalars.contains(scalar) { return hexadecimal(scalar) }
        switch scalar {
        case "\"", "\\": return [0x5C, UInt8(ascii: scalar)]
        case "/" where slash: return Array("\\/".utf8)
        case "\u{08}": return Array("\\b".utf8)
        case "\u{09}": return Array("\\t".utf8)
        case "\u{0A}": return Array("\\n".utf8)
        case "\u{0C}": return Array("\\f".utf8)
        case "\u{0D}": return Array("\\r".utf8)
        case "\u{00}"..<" ": return hexadecimal(scalar)
        default: return asciiOnly && !scalar.isASCII ? hexadecimal(scalar) : nil
        }
    }

    /// One escape per UTF-16 unit.
    private func hexadecimal(_ scalar: Unicode.Scalar) -> [UInt8] {
        UTF16.encode(scalar).map(Array.init)?.flatMap { unit in
            Array("\\u".utf8) + Encoding.pair(UInt8(unit >> 8), digits) + Encoding.pair(UInt8(unit & 0xFF), digits)
        } ?? []
    }
}

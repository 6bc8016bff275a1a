/// The core schema's plain scalars: which are numbers, booleans or null, and what they are worth.
///
/// Over bytes, because every plain scalar of every file passes here.
enum NumberSyntax {
    /// What a plain scalar is. https://yaml.org/spec/1.2.2/#1032-tag-resolution
    static func kind(ofPlain text: String) -> Scalar.Kind {
        let bytes = text.utf8.span
        guard !bytes.isEmpty else { return .null }
        switch bytes[0] {
        case UInt8(ascii: "~"): return bytes.count == 1 ? .null : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return ["null", "Null", "NULL"].contains(text) ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return ["true", "True", "TRUE"].contains(text) ? .boolean : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return ["false", "False", "FALSE"].contains(text) ? .boolean : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return numberKind(bytes, text)
        default: return .string
        }
    }

    /// `-12`, `+12`, `012` (decimal), `0o14`, `0x1F`; `nil` when it does not fit.
    static func integer(_ text: String) -> Int? {
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
        return Int(text)
    }

    /// A whole number of any size in decimal digits, from its digits in another base.
    static func decimal(_ digits: Substring, radix: Int) -> String {
        if let number = Int(digits, radix: radix) { return String(number) }
        // Nine decimal digits each, lowest first.
        var parts = [0]
        for digit in digits {
            var carry = digit.hexDigitValue ?? 0
            for index in parts.indices {
                let part = parts[index] * radix + carry
                parts[index] = part % 1_000_000_000
                carry = part / 1_000_000_000
            }
            if carry > 0 { parts.append(carry) }
        }
        let lower = parts.dropLast().reversed().map { part in
            let figures = String(part)
            return String(repeating: "0", count: 9 - figures.count) + figures
        }
        return String(parts[parts.count - 1]) + lower.joined()
    }

    static func float(_ text: String) -> Double? {
        switch text.lowercased() {
        case ".inf", "+.inf": .infinity
        case "-.inf": -.infinity
        case ".nan": .nan
        default: Double(text.hasSuffix(".") ? text + "0" : text)
        }
    }

    private static func numberKind(_ bytes: Span<UInt8>, _ text: String) -> Scalar.Kind {
        var index = bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") ? 1 : 0
        guard index < bytes.count else { return .string }
        if index == 0, bytes[0] == UInt8(ascii: "0"), bytes.count > 2 {
            let rest = text.utf8.dropFirst(2)
            if bytes[1] == UInt8(ascii: "x") { return rest.allSatisfy(isHexadecimal) ? .integer : .string }
            if bytes[1] == UInt8(ascii: "o") {
                return rest.allSatisfy { (0x30...0x37).contains($0) } ? .integer : .string
            }
        }
        let whole = digits(bytes, from: &index)
        if index == bytes.count { return whole > 0 ? .integer : .string }
        var fraction = 0
        if bytes[index] == UInt8(ascii: ".") {
            if whole == 0, special.contains(text) { return .float }
            index += 1
            fraction = digits(bytes, from: &index)
        }
        guard whole + fraction > 0 else { return .string }
        if index == bytes.count { return .float }
        guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return .string }
        index += 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let exponent = digits(bytes, from: &index)
        return exponent > 0 && index == bytes.count ? .float : .string
    }

    private static let special: Set<String> = [
        ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN",
    ]

    private static func digits(_ bytes: Span<UInt8>, from index: inout Int) -> Int {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        return index - start
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}

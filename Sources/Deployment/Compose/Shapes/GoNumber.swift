/// Numbers as the Go standard library reads and prints them, because Compose's output is made of them.
enum GoNumber {
    /// `12`, `-12`, `0777` (octal), `0o17`, `0x1F`, `0b11`; `nil` when it does not fit 64 bits.
    static func integer(_ text: String) -> Int? {
        var digits = text[...]
        var sign = ""
        if let first = digits.first, first == "-" || first == "+" {
            if first == "-" { sign = "-" }
            digits = digits.dropFirst()
        }
        guard let first = digits.utf8.first, first >= 0x30, first <= 0x39 else { return nil }
        if first == 0x30, digits.utf8.count > 1 {
            let radix: Int
            switch digits.utf8.dropFirst().first ?? 0 {
            case UInt8(ascii: "x"), UInt8(ascii: "X"): radix = 16
            case UInt8(ascii: "o"), UInt8(ascii: "O"): radix = 8
            case UInt8(ascii: "b"), UInt8(ascii: "B"): radix = 2
            default: return parse(sign, digits.dropFirst(), radix: 8)
            }
            return parse(sign, digits.dropFirst(2), radix: radix)
        }
        return parse(sign, digits, radix: 10)
    }

    /// Decimal digits with an optional sign and nothing else.
    static func decimal(_ text: String) -> Int? {
        guard let last = text.utf8.last, last >= 0x30, last <= 0x39 else { return nil }
        return Int(text)
    }

    /// `1`, `1.5`, `.5`, `1.`, `1e3`.
    static func isFloat(_ text: String) -> Bool {
        let bytes = text.utf8.span
        var index = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let whole = skipDigits(bytes, &index)
        var fraction = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            fraction = skipDigits(bytes, &index)
        }
        guard whole + fraction > 0 else { return false }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
            guard skipDigits(bytes, &index) > 0 else { return false }
        }
        return index == bytes.count
    }

    /// What a text says as a number; hexadecimal digits need an exponent.
    static func float(_ text: String) -> Double? {
        let isHexadecimal = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") }
        if isHexadecimal, !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "p") }) { return nil }
        return Double(text)
    }

    /// The shortest spelling; an exponent below 1e-4 and from 1e21 on (`%v`).
    static func general(_ number: Double) -> String { spelled(number, smallest: -4) }

    /// The same for 32 bits.
    static func general(_ number: Float) -> String { spelled(number, smallest: -4) }

    private static func parse(_ sign: String, _ digits: Substring, radix: Int) -> Int? {
        guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
        return Int(sign + digits, radix: radix)
    }

    private static func skipDigits(_ bytes: Span<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
        return index - start
    }

    /// - Parameter smallest: the smallest power of ten that is spelled without an exponent.
    static func spelled<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ number: Number, smallest: Int
    ) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        if number == 0 { return number.sign == .minus ? "-0" : "0" }
        // Swift prints the same shortest digits; only their layout differs.
        let (digits, point) = shortestDigits(String(number.magnitude))
        let sign = number < 0 ? "-" : ""
        let exponent = point - 1
        if exponent < smallest || exponent >= 21 {
            let fraction = digits.dropFirst()
            let magnitude = abs(exponent)
            return sign + digits.prefix(1) + (fraction.isEmpty ? "" : ".") + fraction + "e"
                + (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + String(magnitude)
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// Digits without leading or trailing zeros, and how many of them stand before the decimal point.
    private static func shortestDigits(_ description: String) -> (digits: String, point: Int) {
        let halves = description.split(separator: "e", maxSplits: 1)
        let mantissa = halves[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
        var digits = String(mantissa[0]) + (mantissa.count > 1 ? String(mantissa[1]) : "")
        exponent += mantissa[0].count
        while digits.hasPrefix("0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        return (digits, exponent)
    }
}

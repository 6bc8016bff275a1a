/// `1m30s`, `500ms`, `1.5h`, and `1d`, `2w` as Compose reads them; written `1m30s`, `24h0m0s`.
enum GoDuration {
    /// Nanoseconds; `nil` when the text is none or does not fit.
    static func parse(_ text: String) -> Int? {
        var bytes = Array(text.utf8)[...]
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            bytes = bytes.dropFirst()
        }
        if bytes.elementsEqual([UInt8(ascii: "0")]) { return 0 }
        guard !bytes.isEmpty else { return nil }
        var exact = 0
        while !bytes.isEmpty {
            guard let (whole, fraction, count) = number(bytes) else { return nil }
            bytes = bytes.dropFirst(count)
            let unitLength = bytes.prefix { $0 != UInt8(ascii: ".") && !($0 >= 0x30 && $0 <= 0x39) }.count
            guard let unit = units[String(decoding: bytes.prefix(unitLength), as: UTF8.self)] else { return nil }
            bytes = bytes.dropFirst(unitLength)
            let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
            let part = product.addingReportingOverflow(Int(fraction * Double(unit)))
            let sum = exact.addingReportingOverflow(part.partialValue)
            if overflow || part.overflow || sum.overflow { return nil }
            exact = sum.partialValue
        }
        return isNegative ? -exact : exact
    }

    /// As Go prints it: the largest unit that is not zero, `0s` for nothing.
    static func text(_ nanoseconds: Int) -> String {
        if nanoseconds == 0 { return "0s" }
        let sign = nanoseconds < 0 ? "-" : ""
        let magnitude = nanoseconds.magnitude
        if magnitude < 1_000 { return "\(sign)\(magnitude)ns" }
        if magnitude < 1_000_000 { return sign + fraction(magnitude, 1_000) + "µs" }
        if magnitude < 1_000_000_000 { return sign + fraction(magnitude, 1_000_000) + "ms" }
        let seconds = magnitude / 1_000_000_000
        let rest = fraction(magnitude % 60_000_000_000, 1_000_000_000) + "s"
        if seconds < 60 { return sign + rest }
        let minutes = seconds / 60
        if minutes < 60 { return "\(sign)\(minutes)m\(rest)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(rest)"
    }

    private static func fraction(_ value: UInt, _ unit: UInt) -> String {
        if value % unit == 0 { return String(value / unit) }
        var digits = String(value % unit)
        digits = String(repeating: "0", count: String(unit).count - 1 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(value / unit).\(digits)"
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> (whole: Int, fraction: Double, count: Int)? {
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        var whole = 0
        for digit in digits {
            let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
            let sum = product.addingReportingOverflow(Int(digit - 0x30))
            if overflow || sum.overflow { return nil }
            whole = sum.partialValue
        }
        var count = digits.count
        var fraction = 0.0
        if bytes.dropFirst(count).first == UInt8(ascii: ".") {
            let decimals = bytes.dropFirst(count + 1).prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard count + decimals.count > 0 else { return nil }
            fraction = Double("0." + String(decoding: decimals, as: UTF8.self) + "0") ?? 0
            count += 1 + decimals.count
        } else if count == 0 {
            return nil
        }
        return (whole, fraction, count)
    }

    private static let units: [String: Int] = [
        "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
        "h": 3_600_000_000_000, "d": 86_400_000_000_000, "w": 604_800_000_000_000,
    ]
}

/// Shares as people write them: `10%`, `0.1%`.
package enum Percent {
    package static let expected = "a share such as `0.1%` or `10%`"

    /// - Returns: a fraction; `nil` for what is no share between 0 % and 1,000 %.
    package static func parse(_ text: String) -> Double? {
        guard text.hasSuffix("%") else { return nil }
        var digits = text.dropLast()
        while digits.hasSuffix(" ") { digits = digits.dropLast() }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let number = Double(digits), number.isFinite, number <= 1_000
        else { return nil }
        return number / 100
    }

    /// `12.5 %`; with a sign where asked for.
    package static func text(_ fraction: Double, places: Int = 1, isSigned: Bool = false) -> String {
        guard fraction.isFinite, fraction.magnitude < 1e9 else { return "? %" }
        let sign = fraction < 0 ? "-" : isSigned ? "+" : ""
        return "\(sign)\(Decimal.text(fraction.magnitude * 100, places: places)) %"
    }
}

/// Numbers with a fixed count of decimal places.
package enum Decimal {
    /// - Parameter number: not negative, below 10¹².
    package static func text(_ number: Double, places: Int) -> String {
        guard number.isFinite, number >= 0, number < 1e12 else { return "?" }
        var unit = 1
        for _ in 0..<places { unit *= 10 }
        let scaled = Int((number * Double(unit)).rounded())
        guard places > 0 else { return String(scaled) }
        let rest = String(scaled % unit)
        return "\(scaled / unit).\(String(repeating: "0", count: places - rest.count))\(rest)"
    }

    /// `12.40 ms` from microseconds.
    package static func milliseconds(_ microseconds: Int) -> String {
        "\(text(Double(max(0, microseconds)) / 1_000, places: 2)) ms"
    }
}

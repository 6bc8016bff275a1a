/// Amounts with a unit, as Compose and people write them.
enum Quantity {
    /// Bytes of `512`, `512b`, `64k`, `1.5GiB`.
    ///
    /// `k`, `kb` and `KiB` are all 1,024, as in Compose:
    /// https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
    static func bytes(_ text: String) -> Double? {
        guard let (number, unit) = number(text[...]), let factor = sizes[unit.lowercased()] else { return nil }
        return number * factor
    }

    /// Seconds of `300ms`, `30s`, `1h30m`, `7d`. A unit is needed, except for `0`.
    ///
    /// Wider than `DurationSyntax`, which reads what is written for us: a compared value may be written for Compose or
    /// for any other program, with fractions (`1.5h`), in any order of units, down to nanoseconds.
    static func seconds(_ text: String) -> Double? {
        if text == "0" { return 0 }
        var rest = text[...]
        var sum = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            guard let factor = times[String(unit)] else { return nil }
            sum += number * factor
            rest = rest.dropFirst(unit.count)
        }
        return sum
    }

    private static func number(_ text: Substring) -> (Double, unit: String)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let first = digits.first, first != ".", let number = Double(digits) else { return nil }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        // A number with a point and no unit is a version or a number, but no size.
        if unit.isEmpty, digits.contains(".") { return nil }
        return (number, String(unit))
    }

    private static let sizes: [String: Double] = [
        "": 1, "b": 1, "k": 0x1p10, "kb": 0x1p10, "kib": 0x1p10, "m": 0x1p20, "mb": 0x1p20, "mib": 0x1p20,
        "g": 0x1p30, "gb": 0x1p30, "gib": 0x1p30, "t": 0x1p40, "tb": 0x1p40, "tib": 0x1p40, "p": 0x1p50, "pb": 0x1p50,
        "pib": 0x1p50,
    ]

    private static let times: [String: Double] = [
        "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800,
    ]
}

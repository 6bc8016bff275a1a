extension Scalar {
    /// The spelling that YAML 1.1 and 1.2 readers take for the same number, boolean or null.
    ///
    /// `012` is twelve in 1.2 and ten in 1.1, `1e3` a number in one and a string in the other; `12` and `1.0e+3` are
    /// safe. A decimal such as `1.10` keeps its digits.
    package var canonicalText: String {
        switch kind {
        case .string: text
        case .null: "null"
        case .boolean: boolean == true ? "true" : "false"
        case .integer: Self.canonicalInteger(text)
        case .float: Self.canonicalFloat(text)
        }
    }

    /// The spelling in JSON; infinities and NaN, which JSON has no word for, as strings.
    package var jsonText: String {
        switch kind {
        case .integer where isPlainDecimal: text
        case .string: JSONWriter.quoted(text)
        case .float:
            text.lowercased().hasSuffix("inf") || text.lowercased() == ".nan"
                ? JSONWriter.quoted(canonicalText) : Self.canonicalFloat(text)
        default: canonicalText
        }
    }

    /// Digits alone, without a zero in front.
    private var isPlainDecimal: Bool {
        let bytes = text.utf8
        return bytes.allSatisfy { (0x30...0x39).contains($0) } && (bytes.first != 0x30 || bytes.count == 1)
    }

    private static func canonicalInteger(_ text: String) -> String {
        if text.hasPrefix("0x") { return NumberSyntax.decimal(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return NumberSyntax.decimal(text.dropFirst(2), radix: 8) }
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        digits = digits.drop { $0 == "0" }
        return digits.isEmpty ? "0" : (isNegative ? "-" : "") + digits
    }

    private static func canonicalFloat(_ text: String) -> String {
        let lowered = text.lowercased()
        if lowered.hasSuffix("inf") { return lowered.hasPrefix("-") ? "-.inf" : ".inf" }
        if lowered.hasSuffix("nan") { return ".nan" }
        let parts = lowered.split(separator: "e", maxSplits: 1)
        var mantissa = parts[0]
        let isNegative = mantissa.hasPrefix("-")
        if isNegative || mantissa.hasPrefix("+") { mantissa = mantissa.dropFirst() }
        let halves = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = canonicalInteger(String(halves[0].isEmpty ? "0" : halves[0]))
        let fraction = halves.count > 1 && !halves[1].isEmpty ? String(halves[1]) : "0"
        var result = (isNegative ? "-" : "") + whole + "." + fraction
        if parts.count > 1 {
            let exponent = parts[1]
            result += "e" + (exponent.hasPrefix("-") || exponent.hasPrefix("+") ? "" : "+") + exponent
        }
        return result
    }
}

import YAML

/// JSON in one line, byte for byte as Go's `encoding/json` writes it: what a hash of it depends on.
///
/// https://pkg.go.dev/encoding/json#Marshal
enum GoJSON {
    static func line(_ node: Node) -> String {
        var output = ""
        write(node, to: &output)
        return output
    }

    /// A string with its quotes; for the one encoder that leaves `<`, `>` and `&` alone.
    static func quotedForText(_ text: String) -> String {
        var output = ""
        quote(text, escapesHTML: false, to: &output)
        return output
    }

    private static func write(_ node: Node, to output: inout String) {
        switch node.value {
        case .scalar(let scalar):
            switch scalar.kind {
            case .string: quote(scalar.text, to: &output)
            case .float: output += number(scalar.text)
            default: output += scalar.jsonText
            }
        case .sequence(let items):
            output += "["
            for (index, item) in items.enumerated() {
                if index > 0 { output += "," }
                write(item, to: &output)
            }
            output += "]"
        case .mapping(let mapping):
            output += "{"
            for (index, entry) in mapping.entries.enumerated() {
                if index > 0 { output += "," }
                quote(entry.key, to: &output)
                output += ":"
                write(entry.value, to: &output)
            }
            output += "}"
        }
    }

    /// Every fraction of a service has 32 bits; below 1e-6 and from 1e21 on it has an exponent.
    private static func number(_ text: String) -> String {
        guard let number = Float(text) else { return text }
        let spelled = GoNumber.spelled(number, smallest: -6)
        // `e-09` becomes `e-9`, but `e+09` cannot be.
        guard let mark = spelled.firstRange(of: "e-0") else { return spelled }
        return spelled[..<mark.lowerBound] + "e-" + spelled[mark.upperBound...]
    }

    /// What HTML would read is escaped, and so are the line ends that JavaScript knows and JSON does not.
    private static func quote(_ text: String, escapesHTML: Bool = true, to output: inout String) {
        output += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{8}": output += "\\b"
            case "\u{C}": output += "\\f"
            case "<" where escapesHTML, ">" where escapesHTML, "&" where escapesHTML: escape(scalar, to: &output)
            case "\u{2028}", "\u{2029}": escape(scalar, to: &output)
            default:
                if scalar.value < 0x20 { escape(scalar, to: &output) } else { output.unicodeScalars.append(scalar) }
            }
        }
        output += "\""
    }

    private static func escape(_ scalar: Unicode.Scalar, to output: inout String) {
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

import YAML

/// What Compose's YAML reader makes of a scalar.
///
/// It follows YAML 1.1 for numbers: `0777` is octal, `1_000` a thousand, `0b11` three; and 1.2 for booleans: `yes` is a
/// string. https://pkg.go.dev/go.yaml.in/yaml/v3#readme-compatibility
enum ComposeScalar: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case null
    /// An unquoted date, which Compose refuses wherever it checks types.
    case date

    init(_ scalar: Scalar) {
        switch scalar.kind {
        case .null: self = .null
        case .boolean: self = .boolean(scalar.boolean == true)
        case .string:
            guard scalar.style == .plain, let first = scalar.text.utf8.first, Self.beginsNumber(first) else {
                self = .text(scalar.text)
                return
            }
            self = Self.resolve(scalar.text)
        case .integer, .float: self = Self.resolve(scalar.text)
        }
    }

    /// How Compose prints the value where it needs a string; `nil` for null.
    var spelling: String? {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): GoNumber.general(number)
        case .boolean(let value): value ? "true" : "false"
        case .null: nil
        case .date: nil
        }
    }

    /// Whether an unquoted text is a string to Compose.
    static func isText(plain text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if beginsNumber(first) {
            guard case .text = resolve(text) else { return false }
            return true
        }
        return !words.contains(text)
    }

    private static let words: Set<String> = [
        "null", "Null", "NULL", "~", "true", "True", "TRUE", "false", "False", "FALSE",
    ]

    private static func beginsNumber(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".")
    }

    private static func resolve(_ text: String) -> ComposeScalar {
        if let special = special[text] { return .number(special) }
        if text.utf8.first != UInt8(ascii: ".") {
            if GoTimestamp.normal(text) != nil { return .date }
            let digits = text.utf8.contains(UInt8(ascii: "_")) ? String(text.filter { $0 != "_" }) : text
            if let number = GoNumber.integer(digits) { return .integer(number) }
            if GoNumber.isFloat(digits), let number = Double(digits) { return .number(number) }
            return .text(text)
        }
        return GoNumber.isFloat(text) ? Double("0" + text).map(ComposeScalar.number) ?? .text(text) : .text(text)
    }

    private static let special: [String: Double] = [
        ".inf": .infinity, ".Inf": .infinity, ".INF": .infinity, "+.inf": .infinity, "+.Inf": .infinity,
        "+.INF": .infinity, "-.inf": -.infinity, "-.Inf": -.infinity, "-.INF": -.infinity, ".nan": .nan, ".NaN": .nan,
        ".NAN": .nan,
    ]
}

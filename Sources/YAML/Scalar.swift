/// A single value that keeps the spelling it was written with.
package struct Scalar: Hashable, Sendable {
    /// What the YAML 1.2 core schema makes of it: https://yaml.org/spec/1.2.2/#103-core-schema
    package enum Kind: UInt8, Sendable {
        case string
        case integer
        case float
        case boolean
        case null

        package var name: String {
            switch self {
            case .string: "a string"
            case .integer: "an integer"
            case .float: "a number"
            case .boolean: "a boolean"
            case .null: "nothing"
            }
        }
    }

    package enum Style: UInt8, Sendable {
        case plain
        case singleQuoted
        case doubleQuoted
        case literal
        case folded
    }

    /// Escapes and folding resolved, otherwise as written: `1.10` stays `1.10`, `0x1F` stays `0x1F`.
    package var text: String
    package var kind: Kind
    package var style: Style

    package init(_ text: String, kind: Kind, style: Style = .plain) {
        self.text = text
        self.kind = kind
        self.style = style
    }

    /// The number; `nil` when this is no integer or does not fit.
    package var integer: Int? { kind == .integer ? NumberSyntax.integer(text) : nil }

    package var boolean: Bool? {
        guard kind == .boolean, let first = text.utf8.first else { return nil }
        return first == UInt8(ascii: "t") || first == UInt8(ascii: "T")
    }

    /// The number of an integer or float; `nil` for anything else.
    package var number: Double? {
        switch kind {
        case .integer: NumberSyntax.integer(text).map(Double.init) ?? Double(canonicalText)
        case .float: NumberSyntax.float(text)
        default: nil
        }
    }
}

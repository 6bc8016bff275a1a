import YAML

/// `KEY=VALUE` in one string.
enum KeyValue {
    /// Both halves, the value with the range of the whole; `nil` without `=`.
    static func split(_ node: Node) -> (key: String, value: Node)? {
        guard let text = node.string, let (key, value) = split(text) else { return nil }
        return (key, Node(.scalar(Scalar(value, kind: .string, style: .doubleQuoted)), range: node.range))
    }

    static func split(_ text: String) -> (key: String, value: String)? {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        return (String(text[..<equals]), String(text[text.utf8.index(after: equals)...]))
    }
}

package import YAML

/// A rule that is going to be written into `environments/parity.yaml`.
package struct ParityRuleDraft: Hashable, Sendable {
    package var name: String
    package var between: ParityRule.Pair
    /// A `PathPattern`.
    package var path: String
    package var allow: ParityRule.Allowed
    /// The only values that are accepted; `nil` for any.
    package var left: Scalar?
    package var right: Scalar?
    package var reason: String
    package var owner: String
    package var until: String?

    /// Keys and values in the order in which people write them.
    private var fields: [(key: String, value: Node)] {
        let pinned = { (scalar: Scalar) in Node(.scalar(scalar)) }
        let all: [(String, Node?)] = [
            ("name", .string(name)), ("between", .strings([between.left, between.right])), ("path", .string(path)),
            ("allow", .string(allow.rawValue)), ("left", left.map(pinned)), ("right", right.map(pinned)),
            ("reason", .string(reason)), ("owner", .string(owner)), ("until", until.map { .string($0) }),
        ]
        return all.compactMap { key, value in value.map { (key, $0) } }
    }

    /// As an item of a block list, a line each.
    ///
    /// - Parameters:
    ///   - indentation: blanks before the dash.
    ///   - gap: blanks behind it.
    func block(indentation: Int, gap: Int) -> [String] {
        let start = String(repeating: " ", count: indentation) + "-" + String(repeating: " ", count: gap)
        let inner = String(repeating: " ", count: indentation + 1 + gap)
        return fields.enumerated().map { index, field in
            (index == 0 ? start : inner) + "\(field.key): \(Self.plain(field.value))"
        }
    }

    /// As an item of a flow list, also one in a JSON file; one line.
    package var flow: String {
        "{" + fields.map { "\(JSONWriter.quoted($0.key)): \(Self.quoted($0.value))" }.joined(separator: ", ") + "}"
    }

    private static func quoted(_ node: Node) -> String {
        if let items = node.sequence { return "[" + items.map(quoted).joined(separator: ", ") + "]" }
        return JSONWriter.line(node)
    }

    private static func plain(_ node: Node) -> String {
        if let items = node.sequence { return "[" + items.map(plain).joined(separator: ", ") + "]" }
        guard let scalar = node.scalar else { return JSONWriter.line(node) }
        guard scalar.kind == .string else { return scalar.text }
        // A date is a string to us, and nobody quotes one.
        if ParityDeadline(scalar.text) != nil, scalar.text.utf8.count == 10 { return scalar.text }
        return scalar.text.contains("\n")
            ? JSONWriter.quoted(scalar.text) : String(YAMLWriter.text(of: node).dropLast())
    }
}

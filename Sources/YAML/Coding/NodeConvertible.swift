/// A value that makes its own tree: what every run writes, and often.
///
/// `Encodable` alone takes ten times as long, most of it in containers that exist for each type. How it is spelled is the
/// same: properties in their order and in snake case, `nil` left out. A test holds each such type against its properties.
package protocol NodeConvertible: Encodable {
    var node: Node { get }
}

extension NodeConvertible {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(EncodedNode(node))
    }
}

/// The fields of a map, in the order in which they are put; what is `nil` is left out.
package struct NodeFields {
    fileprivate var entries: [Mapping.Entry] = []

    fileprivate init(expecting count: Int) { entries.reserveCapacity(count) }

    package mutating func put(_ key: String, _ node: Node?) {
        guard let node else { return }
        entries.append(Mapping.Entry(key: key, value: node))
    }

    package mutating func put(_ key: String, _ text: String?) {
        guard let text else { return }
        put(key, Node.string(text))
    }

    package mutating func put(_ key: String, _ number: Int?) {
        guard let number else { return }
        put(key, Node.integer(number))
    }

    package mutating func put(_ key: String, _ number: Double?) {
        guard let number else { return }
        put(key, Node.number(number))
    }

    package mutating func put(_ key: String, _ flag: Bool?) {
        guard let flag else { return }
        put(key, Node.boolean(flag))
    }

    package mutating func put(_ key: String, _ texts: [String]?) {
        guard let texts else { return }
        put(key, Node.strings(texts))
    }

    package mutating func put(_ key: String, _ texts: [String: String]?) {
        guard let texts else { return }
        put(key, Node.strings(texts))
    }
}

extension Node {
    /// A map of fields.
    ///
    /// - Parameter count: about how many will be put.
    package static func fields(_ count: Int, _ put: (inout NodeFields) -> Void) -> Node {
        var fields = NodeFields(expecting: count)
        put(&fields)
        return Node(.mapping(Mapping(fields.entries)))
    }

    package static func number(_ value: Double) -> Node { Node(.scalar(Scalar(String(value), kind: .float))) }

    /// Beyond what an `Int` holds, too.
    package static func number(_ value: UInt64) -> Node { Node(.scalar(Scalar(String(value), kind: .integer))) }
}

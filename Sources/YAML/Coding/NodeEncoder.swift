/// Turns an `Encodable` value into a tree: properties in their order and in snake case, `nil` left out, the keys of
/// dictionaries sorted and as they are.
package enum NodeEncoder {
    package static func encode(_ value: some Encodable) -> Node {
        do {
            return try ValueEncoder.encode(value)
        } catch {
            // Nothing in this program throws while it is encoded: every leaf is a string, number or boolean.
            preconditionFailure("\(type(of: value)) cannot be encoded: \(error)")
        }
    }
}

/// Collects one value.
///
/// No path is kept: it would only name the place of an error, and there are none.
final class ValueEncoder: Encoder, SingleValueEncodingContainer {
    /// What an entry or item is: finished, or a container that its owner still fills.
    enum Part {
        case node(Node)
        case open(ValueEncoder)

        var node: Node {
            switch self {
            case .node(let node): node
            case .open(let encoder): encoder.result
            }
        }
    }

    private enum Kind { case leaf, list, entries }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    private var keysAreData = false
    private var kind = Kind.leaf
    private var leaf = Node.null
    private var items: [Part] = []
    private var entries: [(key: String, value: Part)] = []

    static func encode<Value: Encodable>(_ value: Value) throws -> Node {
        if Value.self == EncodedNode.self, let tree = value as? EncodedNode { return tree.node }
        if Value.self == String.self, let text = value as? String { return .string(text) }
        if Value.self == [String].self, let texts = value as? [String] { return .strings(texts) }
        if Value.self == [String: String].self, let texts = value as? [String: String] { return .strings(texts) }
        let encoder = ValueEncoder()
        try value.encode(to: encoder)
        return encoder.result
    }

    var result: Node {
        switch kind {
        case .leaf: return leaf
        case .list: return .sequence(items.map(\.node))
        case .entries:
            let ordered = keysAreData ? entries.sorted { $0.key < $1.key } : entries
            return Node(.mapping(Mapping(ordered.map { Mapping.Entry(key: $0.key, value: $0.value.node) })))
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        kind = .entries
        keysAreData = KeyedByData.isKey(type)
        return KeyedEncodingContainer(KeyedWriter<Key>(encoder: self, keysAreData: keysAreData))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        kind = .list
        return ListWriter(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    // MARK: - What containers put in

    func put(_ part: Part, under key: String) { entries.append((key, part)) }
    func put(_ part: Part) { items.append(part) }
    var count: Int { items.count }

    // MARK: - Single values

    private func hold(_ node: Node) {
        kind = .leaf
        leaf = node
    }

    func encodeNil() { hold(.null) }
    func encode(_ value: Bool) { hold(.boolean(value)) }
    func encode(_ value: String) { hold(.string(value)) }
    func encode(_ value: Double) { hold(.number(value)) }
    func encode(_ value: Float) { hold(.number(Double(value))) }
    func encode(_ value: Int) { hold(.integer(value)) }
    func encode(_ value: Int8) { hold(.integer(Int(value))) }
    func encode(_ value: Int16) { hold(.integer(Int(value))) }
    func encode(_ value: Int32) { hold(.integer(Int(value))) }
    func encode(_ value: Int64) { hold(.integer(Int(value))) }
    func encode(_ value: UInt) { hold(.number(UInt64(value))) }
    func encode(_ value: UInt8) { hold(.integer(Int(value))) }
    func encode(_ value: UInt16) { hold(.integer(Int(value))) }
    func encode(_ value: UInt32) { hold(.integer(Int(value))) }
    func encode(_ value: UInt64) { hold(.number(value)) }
    func encode<T: Encodable>(_ value: T) throws { hold(try Self.encode(value)) }
}

struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder
    let keysAreData: Bool
    var codingPath: [any CodingKey] { [] }

    private func put(_ node: Node, _ key: Key) { encoder.put(.node(node), under: name(key)) }
    private func name(_ key: Key) -> String {
        keysAreData ? key.stringValue : SnakeCase.name(of: key.stringValue)
    }

    func encodeNil(forKey key: Key) { put(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { put(.boolean(value), key) }
    func encode(_ value: String, forKey key: Key) { put(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: Float, forKey key: Key) { put(.number(Double(value)), key) }
    func encode(_ value: Int, forKey key: Key) { put(.integer(value), key) }
    func encode(_ value: Int8, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: Int16, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: Int32, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: Int64, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt, forKey key: Key) { put(.number(UInt64(value)), key) }
    func encode(_ value: UInt8, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt16, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt32, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt64, forKey key: Key) { put(.number(value), key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { put(try ValueEncoder.encode(value), key) }

    private func open(_ key: Key) -> ValueEncoder {
        let inner = ValueEncoder()
        encoder.put(.open(inner), under: name(key))
        return inner
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { open(key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { open(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { preconditionFailure("no class is encoded in this program") }
    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("no class is encoded in this program") }
}

private struct ListWriter: UnkeyedEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { encoder.count }

    func encodeNil() { encoder.put(.node(.null)) }
    func encode<T: Encodable>(_ value: T) throws { encoder.put(.node(try ValueEncoder.encode(value))) }

    private func open() -> ValueEncoder {
        let inner = ValueEncoder()
        encoder.put(.open(inner))
        return inner
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        open().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { open().unkeyedContainer() }

    func superEncoder() -> any Encoder { preconditionFailure("no class is encoded in this program") }
}

/// A finished tree inside an encodable value: it passes through unchanged, unknown keys and all.
package struct EncodedNode: Codable, Sendable {
    package var node: Node

    package init(_ node: Node) { self.node = node }

    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? NodeDecoder else {
            preconditionFailure("trees are only decoded from trees")
        }
        node = decoder.node
    }

    /// For encoders that are not ours: a test runner names its cases by their arguments.
    package func encode(to encoder: any Encoder) throws {
        switch node.value {
        case .sequence(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(EncodedNode(item)) }
        case .mapping(let mapping):
            var container = encoder.container(keyedBy: Key.self)
            for entry in mapping.entries {
                try container.encode(EncodedNode(entry.value), forKey: Key(stringValue: entry.key))
            }
        case .scalar(let scalar):
            var container = encoder.singleValueContainer()
            if scalar.kind == .null {
                try container.encodeNil()
            } else if let flag = scalar.boolean {
                try container.encode(flag)
            } else if let number = scalar.integer {
                try container.encode(number)
            } else {
                try container.encode(scalar.text)
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

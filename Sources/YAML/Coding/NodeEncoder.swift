/// Turns an `Encodable` value into a tree: properties in their order and in snake case, `nil` left out, the keys of
/// dictionaries sorted and as they are.
package enum NodeEncoder {
    package static func encode(_ value: some Encodable) -> Node {
        let encoder = ValueEncoder(codingPath: [], keysAreData: value is any KeyedByData)
        do {
            try value.encode(to: encoder)
        } catch {
            // Nothing in this program throws while it is encoded: every leaf is a string, number or boolean.
            preconditionFailure("\(type(of: value)) cannot be encoded: \(error)")
        }
        return encoder.result
    }
}

/// Collects one value; whichever container was asked for last holds it.
private final class ValueEncoder: Encoder, SingleValueEncodingContainer {
    let codingPath: [any CodingKey]
    let keysAreData: Bool
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    private var produced: () -> Node = { .null }

    init(codingPath: [any CodingKey], keysAreData: Bool) {
        self.codingPath = codingPath
        self.keysAreData = keysAreData
    }

    var result: Node { produced() }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let storage = KeyedStorage(sorts: keysAreData)
        produced = { storage.node }
        return KeyedEncodingContainer(
            KeyedWriter<Key>(storage: storage, codingPath: codingPath, keysAreData: keysAreData))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let storage = ListStorage()
        produced = { .sequence(storage.items.map { $0() }) }
        return ListWriter(storage: storage, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    private func hold(_ node: Node) { produced = { node } }

    func encodeNil() { hold(.null) }
    func encode(_ value: Bool) { hold(.boolean(value)) }
    func encode(_ value: String) { hold(.string(value)) }
    func encode(_ value: Double) { hold(Leaf.node(value)) }
    func encode(_ value: Float) { hold(Leaf.node(Double(value))) }
    func encode(_ value: Int) { hold(.integer(value)) }
    func encode(_ value: Int8) { hold(.integer(Int(value))) }
    func encode(_ value: Int16) { hold(.integer(Int(value))) }
    func encode(_ value: Int32) { hold(.integer(Int(value))) }
    func encode(_ value: Int64) { hold(.integer(Int(value))) }
    func encode(_ value: UInt) { hold(Leaf.node(value)) }
    func encode(_ value: UInt8) { hold(.integer(Int(value))) }
    func encode(_ value: UInt16) { hold(.integer(Int(value))) }
    func encode(_ value: UInt32) { hold(.integer(Int(value))) }
    func encode(_ value: UInt64) { hold(Leaf.node(UInt(value))) }
    func encode<T: Encodable>(_ value: T) throws { hold(try Leaf.encode(value, at: codingPath)) }
}

private enum Leaf {
    static func node(_ value: Double) -> Node { Node(.scalar(Scalar(String(value), kind: .float))) }
    static func node(_ value: UInt) -> Node { Node(.scalar(Scalar(String(value), kind: .integer))) }

    static func encode(_ value: some Encodable, at path: [any CodingKey]) throws -> Node {
        if let node = (value as? EncodedNode)?.node { return node }
        let encoder = ValueEncoder(codingPath: path, keysAreData: value is any KeyedByData)
        try value.encode(to: encoder)
        return encoder.result
    }
}

private final class KeyedStorage {
    private let sorts: Bool
    private var entries: [(key: String, value: () -> Node)] = []

    init(sorts: Bool) { self.sorts = sorts }

    func put(_ key: String, _ value: @escaping () -> Node) { entries.append((key, value)) }

    var node: Node {
        let ordered = sorts ? entries.sorted { $0.key < $1.key } : entries
        return .mapping(ordered.map { (key: $0.key, value: $0.value()) })
    }
}

private final class ListStorage {
    var items: [() -> Node] = []
}

private struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let storage: KeyedStorage
    let codingPath: [any CodingKey]
    let keysAreData: Bool

    private func put(_ node: Node, _ key: Key) { storage.put(name(key)) { node } }
    private func name(_ key: any CodingKey) -> String {
        keysAreData ? key.stringValue : SnakeCase.name(of: key.stringValue)
    }

    func encodeNil(forKey key: Key) { put(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { put(.boolean(value), key) }
    func encode(_ value: String, forKey key: Key) { put(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) { put(Leaf.node(value), key) }
    func encode(_ value: Float, forKey key: Key) { put(Leaf.node(Double(value)), key) }
    func encode(_ value: Int, forKey key: Key) { put(.integer(value), key) }
    func encode(_ value: Int8, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: Int16, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: Int32, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: Int64, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt, forKey key: Key) { put(Leaf.node(value), key) }
    func encode(_ value: UInt8, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt16, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt32, forKey key: Key) { put(.integer(Int(value)), key) }
    func encode(_ value: UInt64, forKey key: Key) { put(Leaf.node(UInt(value)), key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        put(try Leaf.encode(value, at: codingPath + [key]), key)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<
        Nested
    > {
        let encoder = ValueEncoder(codingPath: codingPath + [key], keysAreData: false)
        storage.put(name(key)) { encoder.result }
        return encoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let encoder = ValueEncoder(codingPath: codingPath + [key], keysAreData: false)
        storage.put(name(key)) { encoder.result }
        return encoder.unkeyedContainer()
    }

    func superEncoder() -> any Encoder { preconditionFailure("no class is encoded in this program") }
    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("no class is encoded in this program") }
}

private struct ListWriter: UnkeyedEncodingContainer {
    let storage: ListStorage
    let codingPath: [any CodingKey]
    var count: Int { storage.items.count }

    private func put(_ node: Node) { storage.items.append { node } }

    func encodeNil() { put(.null) }
    func encode<T: Encodable>(_ value: T) throws { put(try Leaf.encode(value, at: codingPath)) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        let encoder = ValueEncoder(codingPath: codingPath, keysAreData: false)
        storage.items.append { encoder.result }
        return encoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let encoder = ValueEncoder(codingPath: codingPath, keysAreData: false)
        storage.items.append { encoder.result }
        return encoder.unkeyedContainer()
    }

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

    package func encode(to encoder: any Encoder) {
        preconditionFailure("the encoder takes the tree as it is")
    }
}

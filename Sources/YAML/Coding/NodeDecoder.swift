/// Makes a `Decodable` value of a tree, by the same spelling that `NodeEncoder` writes. Unknown keys are passed over.
package struct NodeDecoder: Decoder {
    let node: Node
    package let codingPath: [any CodingKey]
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    private init(_ node: Node, at path: [any CodingKey]) {
        self.node = node
        codingPath = path
    }

    /// What did not fit: the path of the place and what was expected there.
    package struct Failure: Error, Hashable, Sendable {
        package let path: String
        package let expected: String
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from node: Node) throws(Failure) -> Value {
        do {
            return try decode(type, node, at: [])
        } catch let error as DecodingError {
            throw failure(error)
        } catch {
            throw Failure(path: "", expected: String(describing: type))
        }
    }

    private static func failure(_ error: DecodingError) -> Failure {
        let path: (DecodingError.Context) -> String = {
            $0.codingPath.map { SnakeCase.name(of: $0.stringValue) }.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            return Failure(path: path(context), expected: "the key `\(SnakeCase.name(of: key.stringValue))`")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return Failure(path: path(context), expected: context.debugDescription)
        @unknown default: return Failure(path: "", expected: "a known form")
        }
    }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let mapping = node.mapping else { throw mismatch(Mapping.self, "a map") }
        // A dictionary's keys are data and must not pass through the spelling of properties.
        return KeyedDecodingContainer(
            KeyedReader<Key>(mapping: mapping, codingPath: codingPath, keysAreData: KeyedByData.isKey(type)))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let items = node.sequence else { throw mismatch([Node].self, "a list") }
        return ListReader(items: items, codingPath: codingPath)
    }

    package func singleValueContainer() -> any SingleValueDecodingContainer { ValueReader(decoder: self) }

    fileprivate func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: expected))
    }

    fileprivate static func decode<Value: Decodable>(
        _ type: Value.Type, _ node: Node, at path: [any CodingKey]
    ) throws -> Value {
        try Value(from: NodeDecoder(node, at: path))
    }

    fileprivate func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard let scalar = node.scalar, scalar.kind == .integer, let number = Number(scalar.text) else {
            throw mismatch(type, "a whole number")
        }
        return number
    }

    fileprivate func string() throws -> String {
        guard let text = node.string else { throw mismatch(String.self, "a string") }
        return text
    }

    fileprivate func boolean() throws -> Bool {
        guard let value = node.boolean else { throw mismatch(Bool.self, "`true` or `false`") }
        return value
    }

    fileprivate func double() throws -> Double {
        guard let number = node.scalar?.number else { throw mismatch(Double.self, "a number") }
        return number
    }
}

private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let mapping: Mapping
    let codingPath: [any CodingKey]
    var keysAreData = false

    var allKeys: [Key] { mapping.keys.compactMap { Key(stringValue: $0) } }

    private func name(_ key: Key) -> String { keysAreData ? key.stringValue : SnakeCase.name(of: key.stringValue) }

    func contains(_ key: Key) -> Bool { mapping.index(of: name(key)) != nil }

    private func node(_ key: Key) throws -> Node {
        guard let node = mapping[name(key)] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "the key"))
        }
        return node
    }

    func decodeNil(forKey key: Key) throws -> Bool { try node(key).isNull }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try node(key).boolean ?? decodeLeaf(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try node(key).string ?? decodeLeaf(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decodeLeaf(type, key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decodeLeaf(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decodeLeaf(type, key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decodeLeaf(type, key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decodeLeaf(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decodeLeaf(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decodeLeaf(type, key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decodeLeaf(type, key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decodeLeaf(type, key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decodeLeaf(type, key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decodeLeaf(type, key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decodeLeaf(type, key) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try decodeLeaf(type, key) }

    private func decodeLeaf<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
        try decode(type, try node(key), key)
    }

    private func decode<T: Decodable>(_ type: T.Type, _ node: Node, _ key: Key) throws -> T {
        try NodeDecoder.decode(type, node, at: codingPath + [key])
    }

    // What is there for all types asks the mapping three times.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let node = present(key) else { return nil }
        return try node.string ?? decode(type, node, key)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try present(key).map { try decode(type, $0, key) }
    }
    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        try present(key).map { try decode(type, $0, key) }
    }

    private func present(_ key: Key) -> Node? {
        guard let node = mapping[name(key)], !node.isNull else { return nil }
        return node
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        guard let inner = try node(key).mapping else {
            throw DecodingError.typeMismatch(
                Mapping.self, .init(codingPath: codingPath + [key], debugDescription: "a map"))
        }
        return KeyedDecodingContainer(KeyedReader<Nested>(mapping: inner, codingPath: codingPath + [key]))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        guard let items = try node(key).sequence else {
            throw DecodingError.typeMismatch(
                [Node].self, .init(codingPath: codingPath + [key], debugDescription: "a list"))
        }
        return ListReader(items: items, codingPath: codingPath + [key])
    }

    func superDecoder() throws -> any Decoder { preconditionFailure("no class is decoded in this program") }
    func superDecoder(forKey key: Key) throws -> any Decoder {
        preconditionFailure("no class is decoded in this program")
    }
}

private struct ListReader: UnkeyedDecodingContainer {
    let items: [Node]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    init(items: [Node], codingPath: [any CodingKey]) {
        self.items = items
        self.codingPath = codingPath
    }

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex == items.count }

    private mutating func next() throws -> Node {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Node.self, .init(codingPath: codingPath, debugDescription: "one more item"))
        }
        currentIndex += 1
        return items[currentIndex - 1]
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, items[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try NodeDecoder.decode(type, next(), at: codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        preconditionFailure("nothing in this program nests containers by hand")
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        preconditionFailure("nothing in this program nests containers by hand")
    }
    mutating func superDecoder() throws -> any Decoder { preconditionFailure("no class is decoded in this program") }
}

private struct ValueReader: SingleValueDecodingContainer {
    let decoder: NodeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.node.isNull }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.boolean() }
    func decode(_ type: String.Type) throws -> String { try decoder.string() }
    func decode(_ type: Double.Type) throws -> Double { try decoder.double() }
    func decode(_ type: Float.Type) throws -> Float { Float(try decoder.double()) }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer(type) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try NodeDecoder.decode(type, decoder.node, at: decoder.codingPath)
    }
}

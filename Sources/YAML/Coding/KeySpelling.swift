/// How a property's name is spelled in our JSON: `startedAt` is `started_at`.
enum SnakeCase {
    static func name(of property: String) -> String {
        let bytes = property.utf8.span
        guard bytes.indices.contains(where: { isCapital(bytes[$0]) }) else { return property }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 4)
        for index in bytes.indices {
            if isCapital(bytes[index]) {
                if index > 0 { result.append(UInt8(ascii: "_")) }
                result.append(bytes[index] | 0x20)
            } else {
                result.append(bytes[index])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}

/// Tells maps whose keys are data from properties, by the type of key that a container is asked for with.
enum KeyedByData {
    /// Whether it is what the standard library codes a `[String: Value]` with.
    ///
    /// Asking a value's type whether it is a dictionary costs a search of the whole program's conformances for each type
    /// that is none.
    static func isKey(_ type: any CodingKey.Type) -> Bool { ObjectIdentifier(type) == ofDictionaries }

    private static let ofDictionaries: ObjectIdentifier = {
        let probe = KeyProbe()
        do { try [String: Int]().encode(to: probe) } catch { preconditionFailure("an empty dictionary: \(error)") }
        guard let found = probe.found else { preconditionFailure("a dictionary of texts asks for a keyed container") }
        return found
    }()
}

/// Notes with what type of key something wants to be encoded.
private final class KeyProbe: Encoder {
    private(set) var found: ObjectIdentifier?
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    private let rest = ValueEncoder()

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        found = ObjectIdentifier(type)
        return KeyedEncodingContainer(KeyedWriter<Key>(encoder: rest, keysAreData: true))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { rest.unkeyedContainer() }
    func singleValueContainer() -> any SingleValueEncodingContainer { rest.singleValueContainer() }
}

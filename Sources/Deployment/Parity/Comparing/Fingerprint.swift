import YAML

/// A number for the content of a tree: equal trees have equal numbers, others almost never.
///
/// The same in every process, and independent of the order of keys. Lists are aligned by it; what it pairs is still
/// compared value by value, so that two trees with one number cannot hide a difference.
enum Fingerprint {
    static func of(_ node: Node) -> UInt64 {
        switch node.value {
        case .scalar(let scalar): of(scalar)
        case .sequence(let items): items.reduce(0x5E9) { mix($0 &* 31 &+ of($1)) }
        case .mapping(let mapping): mapping.entries.reduce(0x3A9) { $0 &+ mix(of($1.key) &* 3 &+ of($1.value)) }
        }
    }

    static func of(_ scalar: Scalar) -> UInt64 {
        switch scalar.kind {
        case .null: 0xA11
        case .boolean: scalar.boolean == true ? 0xB01 : 0xB00
        default: mix(of(scalar.text) &+ UInt64(scalar.kind.rawValue))
        }
    }

    /// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The finalizer of MurmurHash3, so that sums of numbers do not cancel out.
    private static func mix(_ number: UInt64) -> UInt64 {
        var number = number
        number ^= number >> 33
        number = number &* 0xFF51_AFD7_ED55_8CCD
        number ^= number >> 33
        number = number &* 0xC4CE_B9FE_1A85_EC53
        return number ^ (number >> 33)
    }
}

/// The children of the nodes of a `PatternTree` that have more than one: (node, byte) to child.
///
/// Open addressing with a multiplicative hash: a lookup costs a few cycles, where a `Dictionary` guards against keys
/// chosen to collide. Here whoever chooses the keys owns the secrets.
struct BranchTable: Sendable {
    /// Zero is a free place: keys are one more than `node << 8 | byte`.
    private var keys: [UInt64] = [UInt64](repeating: 0, count: 64)
    private var children: [UInt32] = [UInt32](repeating: 0, count: 64)
    private var taken = 0
    private var shift: UInt64 = 64 - 6

    /// The child, or zero.
    @inline(__always)
    func child(_ node: Int, _ byte: UInt8) -> Int {
        let key = BranchTable.key(node, byte)
        var place = home(key)
        while keys[place] != 0 {
            if keys[place] == key { return Int(children[place]) }
            place = (place + 1) & (keys.count - 1)
        }
        return 0
    }

    /// The pair must not be there yet.
    mutating func insert(_ node: Int, _ byte: UInt8, child: Int) {
        if taken * 2 >= keys.count { grow() }
        put(BranchTable.key(node, byte), UInt32(child))
        taken += 1
    }

    private mutating func put(_ key: UInt64, _ child: UInt32) {
        var place = home(key)
        while keys[place] != 0 { place = (place + 1) & (keys.count - 1) }
        keys[place] = key
        children[place] = child
    }

    private mutating func grow() {
        let old = zip(keys, children).filter { $0.0 != 0 }
        keys = [UInt64](repeating: 0, count: keys.count * 2)
        children = [UInt32](repeating: 0, count: keys.count)
        shift -= 1
        for (key, child) in old { put(key, child) }
    }

    private static func key(_ node: Int, _ byte: UInt8) -> UInt64 { UInt64(node) << 8 + UInt64(byte) + 1 }

    private func home(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift) }
}

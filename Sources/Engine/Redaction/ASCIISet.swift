/// A set of ASCII characters that is asked for a byte in a few cycles.
struct ASCIISet: Sendable {
    private var bits: (UInt64, UInt64) = (0, 0)

    /// The text must be ASCII.
    init(_ text: String) {
        for byte in text.utf8 {
            precondition(byte < 0x80, "not an ASCII character")
            if byte < 64 { bits.0 |= 1 << UInt64(byte) } else { bits.1 |= 1 << UInt64(byte - 64) }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 0x80 && (byte < 64 ? bits.0 >> UInt64(byte) : bits.1 >> UInt64(byte - 64)) & 1 != 0
    }
}

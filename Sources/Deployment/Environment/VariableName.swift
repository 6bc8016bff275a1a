/// The rule for names of variables: `[A-Za-z_][A-Za-z0-9_]*`.
package enum VariableName {
    package static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 256 else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
                || (byte >= 0x41 && (0x61...0x7A).contains(byte | 0x20))
        }
    }

    /// Names the program itself exports; nobody else may set them.
    package static func isReserved(_ text: String) -> Bool { text.hasPrefix("REHEARSE_") }

    package static let rule = "a letter or `_`, then letters, digits and `_`"
}

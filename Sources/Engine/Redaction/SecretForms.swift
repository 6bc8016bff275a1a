/// Everything that stands for one secret in an output.
struct SecretForms: Sendable {
    /// Bytes, without blanks around them. Also the least that an encoded form or a line must have.
    static let shortest = 6
    /// Bytes. In all its forms a secret takes up to 1,600 times its size in memory.
    static let longest = 16 * 1024

    private let value: [UInt8]

    init(_ value: [UInt8]) { self.value = SecretForms.trimmed(value[...]) }

    /// `nil` when the secret can be found.
    var problem: SecretMask.Problem.Cause? {
        if value.count < SecretForms.shortest { return .tooShort(bytes: value.count) }
        return value.count > SecretForms.longest ? .tooLong(bytes: value.count) : nil
    }

    /// All forms, some of them more than once; empty when there is a problem.
    func written(in encodings: [Encoding]) -> [[UInt8]] {
        guard problem == nil else { return [] }
        let texts = spellings + lines
        return encodings.flatMap { $0.forms(texts) }.filter { $0.count >= SecretForms.shortest }
    }

    /// The whole value, with each kind of line break when it has any.
    private var spellings: [[UInt8]] {
        let unix = joined(by: [0x0A])
        let dos = joined(by: [0x0D, 0x0A])
        return [value] + [unix, dos].filter { $0 != value }
    }

    private func joined(by end: [UInt8]) -> [UInt8] {
        guard value.contains(0x0A) else { return value }
        return Array(
            value.split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { $0.last == 0x0D ? $0.dropLast() : $0 }
                .joined(separator: end))
    }

    /// The lines that are long enough, without the blanks around them; empty for a value of one line.
    private var lines: [[UInt8]] {
        let lines = value.split { $0 == 0x0A || $0 == 0x0D }
        guard lines.count > 1 else { return [] }
        return lines.map(SecretForms.trimmed).filter { $0.count >= SecretForms.shortest }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = text.firstIndex(where: { !isBlank($0) }),
            let last = text.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return Array(text[first...last])
    }
}

/// Base64 (RFC 4648, sections 4 and 5): the bytes may begin at any of the three places in a group.
extension Encoding {
    static let base64: [Encoding] = [
        Encoding(name: "base64") { $0.flatMap(Base64.standard.forms(of:)) },
        Encoding(name: "base64, URL-safe") { $0.flatMap(Base64.urlSafe.forms(of:)) },
        Encoding(name: "base64, lines of 76") { $0.flatMap { Base64.standard.wrapped($0, at: 76) } },
        Encoding(name: "base64, lines of 64") { $0.flatMap { Base64.standard.wrapped($0, at: 64) } },
    ]
}

struct Base64: Sendable {
    private let alphabet: [UInt8]

    static let standard = Base64(last: "+/")
    static let urlSafe = Base64(last: "-_")

    private init(last: String) {
        alphabet = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
    }

    /// For each of the three places: the characters that depend on nothing but the bytes themselves, and the same
    /// with the end of the data behind them, with and without a newline before it, padded and not.
    func forms(of bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { lead in
            // Only whole characters: those that share bits with a neighbour are left out at both ends.
            let first = (lead * 8 + 5) / 6
            let last = (lead + bytes.count) * 8 / 6
            let padded = [UInt8](repeating: 0, count: lead) + bytes
            var forms = [Array(encode(padded, padding: false)[first..<last])]
            for end in [[], [0x0A] as [UInt8]] {
                forms.append(Array(encode(padded + end, padding: false)[first...]))
                forms.append(Array(encode(padded + end, padding: true)[first...]))
            }
            return forms
        }
    }

    /// The bytes alone, in lines as `base64` and `openssl` print them, as a whole and line by line.
    ///
    /// Empty when they fit on one line.
    func wrapped(_ bytes: [UInt8], at width: Int) -> [[UInt8]] {
        [[], [0x0A] as [UInt8]].flatMap { (end: [UInt8]) -> [[UInt8]] in
            let encoded = encode(bytes + end, padding: true)
            guard encoded.count > width else { return [] }
            let lines = stride(from: 0, to: encoded.count, by: width).map {
                Array(encoded[$0..<min($0 + width, encoded.count)])
            }
            return [Array(lines.joined(separator: [0x0A]))] + lines
        }
    }

    func encode(_ bytes: [UInt8], padding: Bool) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        for index in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - index)
            var group = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? Int(bytes[index + offset]) : 0) }
            for character in 0...count { encoded.append(alphabet[group >> (18 - 6 * character) & 63]) }
            if padding { encoded.append(contentsOf: repeatElement(0x3D, count: 3 - count)) }
        }
        return encoded
    }
}

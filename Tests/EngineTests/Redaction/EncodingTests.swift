import Testing

@testable import Engine

@Suite struct `Finding a secret as programs write it` {
    private static let masks = masks(Encoding.all)

    private static func masks(_ encodings: [Encoding]) -> [String: SecretMask] {
        let secrets = Set(EncodedExample.all.map(\.secret))
        return Dictionary(
            uniqueKeysWithValues: secrets.map { ($0, SecretMask([("S", Secret($0))], encodings: encodings)) })
    }

    @Test(arguments: EncodedExample.all)
    func `nothing of it is left, and nothing else is touched`(example: EncodedExample) {
        let mask = Self.masks[example.secret]
        #expect(mask?.mask(example.text) == example.masked)
    }

    /// Proves that the examples would notice the loss of any encoding.
    @Test(arguments: Encoding.all.map(\.name))
    func `without this encoding some example leaks`(name: String) {
        let masks = Self.masks(Encoding.all.filter { $0.name != name })
        #expect(EncodedExample.all.contains { masks[$0.secret]?.mask($0.text) != $0.masked })
    }

    @Test func `no two encodings have the same name`() {
        #expect(Set(Encoding.all.map(\.name)).count == Encoding.all.count)
    }

    /// `echo "$SECRET" | base64` ends in bits of the line break.
    @Test(arguments: ["hunter2", "hunter22", "hunter222"], ["", "\n"])
    func `base64 of a secret alone leaves nothing`(secret: String, end: String) {
        let encoded = ReferenceBase64.encode(Array((secret + end).utf8))
        let mask = SecretMask([("S", Secret(secret))])
        #expect(mask.mask(encoded) == "[secret S]")
        let unpadded = encoded.prefix { $0 != "=" }
        #expect(mask.mask(unpadded + "\n") == "[secret S]\n")
    }

    /// Of the six bits of a character that it shares with a neighbour at most four are the secret's.
    @Test(arguments: 0..<9, ["hunter2", "hunter22", "hunter222", "\u{FF}\u{FE}>>>???~~"])
    func `base64 leaves less than a byte at either end`(lead: Int, secret: String) {
        let text = [UInt8](repeating: 0x55, count: lead) + Array(secret.utf8) + Array("tail".utf8)
        let encoded = ReferenceBase64.encode(text)
        let masked = SecretMask([("S", Secret(secret))]).mask(encoded)
        let rest = encoded.utf8.count - (masked.utf8.count - "[secret S]".utf8.count)
        #expect(masked.contains("[secret S]"))
        #expect(rest * 6 > secret.utf8.count * 8 - 12)
    }
}

/// Base64 bit by bit, without anything in common with the encoder under test.
enum ReferenceBase64 {
    static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        while bits.count % 6 != 0 { bits.append(0) }
        let text = stride(from: 0, to: bits.count, by: 6).map { start in
            alphabet[bits[start..<(start + 6)].reduce(0) { $0 * 2 + Int($1) }]
        }
        return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }
}

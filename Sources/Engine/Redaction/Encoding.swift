/// One way in which programs write a text down, and in which a secret must be found too.
struct Encoding: Sendable {
    /// What writes like this.
    let name: String
    /// Everything that can stand for any of these texts in an output, whatever stands beside them.
    ///
    /// Nothing for a text that cannot be written like this.
    let forms: @Sendable (_ texts: [[UInt8]]) -> [[UInt8]]

    static let plain = Encoding(name: "plain") { $0 }

    /// All that are looked for, the most usual ones first.
    static let all: [Encoding] =
        [.plain] + Encoding.base64 + Encoding.percent + Encoding.json + Encoding.shell + Encoding.markup
        + Encoding.hexadecimal
}

extension Encoding {
    /// An encoding that replaces single bytes; `nil` for a byte that stands for itself.
    init(_ name: String, byte replacement: @escaping @Sendable (UInt8) -> [UInt8]?) {
        self.init(name: name) { texts in
            texts.map { text in
                var encoded: [UInt8] = []
                encoded.reserveCapacity(text.count)
                for byte in text {
                    if let replacement = replacement(byte) { encoded += replacement } else { encoded.append(byte) }
                }
                return encoded
            }
        }
    }

    /// An encoding that replaces code points; `nil` for one that stands for itself.
    ///
    /// Bytes that are not UTF-8 cannot be written in it.
    init(_ name: String, scalar replacement: @escaping @Sendable (Unicode.Scalar) -> [UInt8]?) {
        let ascii = Encoding(name) { (byte: UInt8) in replacement(Unicode.Scalar(byte)) }
        self.init(name: name) { texts in
            ascii.forms(texts.filter { $0.allSatisfy { $0 < 0x80 } })
                + texts.filter { $0.contains { $0 >= 0x80 } }.compactMap { text in
                    String(validating: text, as: UTF8.self)?.unicodeScalars.flatMap { scalar in
                        replacement(scalar) ?? Array(String(scalar).utf8)
                    }
                }
        }
    }
}

extension Encoding {
    static let lowercaseDigits = Array("0123456789abcdef".utf8)
    static let uppercaseDigits = Array("0123456789ABCDEF".utf8)

    static let hexadecimal: [Encoding] = [
        Encoding("hexadecimal, lower case") { byte in pair(byte, lowercaseDigits) },
        Encoding("hexadecimal, upper case") { byte in pair(byte, uppercaseDigits) },
    ]

    static func pair(_ byte: UInt8, _ digits: [UInt8]) -> [UInt8] {
        [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

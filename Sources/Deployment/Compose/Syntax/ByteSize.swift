/// `512`, `1.5g`, `64 MB`, `1KiB`: sizes in powers of 1024, as Docker reads them.
enum ByteSize {
    /// `nil` when the text is none, or negative, or too large.
    static func parse(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard
            let last = bytes.lastIndex(where: {
                ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: " ")
            })
        else { return nil }
        let end = bytes[last] == UInt8(ascii: " ") ? last : last + 1
        guard let number = GoNumber.float(String(decoding: bytes[..<end], as: UTF8.self)), number >= 0 else {
            return nil
        }
        let suffix = bytes[(last + 1)...].map { $0 | 0x20 }
        guard let multiplier = multiplier(suffix) else { return nil }
        let size = number * multiplier
        return size < 9.2e18 ? Int(size) : nil
    }

    private static func multiplier(_ suffix: [UInt8]) -> Double? {
        guard let first = suffix.first else { return 1 }
        if first == UInt8(ascii: "b") { return suffix.count == 1 ? 1 : nil }
        guard let power = [UInt8]("kmgtp".utf8).firstIndex(of: first) else { return nil }
        switch suffix.count {
        case 1: break
        case 2: guard suffix[1] == UInt8(ascii: "b") else { return nil }
        case 3: guard suffix[1] == UInt8(ascii: "i"), suffix[2] == UInt8(ascii: "b") else { return nil }
        default: return nil
        }
        return (0...power).reduce(1.0) { product, _ in product * 1_024 }
    }
}

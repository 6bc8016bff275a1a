/// Internet addresses as text (RFC 4291 section 2.2; four decimal numbers without leading zeros).
enum IPAddress {
    static func isValid(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: ":")) ? isVersion6(text) : isVersion4(text[...])
    }

    private static func isVersion4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
                    return false
                }
                return (part.utf8.count == 1 || part.utf8.first != 0x30) && (Int(part) ?? 256) < 256
            }
    }

    private static func isVersion6(_ text: String) -> Bool {
        let halves = split(text)
        guard let halves else { return false }
        let head = groups(halves.head, isLast: halves.tail == nil)
        guard let head else { return false }
        guard let tail = halves.tail else { return head == 8 }
        guard let count = groups(tail, isLast: true) else { return false }
        return head + count < 8
    }

    /// The parts before and after `::`; `nil` when it is there twice.
    private static func split(_ text: String) -> (head: Substring, tail: Substring?)? {
        let bytes = Array(text.utf8)
        var places: [Int] = []
        var index = 0
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == UInt8(ascii: ":") {
                places.append(index)
                index += 2
            } else {
                index += 1
            }
        }
        guard let place = places.first else { return (text[...], nil) }
        guard places.count == 1 else { return nil }
        let start = text.utf8.index(text.startIndex, offsetBy: place)
        return (text[..<start], text[text.utf8.index(start, offsetBy: 2)...])
    }

    /// How many groups of 16 bits; `nil` when one is wrong.
    private static func groups(_ text: Substring, isLast: Bool) -> Int? {
        if text.isEmpty { return 0 }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if isLast, index == parts.count - 1, part.contains(".") {
                guard isVersion4(part) else { return nil }
                count += 2
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal) else { return nil }
                count += 1
            }
        }
        return count
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
    }
}

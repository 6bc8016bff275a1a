import CHost

extension Digest {
    package static let live = Digest(sha256: { bytes in
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe bytes.withUnsafeBytes { unsafe chost_sha256($0.baseAddress, $0.count, &digest) }
        // One for each line of a journal: without a small array for each byte it takes a tenth of the time.
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        for byte in digest {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    })

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

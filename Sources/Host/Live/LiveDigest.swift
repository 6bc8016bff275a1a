import CHost

extension Digest {
    package static let live = Digest(sha256: { bytes in
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe bytes.withUnsafeBytes { unsafe chost_sha256($0.baseAddress, $0.count, &digest) }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    })
}

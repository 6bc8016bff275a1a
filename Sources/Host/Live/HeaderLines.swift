/// The head of an answer, line by line as it comes.
struct HeaderLines {
    private(set) var status: Int?
    private(set) var version = ""
    private(set) var headers: [HTTPHeader] = []
    /// Of all lines so far, those of interim answers included.
    private(set) var bytes = 0

    /// - Returns: whether it was a status line. With one everything that came before it was an interim answer.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        bytes += line.count
        let text = unsafe String(decoding: line, as: UTF8.self)
        let words = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        if words.starts(with: "HTTP/".utf8) {
            begin(Substring(words.dropFirst(5)))
            return true
        }
        guard let colon = text.utf8.firstIndex(of: 0x3A) else { return false }
        let name = Self.trimmed(text.utf8[..<colon])
        guard !name.isEmpty else { return false }
        headers.append(HTTPHeader(name, Self.trimmed(text.utf8[colon...].dropFirst())))
        return false
    }

    private mutating func begin(_ words: Substring) {
        headers = []
        let parts = words.utf8.split(maxSplits: 2, whereSeparator: { $0 <= 0x20 })
        version = parts.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        status = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) : nil
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let rest = bytes.drop(while: isBlank)
        guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(decoding: rest[...last], as: UTF8.self)
    }
}

extension CertificateFacts {
    /// Takes a line such as `Subject:CN = example.org` where it is one of ours.
    mutating func take(_ line: String) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = String(line[line.index(after: colon)...])
        switch line[..<colon] {
        case "Subject": subject = value
        case "Issuer": issuer = value
        case "Start date": notBefore = value
        case "Expire date": notAfter = value
        default: break
        }
    }
}

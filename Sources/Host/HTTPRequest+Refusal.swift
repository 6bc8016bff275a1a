extension HTTPRequest {
    /// Why it cannot be sent, without showing what may be a secret; `nil` when it can.
    package var refusal: String? {
        guard !method.isEmpty, method.utf8.allSatisfy(Self.isTokenByte) else { return "the method is no word" }
        guard !url.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "the URL holds a blank, a control character or one outside ASCII, which has to be percent-encoded"
        }
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else { return "the URL is neither http: nor https:" }
        let authority = url.dropFirst(scheme.count + 1).drop { $0 == "/" }.prefix { !"/?#\\".contains($0) }
        guard !authority.contains("@") else { return "the URL holds a user or a password" }
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(Self.isTokenByte) else {
                return "the name of a header is no word"
            }
            guard !header.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
                return "the header `\(header.name)` holds a line break or another control character"
            }
        }
        return nil
    }

    /// As libcurl wants them: a name with nothing is written with a semicolon, and what it would add by itself is
    /// switched off.
    var headerLines: [String] {
        var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        for own in body.isEmpty ? [] : ["Content-Type", "Expect"] where headers.value(own) == nil {
            lines.append("\(own):")
        }
        return lines
    }

    /// RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: false
        }
    }
}

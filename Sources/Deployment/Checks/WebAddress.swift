/// An absolute `http:` or `https:` URL without user, password and fragment, in one spelling.
package struct WebAddress: Hashable, Sendable {
    /// Who answers: what a credential is meant for, and nobody else.
    package struct Origin: Hashable, Sendable {
        /// `http` or `https`.
        package let scheme: String
        /// In small letters; an IPv6 address in its brackets.
        package let host: String
        package let port: Int

        package init(scheme: String, host: String, port: Int) {
            self.scheme = scheme
            self.host = host
            self.port = port
        }

        /// As it stands in a URL; the scheme's own port is left out.
        package var text: String { "\(scheme)://\(hostAndPort)" }

        package var hostAndPort: String { port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)" }
    }

    package let origin: Origin
    /// Begins with a slash; `..` and `.` are resolved.
    package let path: String
    /// Without its question mark; `nil` without one.
    package let query: String?

    package init(origin: Origin, path: String, query: String?) {
        self.origin = origin
        self.path = path
        self.query = query
    }

    package var text: String { origin.text + pathAndQuery }
    package var pathAndQuery: String { path + (query.map { "?\($0)" } ?? "") }

    /// The same page asked for with one more field in its query.
    package func adding(query field: String) -> WebAddress {
        WebAddress(origin: origin, path: path, query: query.map { "\($0)&\(field)" } ?? field)
    }
}

extension WebAddress {
    /// Why a text is no address.
    package enum Problem: Error, Hashable, Sendable {
        case characters
        case credentials
        case scheme
        case host
        case port
        /// It is relative, and there is nothing that it could start from.
        case noBase

        /// Completes "`TEXT` …".
        package var wording: String {
            switch self {
            case .characters: "holds a blank, a control character or one outside ASCII"
            case .credentials: "holds a user or a password"
            case .scheme: "is neither http: nor https:"
            case .host: "names no host"
            case .port: "has a port that is none"
            case .noBase: "is relative"
            }
        }

        package var expected: String {
            switch self {
            case .characters: "a URL, percent-encoded where it has to be"
            case .credentials: "a URL without; a secret goes into a header"
            case .scheme, .host: "such as `https://example.com/page`, or a path such as `/page`"
            case .port: "a number from 1 to 65535"
            case .noBase: "an absolute URL, or an environment with a `url`"
            }
        }
    }

    /// - Parameter base: where a relative URL starts.
    package init(_ text: String, from base: WebAddress? = nil) throws(Problem) {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else { throw .characters }
        let reference = text.prefix { $0 != "#" }
        if let scheme = Self.scheme(of: reference) {
            guard scheme == "http" || scheme == "https" else { throw .scheme }
            let rest = reference.dropFirst(scheme.utf8.count + 1)
            guard rest.hasPrefix("//") else { throw .host }
            try self.init(scheme: scheme, afterSlashes: rest.dropFirst(2))
            return
        }
        guard let base else { throw .noBase }
        if reference.hasPrefix("//") {
            try self.init(scheme: base.origin.scheme, afterSlashes: reference.dropFirst(2))
            return
        }
        let (path, query) = Self.parted(reference)
        if path.isEmpty {
            self.init(origin: base.origin, path: base.path, query: query ?? base.query)
        } else if path.hasPrefix("/") {
            self.init(origin: base.origin, path: Self.withoutDots(path), query: query)
        } else {
            let folder = base.path[...(base.path.lastIndex(of: "/") ?? base.path.startIndex)]
            self.init(origin: base.origin, path: Self.withoutDots(folder + path), query: query)
        }
    }

    private init(scheme: String, afterSlashes rest: Substring) throws(Problem) {
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .credentials }
        var host = authority
        var port = scheme == "https" ? 443 : 80
        let colon = authority.lastIndex(of: ":")
        if let colon, !authority[colon...].contains("]") {
            host = authority[..<colon]
            let digits = authority[authority.index(after: colon)...]
            if !digits.isEmpty {
                guard let number = Int(digits), (1...65_535).contains(number), digits.utf8.allSatisfy({ $0 != 0x2B })
                else { throw .port }
                port = number
            }
        }
        guard Self.isHost(host) else { throw .host }
        let (path, query) = Self.parted(rest[authority.endIndex...])
        self.init(
            origin: Origin(scheme: scheme, host: host.lowercased(), port: port), path: Self.withoutDots(path),
            query: query)
    }

    private static func isHost(_ host: Substring) -> Bool {
        if host.hasPrefix("[") {
            return host.hasSuffix("]") && host.utf8.count > 3
                && host.dropFirst().dropLast().utf8.allSatisfy {
                    (0x30...0x3A).contains($0) || (0x61...0x66).contains($0 | 0x20) || $0 == 0x2E || $0 == 0x25
                }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x2E
                    || $0 == 0x5F
            }
    }

    /// In small letters; `nil` for a relative reference. A path may hold a colon: only what looks like a scheme is one.
    private static func scheme(of text: Substring) -> String? {
        let word = text.prefix { $0 != ":" }
        guard word.endIndex != text.endIndex, let first = word.utf8.first, (0x61...0x7A).contains(first | 0x20),
            word.utf8.allSatisfy({
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
            })
        else { return nil }
        return word.lowercased()
    }

    private static func parted(_ text: Substring) -> (path: Substring, query: String?) {
        guard let mark = text.firstIndex(of: "?") else { return (text, nil) }
        return (text[..<mark], String(text[text.index(after: mark)...]))
    }

    /// RFC 3986 section 5.2.4.
    private static func withoutDots(_ path: Substring) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}

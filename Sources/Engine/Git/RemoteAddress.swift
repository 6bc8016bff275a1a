import Deployment

/// Where a remote is, as git spells it: a URL, `host:path` for SSH, or a path.
///
/// https://git-scm.com/docs/git-fetch#_git_urls
package struct RemoteAddress: Hashable, Sendable {
    package enum Transport: Hashable, Sendable {
        case https
        case ssh
        /// `file://`, or a path without it.
        case file
        /// One that is refused: `http`, `git`, `ext`, or a text that git would take for an option.
        case other(String)
    }

    package let text: String
    package let transport: Transport

    package init(_ text: String) {
        self.text = text
        transport = Self.transport(of: text)
    }

    package var isAllowed: Bool {
        if case .other = transport { false } else { true }
    }

    /// HTTP to this very machine: nobody can listen on the way.
    package var isLoopbackHTTP: Bool {
        guard let rest = text.value(after: "http://") else { return false }
        let authority = rest.prefix { $0 != "/" }
        let name = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return ["127.0.0.1", "localhost", "[::1]"].contains(String(name))
    }

    /// Whether the text holds what must not be written down: a password, or with HTTPS any user, which may be a token.
    package var holdsCredentials: Bool { SharedHistory.holdsCredentials(text) }

    /// The same place for a process that starts in another folder.
    ///
    /// - Parameter top: Absolute; the top of the working tree, where git itself starts relative paths.
    package func absolute(from top: String) -> RemoteAddress {
        guard transport == .file, !text.hasPrefix("/"), !text.contains("://") else { return self }
        return RemoteAddress(top.hasSuffix("/") ? top + text : "\(top)/\(text)")
    }

    /// By git's own order: a helper (`ext::…`), a URL, `host:path` when no slash comes first, else a path.
    private static func transport(of text: String) -> Transport {
        if text.isEmpty || text.hasPrefix("-") { return .other(text) }
        let scheme = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        let rest = text.dropFirst(scheme.count)
        if !scheme.isEmpty, rest.hasPrefix("::") { return .other(String(scheme)) }
        if !scheme.isEmpty, rest.hasPrefix("://") {
            switch scheme {
            case "https": return .https
            case "ssh", "git+ssh", "ssh+git": return .ssh
            case "file": return .file
            default: return .other(String(scheme))
            }
        }
        let beforeSlash = text.prefix { $0 != "/" }
        return beforeSlash.contains(":") ? .ssh : .file
    }
}

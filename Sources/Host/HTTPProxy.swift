/// The proxy that the environment names for a URL, as curl reads it.
///
/// `http_proxy` counts in small letters only, because a CGI server sets `HTTP_PROXY` from a header of its client.
package struct HTTPProxy: Hashable, Sendable {
    /// As the variable has it, with a password if it has one.
    package let address: String

    package init?(for url: String, _ variables: [String: String]) {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        let names =
            scheme == "https"
            ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] : ["http_proxy", "all_proxy", "ALL_PROXY"]
        guard let address = names.lazy.compactMap({ variables[$0] }).first(where: { !$0.isEmpty }) else { return nil }
        let exceptions = variables["no_proxy"] ?? variables["NO_PROXY"] ?? ""
        guard !Self.isExcepted(Self.host(of: url), by: exceptions) else { return nil }
        self.address = address
    }

    /// Without user and password.
    package var shown: String {
        guard let at = address.lastIndex(of: "@") else { return address }
        let scheme = address.firstRange(of: "://").map { address[..<$0.upperBound] } ?? ""
        return String(scheme + address[address.index(after: at)...])
    }

    private static func host(of url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = rest.prefix { !"/?#".contains($0) }
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }).lowercased() }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }

    /// A name also stands for all names below it.
    private static func isExcepted(_ host: String, by list: String) -> Bool {
        list.split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
            if entry == "*" { return true }
            let name = entry.drop { $0 == "." }.lowercased()
            return host == name || host.hasSuffix("." + name)
        }
    }
}

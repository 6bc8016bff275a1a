import Diagnostics
package import YAML

/// Takes exactly some routes out of a cache, and proves it.
package struct PurgeCheck: Hashable, Sendable {
    package enum Provider: String, Hashable, Sendable, CaseIterable {
        case varnish
        case fastly
        case cloudflare
        case http
    }

    /// A page of the origin and what its new version says.
    package struct OriginMarker: Hashable, Sendable {
        package var address: WebAddress
        package var marker: String
    }

    package var provider: Provider
    /// To be purged, each once; never empty.
    package var routes: [WebAddress]
    /// To stay in the cache.
    package var untouched: [WebAddress]
    package var origin: OriginMarker?
    /// Where the purging requests go; `nil`: the provider's own address, or for Varnish the route itself.
    package var endpoint: WebAddress?
    /// `PURGE` or `BAN` for Varnish, `POST` for the others.
    package var method: String
    package var headers: [CheckHeader]
    /// The secret that the provider asks for.
    package var token: String?
    /// Cloudflare's zone.
    package var zone: String?
    /// URLs in one call.
    package var batch: Int
    /// How long it waits for the origin's new version.
    package var wait: Duration
    /// How long a purged route may go on being a hit: edges hear of a purge one after the other.
    package var settle: Duration
    package var connection: CheckConnection
}

extension PurgeCheck.Provider {
    /// URLs in one call. Cloudflare takes 30 on all plans and today 100 on most
    /// (<https://developers.cloudflare.com/cache/how-to/purge-cache/>); Fastly and Varnish take one.
    var batch: (usual: Int, most: Int) {
        switch self {
        case .varnish, .fastly: (1, 1)
        case .cloudflare: (30, 500)
        case .http: (1, 1_000)
        }
    }

    /// What a purge of this provider has to name.
    var needsToken: Bool { self == .fastly || self == .cloudflare }
}

extension CheckReader {
    static let purgeKeys =
        [
            "provider", "routes", "untouched", "origin", "endpoint", "method", "headers", "token", "zone", "batch",
            "wait", "settle",
        ] + connectionKeys

    /// - Returns: `nil` when something is wrong, which is in `problems`, or not known yet.
    package func purge(_ node: Node) -> PurgeCheck? {
        guard let fields = Fields(node, of: "purge", known: Self.purgeKeys, problems: problems) else { return nil }
        guard fields.required("provider", expected: Wording.list(PurgeCheck.Provider.allCases.map(\.rawValue))) != nil,
            let provider = fields.choice("provider", PurgeCheck.Provider.self)?.value
        else { return nil }
        let routes = self.routes("routes", fields)
        let untouched = self.routes("untouched", fields)
        if (fields.list("routes") ?? []).isEmpty {
            problems.error(
                "there is no route, and purging nothing proves nothing",
                at: fields.contains("routes") ? fields.keyRange("routes") : fields.beginning,
                expected: "at least one URL under `routes`")
        }
        for address in untouched where routes.contains(where: { $0.value == address.value }) {
            problems.error(
                "`\(address.value.text)` is to be purged and to stay", at: address.range, expected: "one of them")
        }
        let token = fields.string("token")
        if provider.needsToken, token == nil {
            problems.error(
                "\(provider.rawValue) asks for a token", at: fields.beginning,
                expected: "`token: SECRET`, the name of one of the environment's secrets")
        }
        if let token, !VariableName.isValid(token.value) {
            problems.error("`\(token.value)` cannot be a secret's name", at: token.range, expected: VariableName.rule)
        }
        let zone = text("zone", fields)
        if provider == .cloudflare, zone == nil {
            problems.error("Cloudflare asks for a zone", at: fields.beginning, expected: "`zone: ID`")
        }
        if provider == .cloudflare, let zone, !isOpen(zone), !zone.utf8.allSatisfy(Self.isWordByte) {
            problems.error(
                "`zone` is no identifier", at: fields.node("zone")?.range ?? .none, expected: "letters and digits")
        }
        let endpoint = address("endpoint", fields)
        if provider == .http, !fields.contains("endpoint") {
            problems.error("`http` needs an address to call", at: fields.beginning, expected: "`endpoint: URL`")
        }
        let method = self.method(fields, initial: provider == .varnish ? "PURGE" : "POST")
        if provider == .varnish, !["PURGE", "BAN"].contains(method) {
            problems.error(
                "Varnish is not asked with `\(method)`", at: fields.node("method")?.range ?? .none,
                expected: "`PURGE` or `BAN`")
        }
        let sent = headers("headers", fields)
        if provider == .varnish, !fields.contains("endpoint"),
            token != nil || sent.contains(where: { !$0.value.secrets.isEmpty }),
            let other = routes.first(where: { $0.value.origin != routes[0].value.origin })
        {
            problems.error(
                "`\(other.value.text)` is of another origin than `\(routes[0].value.origin.text)`", at: other.range,
                expected: "routes of one origin, or an `endpoint`: a secret goes to no other")
        }
        let batch = fields.integer("batch", in: 1...provider.batch.most)?.value ?? provider.batch.usual
        let origin = self.origin(fields)
        guard !routes.isEmpty, provider != .http || endpoint != nil, provider != .cloudflare || zone != nil else {
            return nil
        }
        return PurgeCheck(
            provider: provider, routes: routes.map(\.value), untouched: untouched.map(\.value), origin: origin,
            endpoint: endpoint, method: method, headers: sent, token: token?.value, zone: zone,
            batch: batch, wait: positive("wait", fields) ?? .seconds(60),
            settle: fields.duration("settle")?.value ?? .seconds(5), connection: connection(fields))
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x5F
    }

    /// Exact addresses: a pattern would purge what nobody looked at.
    private func routes(_ key: String, _ fields: Fields) -> [Located<WebAddress>] {
        var seen: Set<WebAddress> = []
        return (fields.list(key) ?? []).compactMap { node in
            guard let text = text(node, key, fields), !isOpen(text) else { return nil }
            if text.contains("*") {
                problems.error(
                    "`\(text)` is a wildcard", at: node.range,
                    expected: "an exact URL: a wildcard purges what nobody looked at",
                    next: "name each route; `%2A` is a star in a URL")
                return nil
            }
            guard let address = address(node, key, fields) else { return nil }
            return seen.insert(address).inserted ? Located(address, node.range) : nil
        }
    }

    private func origin(_ fields: Fields) -> PurgeCheck.OriginMarker? {
        guard let node = fields.node("origin"),
            let inner = Fields(node, of: "origin", known: ["url", "marker"], problems: problems)
        else { return nil }
        let address = inner.required("url", expected: "a page of the origin, not of the cache")
            .flatMap { self.address($0, "url", inner) }
        let marker = inner.required("marker", expected: "what the new version of it says")
            .flatMap { text($0, "marker", inner) }
        guard let address, let marker else { return nil }
        return PurgeCheck.OriginMarker(address: address, marker: marker)
    }
}

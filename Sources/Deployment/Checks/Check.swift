package import Diagnostics
package import YAML

/// A check with its settings read and valid.
package enum Check: Hashable, Sendable {
    case http(HTTPCheck)
    case cache(CacheCheck)
    case loggedIn(LoggedInCheck)
    case purge(PurgeCheck)
    case measure(MeasureCheck)
    case security(SecurityCheck)

    /// Names of the secrets that it sends.
    package var secrets: Set<String> {
        switch self {
        case .http(let check):
            check.headers.reduce(check.body?.secrets ?? []) { $0.union($1.value.secrets) }
        case .cache(let check):
            check.rules.flatMap(\.bypass).reduce([]) { $0.union($1.value.secrets) }
        case .loggedIn(let check): check.credential.value.secrets
        case .purge(let check):
            check.headers.reduce(Set(check.token.map { [$0] } ?? [])) { $0.union($1.value.secrets) }
        case .measure(let check): check.headers.reduce([]) { $0.union($1.value.secrets) }
        case .security(let check):
            check.headers.reduce(Set(check.hiddenSecrets)) { $0.union($1.value.secrets) }
        }
    }
}

extension CheckReader {
    /// - Returns: `nil` when something is wrong, which is in `problems`, or not known yet.
    package func check(_ kind: CheckKind, _ node: Node, _ sources: SourceTable? = nil) -> Check? {
        switch kind {
        case .http: http(node).map { .http($0) }
        case .cache: cache(node, sources).map { .cache($0) }
        case .loggedIn: loggedIn(node).map { .loggedIn($0) }
        case .purge: purge(node).map { .purge($0) }
        case .measure: measure(node).map { .measure($0) }
        case .security: security(node).map { .security($0) }
        }
    }
}

extension CheckSettings {
    /// Whether running it twice may matter: only a check that sends something does.
    func changesSomething(_ kind: CheckKind) -> Bool {
        if kind == .security { return node["upload"] != nil }
        guard kind == .http else { return false }
        let method = node["method"]?.string ?? (node["body"] == nil ? "GET" : "POST")
        return !["GET", "HEAD", "OPTIONS"].contains(method.uppercased())
    }

    /// What it asks, in a line.
    package func summary(_ kind: CheckKind) -> String {
        let texts: (String) -> [String] = { (node[$0]?.sequence ?? []).compactMap(\.string) }
        switch kind {
        case .http:
            let url = node["url"]?.string ?? node.string ?? ""
            return "\(node["method"]?.string ?? (node["body"] == nil ? "GET" : "POST")) \(url)"
        case .cache:
            let names = (node["rules"]?.sequence ?? []).compactMap { $0["name"]?.string }
            return "\(Wording.count(names.count, "rule")): \(names.joined(separator: ", "))"
        case .loggedIn:
            return
                "with and without a credential: \((texts("urls") + (node["url"]?.string.map { [$0] } ?? [])).joined(separator: " "))"
        case .purge: return "\(node["provider"]?.string ?? ""): \(texts("routes").joined(separator: " "))"
        case .measure:
            let count = node["requests"]?.integer ?? MeasureCheck.defaultRequests
            let urls = texts("urls") + (node["url"]?.string.map { [$0] } ?? [])
            return "\(Wording.count(count, "request")) to \(urls.joined(separator: " "))"
        case .security: return (node.mapping?.entries ?? []).map(\.key).joined(separator: ", ")
        }
    }
}

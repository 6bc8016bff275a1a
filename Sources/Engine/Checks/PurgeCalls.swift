import Deployment
import Host
import YAML

/// The requests that make a provider purge, and how it says yes.
///
/// Fastly: <https://www.fastly.com/documentation/reference/api/purging/>. Cloudflare:
/// <https://developers.cloudflare.com/api/resources/cache/methods/purge/>.
struct PurgeCalls {
    let check: PurgeCheck

    private static let fastly = WebAddress.Origin(scheme: "https", host: "api.fastly.com", port: 443)
    private static let cloudflare = WebAddress.Origin(scheme: "https", host: "api.cloudflare.com", port: 443)

    /// - Parameter batch: as many as the check allows; never empty.
    func request(_ batch: [WebAddress]) -> CheckRequest {
        var headers = check.headers
        switch check.provider {
        case .varnish:
            let route = batch[0]
            if let token { headers.append(CheckHeader("Authorization", SecretText([.text("Bearer "), token]))) }
            guard let endpoint = check.endpoint, endpoint.origin != route.origin else {
                return request(route, headers)
            }
            // Varnish knows an object by its host and its path.
            headers.append(CheckHeader("Host", SecretText(plain: route.origin.hostAndPort)))
            return request(WebAddress(origin: endpoint.origin, path: route.path, query: route.query), headers)
        case .fastly:
            let route = batch[0]
            if let token { headers.append(CheckHeader("Fastly-Key", SecretText([token]))) }
            let path = "/purge/\(route.origin.hostAndPort)\(route.path)"
            return request(
                WebAddress(origin: check.endpoint?.origin ?? Self.fastly, path: path, query: route.query), headers)
        case .cloudflare:
            if let token { headers.append(CheckHeader("Authorization", SecretText([.text("Bearer "), token]))) }
            let path = "/client/v4/zones/\(check.zone ?? "")/purge_cache"
            return request(
                WebAddress(origin: check.endpoint?.origin ?? Self.cloudflare, path: path, query: nil), headers,
                ["files": batch])
        case .http:
            if let token { headers.append(CheckHeader("Authorization", SecretText([.text("Bearer "), token]))) }
            return request(check.endpoint ?? batch[0], headers, ["urls": batch])
        }
    }

    private var token: SecretText.Piece? { check.token.map { .secret($0) } }

    private func request(
        _ address: WebAddress, _ headers: [CheckHeader], _ body: [String: [WebAddress]]? = nil
    ) -> CheckRequest {
        var headers = headers
        var text: SecretText?
        if let body {
            headers.append(CheckHeader("Content-Type", SecretText(plain: "application/json")))
            let entries = body.map { (key: $0.key, value: Node.strings($0.value.map(\.text))) }
            text = SecretText(plain: JSONWriter.line(.mapping(entries)))
        }
        return CheckRequest(check.method, address, headers: headers, body: text, connection: check.connection)
    }

    /// A status alone is not enough where the provider has a word for it.
    func isAccepted(_ exchange: Exchange) -> Bool {
        guard case .success(let response) = exchange.result, (200...299).contains(response.status) else { return false }
        let answer = try? JSONReader.read(response.body)
        switch check.provider {
        case .varnish, .http: return true
        case .fastly: return answer?["status"]?.string == "ok"
        case .cloudflare: return answer?["success"]?.boolean == true
        }
    }

    var acceptance: String {
        switch check.provider {
        case .varnish, .http: "status 200 to 299"
        case .fastly: "status 200 and `\"status\": \"ok\"`"
        case .cloudflare: "status 200 and `\"success\": true`"
        }
    }
}

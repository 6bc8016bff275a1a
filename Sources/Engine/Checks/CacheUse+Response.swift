import Deployment
import Host

extension CacheUse {
    /// What an answer says of the cache it came through.
    init(_ response: HTTPResponse) {
        let headers = response.headers
        let statuses =
            [
                headers.value("Cache-Status").map { $0.lowercased() }, headers.value("X-Cache")?.lowercased(),
                headers.value("CF-Cache-Status")?.lowercased(), headers.value("X-Cache-Status")?.lowercased(),
            ].compactMap(\.self)
        if statuses.contains(where: { $0.contains("hit") && !$0.contains("fwd=") }) {
            self = .hit
        } else if let age = headers.value("Age").flatMap({ Int($0) }), age > 0 {
            self = .hit
        } else if let varnish = headers.value("X-Varnish") {
            self = varnish.split(separator: " ").count > 1 ? .hit : .miss
        } else {
            self = statuses.isEmpty ? .unsaid : .miss
        }
    }
}

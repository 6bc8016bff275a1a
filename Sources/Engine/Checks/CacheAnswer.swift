package import Deployment
package import Host

/// Whether an answer came from a cache, by what caches write into its headers.
///
/// An answer passes several caches; it is a hit when any of them says so.
package struct CacheAnswer: Hashable, Sendable {
    package private(set) var use = CacheUse.unsaid
    /// The header that said so: `X-Cache: HIT`.
    package private(set) var evidence: String?

    package init(_ headers: [HTTPHeader]) {
        for header in headers {
            let found = Self.use(header)
            guard found == .hit && use != .hit || found == .miss && use == .unsaid else { continue }
            use = found
            evidence = "\(header.name): \(header.value)"
        }
    }

    /// `hit (X-Cache: HIT)`; `nil` where nothing says anything.
    package var shortly: String? {
        switch use {
        case .hit: "a hit (\(evidence ?? ""))"
        case .miss: "no hit (\(evidence ?? ""))"
        case .unsaid: nil
        }
    }

    private static func use(_ header: HTTPHeader) -> CacheUse {
        switch header.name.lowercased() {
        case "cache-status": cacheStatus(header.value)
        case "age": age(header.value)
        case "x-varnish": varnish(header.value)
        case "x-cache", "cf-cache-status", "x-cache-status", "x-proxy-cache", "x-nginx-cache", "cdn-cache",
            "x-cache-remote", "x-vercel-cache", "x-litespeed-cache":
            words(header.value)
        default: .unsaid
        }
    }

    /// RFC 9211: a list of caches, each with parameters: `"edge"; hit; ttl=30, origin; fwd=miss; stored`.
    private static func cacheStatus(_ value: String) -> CacheUse {
        var use = CacheUse.unsaid
        for member in split(value, ",") {
            let parameters = split(member, ";").dropFirst().map { trimmed($0).lowercased() }
            if parameters.contains(where: { $0 == "hit" || $0 == "hit=?1" }) { return .hit }
            if parameters.contains(where: { $0 == "hit=?0" || $0.hasPrefix("fwd=") }) { use = .miss }
        }
        return use
    }

    /// A new object has the age 0, and so has one that was kept for less than a second.
    private static func age(_ value: String) -> CacheUse { (Int(value) ?? 0) > 0 ? .hit : .unsaid }

    /// The number of this request, and on a hit that of the one that fetched the object.
    private static func varnish(_ value: String) -> CacheUse {
        let numbers = value.split(separator: " ")
        guard !numbers.isEmpty, numbers.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return .unsaid
        }
        return numbers.count == 1 ? .miss : .hit
    }

    /// `HIT`, `Hit from cloudfront`, `TCP_HIT`, `MISS, HIT`, and nginx's `$upstream_cache_status`: all but the first four
    /// mean that the origin was asked.
    private static func words(_ value: String) -> CacheUse {
        var use = CacheUse.unsaid
        for member in split(value, ",") {
            let word = trimmed(member).uppercased().prefix { $0 != " " }
            if word.hasSuffix("HIT") || ["STALE", "UPDATING", "REVALIDATED", "REFRESHHIT"].contains(word) {
                return .hit
            }
            if word.hasSuffix("MISS") || word.hasPrefix("TCP_")
                || ["BYPASS", "EXPIRED", "DYNAMIC", "PASS", "ERROR", "IGNORED", "NONE"].contains(word)
            {
                use = .miss
            }
        }
        return use
    }

    /// Parts between separators; what stands in double quotes is not looked into.
    private static func split(_ text: String, _ separator: Character) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == separator, !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts
    }

    private static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return String(rest.drop { $0 == " " || $0 == "\t" })
    }
}

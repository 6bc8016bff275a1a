package import Host

/// Whether an answer came from a cache, by what caches write into its headers.
///
/// An answer passes several caches; it is a hit when any of them says so.
package struct CacheAnswer: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case hit
        case miss
        /// Nothing says anything.
        case unknown
    }

    package private(set) var verdict = Verdict.unknown
    /// The header that said so: `X-Cache: HIT`.
    package private(set) var evidence: String?

    package init(_ headers: [HTTPHeader]) {
        for header in headers {
            let found = Self.verdict(header)
            guard found == .hit && verdict != .hit || found == .miss && verdict == .unknown else { continue }
            verdict = found
            evidence = "\(header.name): \(header.value)"
        }
    }

    /// `hit (X-Cache: HIT)`; `nil` where nothing says anything.
    package var shortly: String? {
        switch verdict {
        case .hit: "a hit (\(evidence ?? ""))"
        case .miss: "no hit (\(evidence ?? ""))"
        case .unknown: nil
        }
    }

    private static func verdict(_ header: HTTPHeader) -> Verdict {
        switch header.name.lowercased() {
        case "cache-status": cacheStatus(header.value)
        case "age": age(header.value)
        case "x-varnish": varnish(header.value)
        case "x-cache", "cf-cache-status", "x-cache-status", "x-proxy-cache", "x-nginx-cache", "cdn-cache",
            "x-cache-remote", "x-vercel-cache", "x-litespeed-cache":
            words(header.value)
        default: .unknown
        }
    }

    /// RFC 9211: a list of caches, each with parameters: `"edge"; hit; ttl=30, origin; fwd=miss; stored`.
    private static func cacheStatus(_ value: String) -> Verdict {
        var verdict = Verdict.unknown
        for member in split(value, ",") {
            let parameters = split(member, ";").dropFirst().map { trimmed($0).lowercased() }
            if parameters.contains(where: { $0 == "hit" || $0 == "hit=?1" }) { return .hit }
            if parameters.contains(where: { $0 == "hit=?0" || $0.hasPrefix("fwd=") }) { verdict = .miss }
        }
        return verdict
    }

    /// A new object has the age 0, and so has one that was kept for less than a second.
    private static func age(_ value: String) -> Verdict { (Int(value) ?? 0) > 0 ? .hit : .unknown }

    /// The number of this request, and on a hit that of the one that fetched the object.
    private static func varnish(_ value: String) -> Verdict {
        let numbers = value.split(separator: " ")
        guard !numbers.isEmpty, numbers.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return .unknown
        }
        return numbers.count == 1 ? .miss : .hit
    }

    /// `HIT`, `Hit from cloudfront`, `TCP_HIT`, `MISS, HIT`, and nginx's `$upstream_cache_status`: all but the first four
    /// mean that the origin was asked.
    private static func words(_ value: String) -> Verdict {
        var verdict = Verdict.unknown
        for member in split(value, ",") {
            let word = trimmed(member).uppercased().prefix { $0 != " " }
            if word.hasSuffix("HIT") || ["STALE", "UPDATING", "REVALIDATED", "REFRESHHIT"].contains(word) {
                return .hit
            }
            if word.hasSuffix("MISS") || word.hasPrefix("TCP_")
                || ["BYPASS", "EXPIRED", "DYNAMIC", "PASS", "ERROR", "IGNORED", "NONE"].contains(word)
            {
                verdict = .miss
            }
        }
        return verdict
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

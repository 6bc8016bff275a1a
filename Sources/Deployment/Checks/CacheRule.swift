/// What a cache may keep or not, with examples to ask for.
package struct CacheRule: Hashable, Sendable {
    package var name: String
    package var description: String
    package var owner: String?
    /// Paths with `*` for anything but a slash and `**` for anything.
    package var match: [String]
    /// Examples that the second answer must come from a cache for.
    package var cached: [WebAddress]
    /// Examples that no cache may ever answer for.
    package var notCached: [WebAddress]
    /// With any of these a cached example is not answered from a cache.
    package var bypass: [CheckHeader]
    /// `nil`: a cached example is no error, and of the others nothing is asked.
    package var statuses: [ClosedRange<Int>]?
    package var expectedHeaders: [Expected]
    /// `FILE:LINE:COLUMN`, where the rule stands.
    package var place: String?

    package struct Expected: Hashable, Sendable {
        package let name: String
        package let value: TextExpectation
    }

    package func covers(_ address: WebAddress) -> Bool {
        cached.contains(address) || notCached.contains(address)
            || Self.isMatched(address, by: match)
    }

    static func isMatched(_ address: WebAddress, by patterns: [String]) -> Bool {
        patterns.contains { matches(Array(address.path.utf8)[...], Array($0.utf8)[...]) }
    }

    /// Goes through the pattern once and keeps every position of the path that it may have come to: no path and pattern
    /// take longer than the product of their lengths.
    private static func matches(_ path: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        let star = UInt8(ascii: "*")
        var reachable = Set([path.startIndex])
        var position = pattern.startIndex
        while position < pattern.endIndex {
            var next: Set<Int> = []
            if pattern[position] == star {
                let isDeep = position + 1 < pattern.endIndex && pattern[position + 1] == star
                position += isDeep ? 2 : 1
                for start in reachable {
                    var end = start
                    // Where another start has been, it has gone on from there, too.
                    while next.insert(end).inserted, end < path.endIndex, isDeep || path[end] != UInt8(ascii: "/") {
                        end += 1
                    }
                }
            } else {
                for start in reachable where start < path.endIndex && path[start] == pattern[position] {
                    next.insert(start + 1)
                }
                position += 1
            }
            reachable = next
        }
        return reachable.contains(path.endIndex)
    }
}

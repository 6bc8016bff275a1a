/// What answers have to have in common so that their response times may be compared.
package struct AnswerKind: Hashable, Sendable, Comparable {
    /// As it was asked for in the settings: two addresses of one path on two hosts are of one kind.
    package let route: String
    /// Whether a cache answered.
    package let cache: CacheUse

    package init(route: String, cache: CacheUse) {
        self.route = route
        self.cache = cache
    }

    package static func < (left: AnswerKind, right: AnswerKind) -> Bool {
        (left.route, left.cache.rawValue) < (right.route, right.cache.rawValue)
    }

    package var description: String {
        switch cache {
        case .hit: "\(route), from a cache"
        case .miss: "\(route), past the cache"
        case .unsaid: route
        }
    }
}

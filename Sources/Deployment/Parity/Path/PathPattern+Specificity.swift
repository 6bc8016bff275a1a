extension PathPattern {
    /// How narrowly a pattern says what it means; the greater one decides when two rules match.
    ///
    /// More segments named in full win; then fewer `**`, fewer `*`, fewer partial names; then the pattern that names
    /// a segment in full earlier.
    package struct Specificity: Hashable, Comparable, Sendable {
        let named: Int
        let depths: Int
        let stars: Int
        let globs: Int
        let places: [Int]

        package static func < (left: Specificity, right: Specificity) -> Bool {
            if left.named != right.named { return left.named < right.named }
            if left.depths != right.depths { return left.depths > right.depths }
            if left.stars != right.stars { return left.stars > right.stars }
            if left.globs != right.globs { return left.globs > right.globs }
            return left.places.lexicographicallyPrecedes(right.places)
        }
    }

    package var specificity: Specificity {
        let places = parts.map(\.rank)
        var named = places.count { $0 == Part.namedRank }
        // Each further key of a selector names more.
        for case .item(let pairs, let occurrence) in parts { named += pairs.count - 1 + (occurrence == nil ? 0 : 1) }
        return Specificity(
            named: named,
            depths: places.count { $0 == 0 },
            stars: places.count { $0 == 1 },
            globs: places.count { $0 == 2 },
            places: places
        )
    }
}

extension PathPattern.Part {
    fileprivate static let namedRank = 3

    fileprivate var rank: Int {
        switch self {
        case .anyDepth: 0
        case .anySegment, .anyItem: 1
        case .key(let glob): glob.isLiteral ? Self.namedRank : 2
        case .item(let pairs, _): pairs.allSatisfy(\.value.isLiteral) ? Self.namedRank : 2
        case .position: Self.namedRank
        }
    }
}

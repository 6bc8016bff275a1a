import Diagnostics
import YAML

/// Goes through two trees side by side and writes down what differs.
struct ComparisonWalk {
    /// Where the two values, or the nearest keys above them, stand.
    typealias Ranges = (left: SourceRange, right: SourceRange)

    private let options: ComparisonOptions
    private var path: [ParityPath.Segment]
    private var differences: [Difference] = []
    private var equalCount = 0
    private var reordered: [ParityPath] = []

    init(options: ComparisonOptions, path: ParityPath = ParityPath()) {
        self.options = options
        self.path = path.segments
    }

    var result: ComparisonResult {
        ComparisonResult(
            differences: differences.sorted(), equalCount: equalCount, reordered: reordered.sorted(), options: options)
    }

    mutating func compare(_ left: Node, _ right: Node, _ shape: DocumentShape?, _ ranges: Ranges) {
        switch (left.value, right.value) {
        case (.scalar(let one), .scalar(let other)): compare(one, other, left, right, shape, ranges)
        case (.mapping(let one), .mapping(let other)): compare(one, other, left, right, shape, ranges)
        case (.sequence(let one), .sequence(let other)): compare(one, other, left, right, shape, ranges)
        default: compareForms(left, right, shape, ranges)
        }
    }

    // MARK: - Scalars

    private mutating func compare(
        _ one: Scalar, _ other: Scalar, _ left: Node, _ right: Node, _ shape: DocumentShape?, _ ranges: Ranges
    ) {
        switch one.comparison(with: other, spelling: shape?.keepsSpelling ?? false) {
        case .same: equalCount += 1
        case .sameButType: add(.changed, isTypeOnly: true, left, right, ranges)
        case .different: add(.changed, left, right, ranges)
        }
    }

    // MARK: - Maps

    private mutating func compare(
        _ one: Mapping, _ other: Mapping, _ left: Node, _ right: Node, _ shape: DocumentShape?, _ ranges: Ranges
    ) {
        if one.isEmpty, other.isEmpty {
            equalCount += 1
            return
        }
        if shape?.isChoice == true, Self.choices(one) != Self.choices(other) {
            compareChoices(one, other, left, right, shape, ranges)
            return
        }
        var shared = 0
        for (index, entry) in one.entries.enumerated() {
            path.append(.key(entry.key))
            // Two files of one team mostly have their keys in one order.
            let counterpart =
                index < other.count && other.entries[index].key == entry.key
                ? other.entries[index] : other.entry(entry.key)
            if let counterpart {
                shared += 1
                compare(
                    entry.value, counterpart.value, shape?.child(entry.key), (entry.keyRange, counterpart.keyRange))
            } else {
                add(.removed, entry.value, nil, (entry.keyRange, ranges.right))
            }
            path.removeLast()
        }
        guard shared < other.count else { return }
        for entry in other.entries where one.index(of: entry.key) == nil {
            path.append(.key(entry.key))
            add(.added, nil, entry.value, (ranges.left, entry.keyRange))
            path.removeLast()
        }
    }

    /// The keys that are alternatives: the digest of a secret stands beside whichever it is.
    private static func choices(_ mapping: Mapping) -> Set<String> { Set(mapping.keys).subtracting([digestKey]) }

    private static let digestKey = "digest"

    /// Another alternative is one difference; what both have beside it is compared for itself.
    private mutating func compareChoices(
        _ one: Mapping, _ other: Mapping, _ left: Node, _ right: Node, _ shape: DocumentShape?, _ ranges: Ranges
    ) {
        guard let digest = one.entry(Self.digestKey), let counterpart = other.entry(Self.digestKey) else {
            add(.changed, left, right, ranges)
            return
        }
        let sides = [(one, left), (other, right)].map { mapping, node in
            Node(.mapping(Mapping(mapping.entries.filter { $0.key != Self.digestKey })), range: node.range)
        }
        add(.changed, sides[0], sides[1], ranges)
        path.append(.key(Self.digestKey))
        compare(digest.value, counterpart.value, shape?.child(Self.digestKey), (digest.keyRange, counterpart.keyRange))
        path.removeLast()
    }

    // MARK: - Lists

    private mutating func compare(
        _ one: [Node], _ other: [Node], _ left: Node, _ right: Node, _ shape: DocumentShape?, _ ranges: Ranges
    ) {
        if let leaves = Self.leaves(left, right) {
            equalCount += leaves
            return
        }
        if shape?.list == .pairs, let pairs = KeyValueList.mapping(one), let others = KeyValueList.mapping(other) {
            compare(pairs, others, left, right, nil, ranges)
            return
        }
        let matching = ListMatching(one, other, shape?.list ?? .unknown, options)
        if matching.isReordered { reordered.append(ParityPath(path)) }
        for match in matching.matches {
            path.append(match.segment)
            switch (match.left.map { one[$0] }, match.right.map { other[$0] }) {
            case (let item?, let counterpart?):
                compare(item, counterpart, shape?.items, (item.range, counterpart.range))
            case (let item?, nil): add(.removed, item, nil, (item.range, ranges.right))
            case (nil, let item?): add(.added, nil, item, (ranges.left, item.range))
            case (nil, nil): preconditionFailure("a match has at least one item")
            }
            path.removeLast()
        }
    }

    /// How many leaf values two trees have when they are the same; `nil` as soon as they are not.
    ///
    /// Most lists are, and pairing their items one by one would take much longer.
    private static func leaves(_ left: Node, _ right: Node) -> Int? {
        switch (left.value, right.value) {
        case (.scalar(let one), .scalar(let other)):
            return one.comparison(with: other, spelling: true) == .same ? 1 : nil
        case (.sequence(let one), .sequence(let other)):
            guard one.count == other.count else { return nil }
            var sum = one.isEmpty ? 1 : 0
            for index in one.indices {
                guard let leaves = leaves(one[index], other[index]) else { return nil }
                sum += leaves
            }
            return sum
        case (.mapping(let one), .mapping(let other)):
            guard one.count == other.count else { return nil }
            var sum = one.isEmpty ? 1 : 0
            for entry in one.entries {
                guard let value = other[entry.key], let leaves = leaves(entry.value, value) else { return nil }
                sum += leaves
            }
            return sum
        default: return nil
        }
    }

    // MARK: - Two ways to write the same

    /// Values of different forms: the same to Compose where it takes a list of texts for a map, or a text for a list
    /// of one.
    private mutating func compareForms(_ left: Node, _ right: Node, _ shape: DocumentShape?, _ ranges: Ranges) {
        switch shape?.list {
        case .pairs?:
            if let one = KeyValueList.mapping(left), let other = KeyValueList.mapping(right) {
                compare(one, other, left, right, nil, ranges)
                return
            }
        case .set?, .sequence?:
            if let one = Self.members(left), let other = Self.members(right) {
                let wrapped = (Node(.sequence(one), range: left.range), Node(.sequence(other), range: right.range))
                compare(one, other, wrapped.0, wrapped.1, shape, ranges)
                return
            }
        default: break
        }
        add(.changed, left, right, ranges)
    }

    private static func members(_ node: Node) -> [Node]? {
        if let items = node.sequence { return items }
        return node.string == nil ? nil : [node]
    }

    // MARK: - Writing down

    private mutating func add(
        _ kind: Difference.Kind, isTypeOnly: Bool = false, _ left: Node?, _ right: Node?, _ ranges: Ranges
    ) {
        differences.append(
            Difference(
                ParityPath(path),
                kind,
                isTypeOnly: isTypeOnly,
                left: left,
                right: right,
                leftRange: left.map { Self.range(of: $0, key: ranges.left) } ?? ranges.left,
                rightRange: right.map { Self.range(of: $0, key: ranges.right) } ?? ranges.right
            )
        )
    }

    /// A scalar stands where it is written; a collection, or a null that nobody wrote, at its key.
    private static func range(of node: Node, key: SourceRange) -> SourceRange {
        if let scalar = node.scalar, !node.range.isNone, scalar.kind != .null || !scalar.text.isEmpty {
            return node.range
        }
        return key.isNone ? node.range : key
    }
}

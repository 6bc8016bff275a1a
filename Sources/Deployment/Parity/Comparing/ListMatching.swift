import YAML

/// Which items of two lists are the same item, and how a path names each.
struct ListMatching {
    /// An item that both lists have, or that only one has.
    struct Match {
        var left: Int?
        var right: Int?
        var segment: ParityPath.Segment
    }

    private(set) var matches: [Match] = []
    /// Whether equal items stand in another order, in a list of which nobody said whether that matters.
    private(set) var isReordered = false

    private let left: [Node]
    private let right: [Node]
    private let options: ComparisonOptions

    init(_ left: [Node], _ right: [Node], _ meaning: ListMeaning, _ options: ComparisonOptions) {
        self.left = left
        self.right = right
        self.options = options
        switch meaning {
        case .ordered, .sequence: alignAll(movesCount: true)
        case .identified(let identity): identify(by: identity)
        case .set where (left + right).allSatisfy { $0.scalar != nil }: compareMembers()
        case .set, .unknown, .pairs:
            if let key = identifyingKey {
                identify(by: ItemIdentity([[key]]))
            } else {
                alignAll(movesCount: false)
            }
        }
    }

    // MARK: - Without identity

    private mutating func alignAll(movesCount: Bool) {
        align(Array(left.indices), Array(right.indices), movesCount: movesCount)
    }

    private mutating func align(_ lefts: [Int], _ rights: [Int], movesCount: Bool) {
        let found = SequenceAlignment.matches(
            lefts.map { left[$0] }, rights.map { right[$0] }, movesCount: movesCount)
        for match in found {
            let place = ParityPath.Place(left: match.left.map { lefts[$0] }, right: match.right.map { rights[$0] })
            matches.append(Match(left: place.left, right: place.right, segment: .position(place)))
            if match.isMoved { isReordered = true }
        }
    }

    // MARK: - Sets

    /// Equal members first, then members that differ in type alone.
    private mutating func compareMembers() {
        var pairing = Pairing(leftCount: left.count, rightCount: right.count)
        let spelling = { (node: Node) in node.scalar.map { $0.kind == .null ? "null" : $0.text } ?? "" }
        pairing.pair(left, right) { "\($0.scalar?.kind.rawValue ?? 0) \(spelling($0))" }
        pairing.pair(left, right, by: spelling)
        name(pairing.all) { left, right in (left ?? right).map { [ParityPath.Pair(nil, spelling($0))] } ?? [] }
    }

    // MARK: - Identities

    /// The first key that every item has, if possible one whose values are distinct on both sides.
    private var identifyingKey: String? {
        guard !left.isEmpty || !right.isEmpty, (left + right).allSatisfy({ $0.mapping != nil }) else { return nil }
        let candidates = options.identifyingKeys.filter { key in
            (left + right).allSatisfy { $0.value(along: key) != nil }
        }
        return candidates.first { key in
            [left, right].allSatisfy { items in Set(items.map { $0.value(along: key) }).count == items.count }
        } ?? candidates.first
    }

    private mutating func identify(by identity: ItemIdentity) {
        var pairing = Pairing(leftCount: left.count, rightCount: right.count)
        for keys in identity.passes {
            pairing.pair(left, right, by: { identity.value(of: keys, in: $0) }) { namesakes($0, $1) }
        }
        if identity.isOrdered, !pairing.keepsOrder {
            alignAll(movesCount: true)
            return
        }
        let nameless = name(pairing.all) { identity.shownPairs($0, $1) }
        if !nameless.isEmpty {
            align(nameless.compactMap(\.left), nameless.compactMap(\.right), movesCount: identity.isOrdered)
        }
    }

    /// Pairs items that share an identity: equal ones first, then in order.
    private func namesakes(_ lefts: [Int], _ rights: [Int]) -> [(left: Int, right: Int)] {
        let found = SequenceAlignment.matches(lefts.map { left[$0] }, rights.map { right[$0] }, movesCount: false)
        let pairs = found.compactMap { match in
            match.left.flatMap { one in match.right.map { (left: lefts[one], right: rights[$0]) } }
        }
        let restOnLeft = found.compactMap { $0.right == nil ? $0.left : nil }.sorted().map { lefts[$0] }
        let restOnRight = found.compactMap { $0.left == nil ? $0.right : nil }.sorted().map { rights[$0] }
        return pairs + zip(restOnLeft, restOnRight).map { (left: $0, right: $1) }
    }

    /// Adds the pairs as matches and gives those back for which `identity` has nothing.
    @discardableResult
    private mutating func name(
        _ pairs: [(left: Int?, right: Int?)], identity: (Node?, Node?) -> [ParityPath.Pair]
    ) -> [(left: Int?, right: Int?)] {
        var nameless: [(left: Int?, right: Int?)] = []
        var named: [(left: Int?, right: Int?, identity: [ParityPath.Pair])] = []
        for pair in pairs {
            let identity = identity(pair.left.map { left[$0] }, pair.right.map { right[$0] })
            if identity.isEmpty { nameless.append(pair) } else { named.append((pair.left, pair.right, identity)) }
        }
        let onTheLeft = Occurrences(named.map { ($0.left, $0.identity) })
        let onTheRight = Occurrences(named.map { ($0.right, $0.identity) })
        for pair in named {
            var item = ParityPath.Item(pair.identity)
            if onTheLeft.isShared(pair.identity) || onTheRight.isShared(pair.identity) {
                item.occurrence = ParityPath.Place(
                    left: pair.left.flatMap { onTheLeft.rank[$0] }, right: pair.right.flatMap { onTheRight.rank[$0] })
            }
            matches.append(Match(left: pair.left, right: pair.right, segment: .item(item)))
        }
        return nameless
    }
}

/// The how-manieth of its identity each item of a list is.
private struct Occurrences {
    private(set) var rank: [Int: Int] = [:]
    private var count: [[ParityPath.Pair]: Int] = [:]

    init(_ items: [(index: Int?, identity: [ParityPath.Pair])]) {
        let present = items.compactMap { item in item.index.map { (index: $0, identity: item.identity) } }
        for item in present.sorted(by: { $0.index < $1.index }) {
            rank[item.index] = count[item.identity, default: 0]
            count[item.identity, default: 0] += 1
        }
    }

    func isShared(_ identity: [ParityPath.Pair]) -> Bool { count[identity, default: 0] > 1 }
}

extension ItemIdentity {
    /// The values under the keys as one text; `nil` when the item lacks one.
    fileprivate func value(of keys: [String], in item: Node) -> String? {
        var text = ""
        for key in keys {
            guard let value = value(of: key, in: item) else { return nil }
            text += value + "\u{1F}"
        }
        return text
    }

    private func value(of key: String, in item: Node) -> String? {
        guard item.mapping != nil else { return nil }
        return item.value(along: key) ?? defaults[key]
    }

    /// What a path shows of an item; empty when nothing identifies it.
    fileprivate func shownPairs(_ left: Node?, _ right: Node?) -> [ParityPath.Pair] {
        for keys in shown {
            let sides = [left, right].compactMap { $0 }
            let values = sides.map { side in keys.map { value(of: $0, in: side) } }
            guard let first = values.first, first.allSatisfy({ $0 != nil }), values.allSatisfy({ $0 == first }) else {
                continue
            }
            return zip(keys, first).compactMap { key, value in
                guard let value, defaults[key] != value else { return nil }
                return ParityPath.Pair(key, value)
            }
        }
        return []
    }
}

extension Node {
    /// The spelling of the scalar under a key, which may reach into the item with dots.
    fileprivate func value(along key: String) -> String? {
        if let spelling = self[key]?.spelling { return spelling }
        guard key.utf8.contains(UInt8(ascii: ".")) else { return nil }
        var node: Node? = self
        for part in key.split(separator: ".") { node = node?[String(part)] }
        return node?.spelling
    }
}

/// Pairs made in several passes, each of which takes from what the earlier ones left.
private struct Pairing {
    private var pairs: [(left: Int, right: Int)] = []
    private var freeOnLeft: [Int]
    private var freeOnRight: [Int]

    init(leftCount: Int, rightCount: Int) {
        freeOnLeft = Array(0..<leftCount)
        freeOnRight = Array(0..<rightCount)
    }

    /// The pairs, and what has no counterpart.
    var all: [(left: Int?, right: Int?)] {
        pairs.map { ($0.left, $0.right) } + freeOnLeft.map { ($0, nil) } + freeOnRight.map { (nil, $0) }
    }

    /// Whether what belongs together stands in one order on both sides.
    var keepsOrder: Bool {
        let rights = pairs.sorted { $0.left < $1.left }.map(\.right)
        return zip(rights, rights.dropFirst()).allSatisfy { $0 < $1 }
    }

    /// - Parameters:
    ///   - key: what the same item has alike; `nil` leaves an item out of this pass.
    ///   - among: pairs the items of one key when a side has several; in order unless given.
    mutating func pair(
        _ left: [Node],
        _ right: [Node],
        by key: (Node) -> String?,
        among: ([Int], [Int]) -> [(left: Int, right: Int)] = { Array(zip($0, $1)).map { ($0, $1) } }
    ) {
        guard !freeOnLeft.isEmpty, !freeOnRight.isEmpty else { return }
        var groups: [String: [Int]] = [:]
        for index in freeOnRight {
            if let key = key(right[index]) { groups[key, default: []].append(index) }
        }
        var lefts: [String: [Int]] = [:]
        var order: [String] = []
        for index in freeOnLeft {
            guard let key = key(left[index]), groups[key] != nil else { continue }
            if lefts[key] == nil { order.append(key) }
            lefts[key, default: []].append(index)
        }
        var takenOnLeft: Set<Int> = []
        var takenOnRight: Set<Int> = []
        for key in order {
            guard let ones = lefts[key], let others = groups[key] else { continue }
            let found = ones.count == 1 && others.count == 1 ? [(ones[0], others[0])] : among(ones, others)
            for (one, other) in found {
                pairs.append((one, other))
                takenOnLeft.insert(one)
                takenOnRight.insert(other)
            }
        }
        freeOnLeft.removeAll { takenOnLeft.contains($0) }
        freeOnRight.removeAll { takenOnRight.contains($0) }
    }
}

import YAML

/// Which items of two lists belong together when nothing but content and order tells.
struct SequenceAlignment {
    /// Two items that are the same, or one that has no counterpart.
    struct Match: Hashable {
        var left: Int?
        var right: Int?
        /// Items at places that do not follow the common order.
        var isMoved = false
    }

    private let left: [Node]
    private let right: [Node]
    private let leftPrints: [UInt64]
    private let rightPrints: [UInt64]
    private let movesCount: Bool

    /// Matches of all items, each in exactly one of them, in no particular order.
    ///
    /// Exchanging the sides exchanges the matches and nothing else.
    ///
    /// - Parameter movesCount: whether an item at another place is another item.
    static func matches(_ left: [Node], _ right: [Node], movesCount: Bool) -> [Match] {
        let leftPrints = left.map { Fingerprint.of($0) }
        let rightPrints = right.map { Fingerprint.of($0) }
        // Of several equally good alignments one is chosen; always computing in one direction makes it the same one.
        if rightPrints.lexicographicallyPrecedes(leftPrints) {
            let mirrored = SequenceAlignment(
                left: right, right: left, leftPrints: rightPrints, rightPrints: leftPrints, movesCount: movesCount)
            return mirrored.matches().map { Match(left: $0.right, right: $0.left, isMoved: $0.isMoved) }
        }
        return SequenceAlignment(
            left: left, right: right, leftPrints: leftPrints, rightPrints: rightPrints, movesCount: movesCount
        ).matches()
    }

    private func matches() -> [Match] {
        let common = CommonSubsequence.pairs(leftPrints[...], rightPrints[...])
        var result = common.map { Match(left: $0.left, right: $0.right) }
        var isFreeOnLeft = [Bool](repeating: true, count: left.count)
        var isFreeOnRight = [Bool](repeating: true, count: right.count)
        for pair in common {
            isFreeOnLeft[pair.left] = false
            isFreeOnRight[pair.right] = false
        }
        if !movesCount {
            for move in moves(isFreeOnLeft, isFreeOnRight) {
                isFreeOnLeft[move.left] = false
                isFreeOnRight[move.right] = false
                result.append(Match(left: move.left, right: move.right, isMoved: true))
            }
            for match in likenesses(isFreeOnLeft, isFreeOnRight, common) {
                guard let one = match.left, let other = match.right else { continue }
                isFreeOnLeft[one] = false
                isFreeOnRight[other] = false
                result.append(match)
            }
        }
        var start = (left: 0, right: 0)
        for anchor in common + [(left.count, right.count)] {
            result += gap(
                (start.left..<anchor.left).filter { isFreeOnLeft[$0] },
                (start.right..<anchor.right).filter { isFreeOnRight[$0] }
            )
            start = (anchor.left + 1, anchor.right + 1)
        }
        return result
    }

    private func moves(_ isFreeOnLeft: [Bool], _ isFreeOnRight: [Bool]) -> [(left: Int, right: Int)] {
        var waiting: [UInt64: [Int]] = [:]
        for index in right.indices.reversed() where isFreeOnRight[index] {
            waiting[rightPrints[index], default: []].append(index)
        }
        return left.indices.compactMap { index in
            guard isFreeOnLeft[index], let other = waiting[leftPrints[index]]?.popLast() else { return nil }
            return (index, other)
        }
    }

    // MARK: - Edited items that may have moved

    /// Pairs of collections that have most of their content in common with one another, and less with any other.
    private func likenesses(
        _ isFreeOnLeft: [Bool], _ isFreeOnRight: [Bool], _ common: [(left: Int, right: Int)]
    ) -> [Match] {
        let lefts = left.indices.filter { isFreeOnLeft[$0] && left[$0].scalar == nil }
        let rights = right.indices.filter { isFreeOnRight[$0] && right[$0].scalar == nil }
        guard !lefts.isEmpty, !rights.isEmpty, lefts.count * rights.count <= Self.similarityLimit else { return [] }
        let leftParts = lefts.map { Similarity(left[$0]) }
        let rightParts = rights.map { Similarity(right[$0]) }
        let shares = leftParts.map { part in rightParts.map { part.share($0) } }
        let pairs = lefts.indices.compactMap { row -> (left: Int, right: Int)? in
            guard let column = Self.onlyBest(shares[row]), shares[row][column] >= Self.likeEnough,
                Self.onlyBest(shares.map { $0[column] }) == row
            else { return nil }
            return (lefts[row], rights[column])
        }
        return pairs.map { pair in
            let hasMoved = (common + pairs).contains { ($0.left < pair.left) != ($0.right < pair.right) && $0 != pair }
            return Match(left: pair.left, right: pair.right, isMoved: hasMoved)
        }
    }

    /// The place of the greatest number, when nothing comes up to it.
    private static func onlyBest(_ numbers: [Double]) -> Int? {
        guard let best = numbers.max(), numbers.count(where: { $0 == best }) == 1 else { return nil }
        return numbers.firstIndex(of: best)
    }

    /// The share of equal content from which two items are versions of one.
    private static let likeEnough = 0.5

    // MARK: - Between equal items

    /// Pairs what was edited: in order, so that what the pairs have in common is the most.
    private func gap(_ lefts: [Int], _ rights: [Int]) -> [Match] {
        if lefts.isEmpty { return rights.map { Match(left: nil, right: $0) } }
        if rights.isEmpty { return lefts.map { Match(left: $0, right: nil) } }
        guard lefts.count * rights.count <= Self.similarityLimit else { return inOrder(lefts, rights) }
        let leftParts = lefts.map { Similarity(left[$0]) }
        let rightParts = rights.map { Similarity(right[$0]) }
        let width = rights.count + 1
        var scores = [Int](repeating: 0, count: (lefts.count + 1) * width)
        var own = [Int](repeating: 0, count: (lefts.count + 1) * width)
        for row in lefts.indices.reversed() {
            for column in rights.indices.reversed() {
                let here = leftParts[row].score(rightParts[column])
                own[row * width + column] = here
                let paired = here > 0 ? here + scores[(row + 1) * width + column + 1] : 0
                scores[row * width + column] = max(
                    paired, scores[(row + 1) * width + column], scores[row * width + column + 1])
            }
        }
        var result: [Match] = []
        var row = 0
        var column = 0
        while row < lefts.count, column < rights.count {
            let score = scores[row * width + column]
            let here = own[row * width + column]
            if here > 0, score == here + scores[(row + 1) * width + column + 1] {
                result.append(Match(left: lefts[row], right: rights[column]))
                row += 1
                column += 1
            } else if score == scores[(row + 1) * width + column] {
                result.append(Match(left: lefts[row], right: nil))
                row += 1
            } else {
                result.append(Match(left: nil, right: rights[column]))
                column += 1
            }
        }
        result += lefts[row...].map { Match(left: $0, right: nil) }
        result += rights[column...].map { Match(left: nil, right: $0) }
        return result
    }

    private func inOrder(_ lefts: [Int], _ rights: [Int]) -> [Match] {
        let common = min(lefts.count, rights.count)
        return zip(lefts, rights).map { Match(left: $0, right: $1) }
            + lefts[common...].map { Match(left: $0, right: nil) }
            + rights[common...].map { Match(left: nil, right: $0) }
    }

    /// Pairs of edited items that are looked at one by one in a gap.
    private static let similarityLimit = 1 << 14
}

/// What of an item is compared when two items may be versions of one another.
private struct Similarity {
    private let kind: Int
    private let parts: [UInt64: UInt64]

    init(_ node: Node) {
        switch node.value {
        case .scalar:
            kind = 0
            parts = [:]
        case .sequence(let items):
            kind = 1
            parts = Dictionary(items.map { (Fingerprint.of($0), 0) }) { first, _ in first }
        case .mapping(let mapping):
            kind = 2
            parts = Dictionary(mapping.entries.map { (Fingerprint.of($0.key), Fingerprint.of($0.value)) }) {
                first, _ in first
            }
        }
    }

    /// 0 when the two have nothing in common; any scalar may have become any other.
    func score(_ other: Similarity) -> Int {
        guard kind == other.kind else { return 0 }
        if kind == 0 { return 1 }
        return parts.reduce(0) { sum, part in
            guard let counterpart = other.parts[part.key] else { return sum }
            return sum + (counterpart == part.value ? 4 : 1)
        }
    }

    /// From 0, nothing alike, to 1: how much of the larger one the two have in common.
    func share(_ other: Similarity) -> Double {
        guard kind == other.kind, !parts.isEmpty, !other.parts.isEmpty else { return 0 }
        let same = parts.count { other.parts[$0.key] == $0.value }
        return Double(same) / Double(max(parts.count, other.parts.count))
    }
}

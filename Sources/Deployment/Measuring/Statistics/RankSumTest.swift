/// Mann and Whitney's test: whether the values of one sample tend to be larger than those of another.
///
/// By the normal approximation, with corrections for ties and for continuity; good from eight values a side on.
package struct RankSumTest: Hashable, Sendable {
    /// Pairs of one value from each whose second is the larger one; a tie counts half.
    package let u: Double
    /// How likely such a difference, to either side, is between two samples of one kind.
    package let pValue: Double
    /// How likely a value of the second is larger than one of the first; 0.5 when there is no difference. The size of the
    /// effect, in words that need no unit.
    package let superiority: Double

    /// - Parameter inflation: by how much neighbours that are alike make the variance larger than it looks; 1 when each
    ///   value is independent of the others.
    /// - Returns: `nil` when one of them is empty.
    package init?(_ first: [Double], _ second: [Double], inflation: Double = 1) {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        let (ranks, tieTerm) = Ranks.of(first + second)
        let (m, n) = (Double(first.count), Double(second.count))
        let total = m + n
        u = ranks[first.count...].reduce(0, +) - n * (n + 1) / 2
        superiority = u / (m * n)
        let variance = m * n / 12 * (total + 1 - tieTerm / (total * (total - 1))) * inflation
        guard variance > 0 else {
            pValue = 1
            return
        }
        let distance = max(0, (u - m * n / 2).magnitude - 0.5)
        pValue = min(1, 2 * NormalDistribution.upperTail(distance / variance.squareRoot()))
    }
}

/// Wilcoxon's test of pairs: whether the second of a pair tends to be larger than the first.
///
/// By the normal approximation, with corrections for ties and for continuity; pairs without a difference do not count.
package struct SignedRankTest: Hashable, Sendable {
    package let pValue: Double
    /// The share of the ranks that speak for a larger second; 0.5 when there is no difference.
    package let superiority: Double

    /// - Parameter differences: second minus first, pair by pair.
    /// - Returns: `nil` when there is none.
    package init?(_ differences: [Double], inflation: Double = 1) {
        guard !differences.isEmpty else { return nil }
        let counted = differences.filter { $0 != 0 }
        let n = Double(counted.count)
        let (ranks, tieTerm) = Ranks.of(counted.map(\.magnitude))
        let positive = zip(counted, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let all = n * (n + 1) / 2
        superiority = all > 0 ? positive / all : 0.5
        let variance = (n * (n + 1) * (2 * n + 1) / 24 - tieTerm / 48) * inflation
        guard variance > 0 else {
            pValue = 1
            return
        }
        let distance = max(0, (positive - all / 2).magnitude - 0.5)
        pValue = min(1, 2 * NormalDistribution.upperTail(distance / variance.squareRoot()))
    }
}

private enum Ranks {
    /// 1-based ranks in the order of the values, equal values sharing their mean; and the sum of t³ − t over all ties.
    static func of(_ values: [Double]) -> (ranks: [Double], tieTerm: Double) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var tieTerm = 0.0
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            let rank = Double(start + end) / 2 + 1
            for index in order[start...end] { ranks[index] = rank }
            let ties = Double(end - start + 1)
            tieTerm += ties * ties * ties - ties
            start = end + 1
        }
        return (ranks, tieTerm)
    }
}

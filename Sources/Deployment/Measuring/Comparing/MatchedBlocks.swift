/// The blocks of two samples that can be compared: all of both, or those turns that both have.
struct MatchedBlocks {
    let design: SampleDesign
    let before: [LatencyBlock]
    let after: [LatencyBlock]

    init(before: LatencySample, after: LatencySample, _ design: SampleDesign) {
        self.design = design
        switch design {
        case .apart:
            self.before = before.blocks.compactMap(\.self)
            self.after = after.blocks.compactMap(\.self)
        case .interleaved:
            let pairs = zip(before.blocks, after.blocks).compactMap { first, second in
                first.flatMap { first in second.map { (first, $0) } }
            }
            self.before = pairs.map(\.0)
            self.after = pairs.map(\.1)
        }
    }

    private init(design: SampleDesign, before: [LatencyBlock], after: [LatencyBlock]) {
        self.design = design
        self.before = before
        self.after = after
    }

    /// Why they cannot be compared; `nil` when they can.
    var whyNot: String? {
        let fewest = LatencyComparison.fewestBlocks
        if before.count < fewest || after.count < fewest {
            return "too few answers of this kind: at least \(fewest * LatencySample.smallestBlock) of each are needed"
        }
        let sizes = [Self.size(before), Self.size(after)].sorted()
        // The median of ten is not quite that of a hundred, where the distribution leans to one side.
        if design == .apart, sizes[0] < 25, sizes[1] > 2 * sizes[0] {
            return "one has many more requests than the other: measure both with the same `requests`"
        }
        return nil
    }

    /// Requests of a typical block, of the side that has fewer.
    var size: Int { min(Self.size(before), Self.size(after)) }

    /// All that are compared, of the side that has fewer.
    var requests: Int { min(before.reduce(0) { $0 + $1.count }, after.reduce(0) { $0 + $1.count }) }

    private static func size(_ blocks: [LatencyBlock]) -> Int {
        let sorted = blocks.map(\.count).sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// The second half of each, by time; `nil` when too little is left.
    var laterHalf: MatchedBlocks? {
        let half = MatchedBlocks(
            design: design, before: Array(before.suffix(before.count / 2)), after: Array(after.suffix(after.count / 2)))
        return half.before.count >= 4 && half.after.count >= 4 ? half : nil
    }

    /// The series to test: one of differences where blocks are pairs, else before and after.
    func logarithms(_ figure: (LatencyBlock) -> Double) -> [[Double]] {
        // A time below a microsecond is none.
        let logarithm: (LatencyBlock) -> Double = { Elementary.logarithm(max(1, figure($0))) }
        let (first, second) = (before.map(logarithm), after.map(logarithm))
        switch design {
        case .apart: return [first, second]
        case .interleaved: return [Self.condensed(zip(first, second).map { $1 - $0 })]
        }
    }

    /// Many more say nothing more, and resampling them takes its time: means of neighbours then.
    private static func condensed(_ differences: [Double]) -> [Double] {
        let most = 100
        guard differences.count >= 2 * most else { return differences }
        return (0..<most).map { index in
            let group = differences[(index * differences.count / most)..<((index + 1) * differences.count / most)]
            return group.reduce(0, +) / Double(group.count)
        }
    }
}

/// The mean without the outermost values: as steady as the mean, and one hiccup does not move it.
enum TrimmedMean {
    /// Left out at either end. With a fifth, one block in ten that fell into a slow stretch is enough to widen a
    /// resampled interval down to zero; this costs a tenth more requests where nothing of the kind happens.
    static let share = 0.3

    /// - Parameter sorted: ascending, not empty.
    static func of(sorted: [Double]) -> Double {
        let cut = Int(Double(sorted.count) * share)
        let kept = sorted[cut..<(sorted.count - cut)]
        return kept.reduce(0, +) / Double(kept.count)
    }

    /// The same of values of which each stands there several times, or not at all.
    static func of(sorted: [Double], counts: [Int]) -> Double {
        let total = counts.reduce(0, +)
        var skipped = Int(Double(total) * share)
        let kept = total - 2 * skipped
        var (left, sum) = (kept, 0.0)
        var index = 0
        while left > 0 {
            let inside = counts[index] - min(counts[index], skipped)
            skipped -= counts[index] - inside
            let taken = min(inside, left)
            sum += Double(taken) * sorted[index]
            left -= taken
            index += 1
        }
        return sum / Double(kept)
    }

    /// The variance of one value as it counts for the trimmed mean: that mean's own is this one divided by the count
    /// (Tukey and McLaughlin 1963).
    ///
    /// - Parameter sorted: ascending, at least two.
    static func variance(sorted: [Double]) -> Double {
        let cut = Int(Double(sorted.count) * share)
        let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
        let drawnIn = sorted.map { min(max($0, low), high) }
        let mean = drawnIn.reduce(0, +) / Double(drawnIn.count)
        let sum = drawnIn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let kept = Double(sorted.count - 2 * cut) / Double(sorted.count)
        return sum / Double(sorted.count - 1) / (kept * kept)
    }
}

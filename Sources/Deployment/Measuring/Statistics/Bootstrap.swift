/// An interval for a figure from resampling what was measured (Efron 1979): no shape of the distribution is assumed.
enum Bootstrap {
    static let resamples = 2_000

    /// The middle `confidence` of the trimmed mean over resamples, as distances from the mean itself; not below zero
    /// unless all values are equal.
    ///
    /// - Parameter groups: resampled each by itself; the figure is the last's mean minus the first's, or the only one's.
    /// - Returns: how far the interval reaches below and above the figure.
    static func reach(_ groups: [[Double]], confidence: Double, seed: UInt64) -> (below: Double, above: Double) {
        var random = SeededRandom(seed: seed)
        let sorted = groups.map { $0.sorted() }
        let center = figure(sorted.map { TrimmedMean.of(sorted: $0) })
        var found: [Double] = []
        found.reserveCapacity(resamples)
        for _ in 0..<resamples { found.append(figure(sorted.map { drawnMean(of: $0, &random) })) }
        found.sort()
        let rest = (1 - confidence) / 2
        let low = found[Int(Double(resamples - 1) * rest)]
        let high = found[Int((Double(resamples - 1) * (1 - rest)).rounded(.up))]
        // Resamples vary less than samples do, by the missing degree of freedom.
        let smallest = Double(groups.map(\.count).min() ?? 2)
        let widening = (smallest / max(1, smallest - 1)).squareRoot()
        return (max(0, (center - low) * widening), max(0, (high - center) * widening))
    }

    private static func figure(_ means: [Double]) -> Double {
        means.count == 1 ? means[0] : means[means.count - 1] - means[0]
    }

    /// As many values as there are, drawn with repetition. How often each was drawn is enough to know their order.
    private static func drawnMean(of sorted: [Double], _ random: inout SeededRandom) -> Double {
        var counts = [Int](repeating: 0, count: sorted.count)
        for _ in 0..<sorted.count { counts[random.index(below: sorted.count)] += 1 }
        return TrimmedMean.of(sorted: sorted, counts: counts)
    }
}

/// How much neighbours in time are alike.
enum Autocorrelation {
    /// By how much the variance of a mean is larger than if the values were independent; at least 1.
    ///
    /// From the correlation of each value with the next, as for a process of the first order: (1 + r) / (1 − r).
    ///
    /// - Parameter series: each in the order of time; they share one correlation.
    static func inflation(_ series: [[Double]]) -> Double {
        var products = 0.0
        var squares = 0.0
        for values in series where values.count > 2 {
            // About the trimmed mean and drawn in, so that one hiccup does not hide what the others say.
            let sorted = values.sorted()
            let center = TrimmedMean.of(sorted: sorted)
            let cut = Int(Double(sorted.count) * TrimmedMean.share / 2)
            let (low, high) = (sorted[cut] - center, sorted[sorted.count - 1 - cut] - center)
            let centered = values.map { min(max($0 - center, low), high) }
            for (value, next) in zip(centered, centered.dropFirst()) { products += value * next }
            squares += centered.reduce(0) { $0 + $1 * $1 }
        }
        guard squares > 0 else { return 1 }
        let correlation = min(max(products / squares, 0), 0.9)
        return (1 + correlation) / (1 - correlation)
    }
}

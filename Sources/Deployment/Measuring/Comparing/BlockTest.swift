/// The test of one figure, from its logarithms block by block: differences are then shares of what it was.
struct BlockTest {
    let change: LatencyChange
    let pValue: Double
    let superiority: Double
    private let series: [[Double]]
    private let inflation: Double
    private let significance: Double

    /// - Parameter series: before and after, or one series of differences; at least two values each.
    init(_ series: [[Double]], _ settings: LatencyComparison.Settings, _ significance: Double) {
        self.series = series
        self.significance = significance
        inflation = Autocorrelation.inflation(series)
        if series.count == 1 {
            let test = SignedRankTest(series[0], inflation: inflation)
            pValue = test?.pValue ?? 1
            superiority = test?.superiority ?? 0.5
        } else {
            let test = RankSumTest(series[0], series[1], inflation: inflation)
            pValue = test?.pValue ?? 1
            superiority = test?.superiority ?? 0.5
        }
        let means = series.map { TrimmedMean.of(sorted: $0.sorted()) }
        let estimate = means.count == 1 ? means[0] : means[1] - means[0]
        let reach = Bootstrap.reach(series, confidence: 1 - significance, seed: settings.seed)
        let widening = inflation.squareRoot()
        change = LatencyChange(
            estimate: Elementary.exponential(estimate) - 1,
            lower: Elementary.exponential(estimate - reach.below * widening) - 1,
            upper: Elementary.exponential(estimate + reach.above * widening) - 1)
    }

    func verdict(_ settings: LatencyComparison.Settings) -> LatencyVerdict {
        let isFound = pValue < significance && change.excludesZero
        if isFound || isBeyondDoubt(settings), change.estimate.magnitude >= settings.smallestEffect {
            return change.estimate > 0 ? .slower : .faster
        }
        return change.upper < settings.tolerance ? .same : .unclear
    }

    /// All blocks say the same, and even the near end of the interval lies beyond what must not be missed.
    ///
    /// A dozen blocks whose neighbours are alike cannot say more in a test of ranks, be the difference ever so large: on a
    /// busy machine answers that took three times as long came to p = 0.02. The interval is widened for neighbours, too.
    private func isBeyondDoubt(_ settings: LatencyComparison.Settings) -> Bool {
        superiority == 1 && change.lower > settings.tolerance || superiority == 0 && change.upper < -settings.tolerance
    }

    /// The share of runs in which a slow-down by the tolerance is to be found.
    private static let power = 0.985

    /// With fewer blocks, two that fell into a slow stretch are drawn so often among the resamples that the interval
    /// reaches zero, and a look in which by luck nothing stood still promises too much. A third more than fills the
    /// blocks: on a real server 50 of 53 slow-downs were found without that third, 25 of 25 with it.
    private static let fewestRequests = LatencySample.mostBlocks * LatencySample.usualBlock * 4 / 3

    /// By how much a rank test and an interval that have to agree need more than the formula's own test: a twentieth
    /// where values are normal, and this where some blocks are slow.
    private static let agreement = 1.25

    /// By the usual formula for two means (Lehr 1992), with these blocks' variance taken at the upper end of what it may
    /// be, so that a lucky sample does not promise too much.
    /// - Parameter requests: of a side, that these blocks are made of.
    func requestsNeeded(of requests: Int, _ settings: LatencyComparison.Settings) -> Int {
        let variances = series.map { TrimmedMean.variance(sorted: $0.sorted()) }
        // Neighbours that are alike say less of the variance, too.
        let degrees = max(3, Double(series.reduce(0) { $0 + $1.count - 1 }) / inflation)
        // Of one block. A difference has the variance of two.
        let variance = series.count == 1 ? variances[0] / 2 : (variances[0] + variances[1]) / 2
        let cautious = variance * degrees / NormalDistribution.chiSquareQuantile(0.1, degreesOfFreedom: degrees)
        let distance = NormalDistribution.quantile(1 - significance / 2) + NormalDistribution.quantile(Self.power)
        let slowdown = Elementary.logarithm(1 + settings.tolerance)
        let blocks = Self.agreement * 2 * cautious * inflation * distance * distance / (slowdown * slowdown)
        let perBlock = Double(requests) / Double(series.map(\.count).max() ?? 1)
        return Self.rounded(max(Double(Self.fewestRequests), blocks * perBlock))
    }

    /// Up, to two digits: the number is an estimate and looks like one.
    private static func rounded(_ number: Double) -> Int {
        guard number < 1e12 else { return 1_000_000_000_000 }
        var unit = 1.0
        while number / unit >= 100 { unit *= 10 }
        return Int((number / unit).rounded(.up) * unit)
    }
}

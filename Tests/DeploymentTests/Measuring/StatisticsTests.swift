import Glibc
import Testing

@testable import Deployment

/// Reference values: SciPy 1.17 (`mannwhitneyu(method="asymptotic")`, `wilcoxon(correction=True, method="approx")`,
/// `norm.sf`, `norm.ppf`, `chi2.ppf`, `trim_mean`).
@Suite struct `The statistics of a comparison` {
    @Test(arguments: [
        (0, 0.5), (0.5, 0.3085375387259869), (1, 0.15865525393145707), (1.96, 0.024997895148220435),
        (3, 0.0013498980316300933), (4, 3.167124183311986e-05), (5, 2.866515718791933e-07), (8, 6.22096057427174e-16),
        (-1, 0.8413447460685429),
    ])
    func `the normal tail is right to twelve digits`(_ z: Double, _ tail: Double) {
        #expect((NormalDistribution.upperTail(z) / tail - 1).magnitude < 1e-12)
    }

    @Test(arguments: [
        (0.5, 0), (0.9, 1.2815515655446004), (0.975, 1.959963984540054), (0.995, 2.5758293035489004),
        (0.9999, 3.719016485455709), (0.001, -3.090232306167813),
    ])
    func `the normal quantile is right to nine digits`(_ share: Double, _ z: Double) {
        #expect((NormalDistribution.quantile(share) - z).magnitude < 1e-9)
    }

    @Test(arguments: [(0.1, 38, 27.34295004224285), (0.1, 15, 8.546756241704546), (0.5, 10, 9.34181776559197)])
    func `the quantile of chi square is within one percent`(_ share: Double, _ degrees: Double, _ value: Double) {
        let found = NormalDistribution.chiSquareQuantile(share, degreesOfFreedom: degrees)
        #expect((found / value - 1).magnitude < 0.01)
    }

    @Test func `logarithms and powers agree with the C library`() {
        for step in 1...2_000 {
            let value = Double(step) * 0.37
            #expect((Elementary.logarithm(value) - Glibc.log(value)).magnitude < 1e-13)
            let power = Double(step - 1_000) * 0.31
            #expect((Elementary.exponential(power) / Glibc.exp(power) - 1).magnitude < 1e-12)
        }
        #expect(Elementary.logarithm(0) == -.infinity)
        #expect(Elementary.logarithm(-1).isNaN)
        #expect(Elementary.exponential(-800) == 0)
        #expect(Elementary.exponential(800) == .infinity)
    }

    struct RankSumCase: Sendable {
        let first: [Double]
        let second: [Double]
        let u: Double
        let pValue: Double
    }

    @Test(arguments: [
        RankSumCase(
            first: [1, 2, 3, 4, 5, 6, 7, 8], second: [5, 6, 7, 8, 9, 10, 11, 12], u: 56, pValue: 0.013313002763816655),
        RankSumCase(first: [19, 22, 16, 29, 24], second: [20, 11, 17, 12], u: 3, pValue: 0.11134688653314041),
        RankSumCase(
            first: [1, 1, 2, 2, 3, 3, 3, 4], second: [1, 2, 2, 3, 4, 4, 5, 5, 6], u: 51.5, pValue: 0.14163532019443562),
        RankSumCase(
            first: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19], second: [20, 21, 22, 23, 24, 25, 26, 27, 28, 29], u: 100,
            pValue: 0.00018267179110955002),
        RankSumCase(first: [5, 5, 5, 5, 5, 5, 5, 5], second: [5, 5, 5, 5, 5, 5, 5, 5], u: 32, pValue: 1),
    ])
    func `the rank sum test agrees with SciPy, ties included`(_ example: RankSumCase) throws {
        let test = try #require(RankSumTest(example.first, example.second))
        #expect(test.u == example.u)
        #expect((test.pValue - example.pValue).magnitude < 1e-9)
        #expect(test.superiority == example.u / Double(example.first.count * example.second.count))
    }

    @Test func `the rank sum test is the same from either side`() throws {
        let (a, b) = ([3.0, 1, 4, 1, 5, 9, 2, 6], [2.0, 7, 1, 8, 2, 8, 1, 8])
        let (one, other) = (try #require(RankSumTest(a, b)), try #require(RankSumTest(b, a)))
        #expect((one.pValue - other.pValue).magnitude < 1e-12)
        #expect((one.superiority + other.superiority - 1).magnitude < 1e-12)
    }

    @Test(arguments: [
        ([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75], 0.043772323763041174),
        ([1, -1, 2, 2, -3, 3, 3, 4, 4, 5, 0, 0], 0.045855524379089546),
    ])
    func `the signed rank test agrees with SciPy, ties and zeros included`(_ values: [Double], _ p: Double) throws {
        #expect((try #require(SignedRankTest(values)).pValue - p).magnitude < 1e-9)
    }

    @Test func `pairs without any difference show none`() throws {
        let test = try #require(SignedRankTest([0, 0, 0, 0]))
        #expect(test.pValue == 1)
        #expect(test.superiority == 0.5)
        #expect(SignedRankTest([]) == nil)
        #expect(RankSumTest([], [1]) == nil)
    }

    @Test func `one hiccup does not move a trimmed mean`() {
        let values: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]
        #expect(TrimmedMean.of(sorted: values) == 5.5)
        #expect((TrimmedMean.variance(sorted: values) - 12.847222222222221).magnitude < 1e-9)
    }

    @Test func `values that stand there several times count as often`() {
        var random = SeededRandom(seed: 11)
        for size in [1, 2, 5, 8, 60] {
            let values = (0..<size).map { _ in Double(random.index(below: 1_000)) }.sorted()
            var counts = [Int](repeating: 0, count: size)
            for _ in 0..<size { counts[random.index(below: size)] += 1 }
            let spelledOut = zip(values, counts).flatMap { [Double](repeating: $0, count: $1) }
            let difference = TrimmedMean.of(sorted: values, counts: counts) - TrimmedMean.of(sorted: spelledOut)
            #expect(difference.magnitude < 1e-9)
        }
    }

    @Test func `neighbours that are alike make a variance larger, and independent ones do not`() {
        var random = SeededRandom(seed: 1)
        let independent = (0..<400).map { _ in Double(random.index(below: 1_000)) }
        #expect(Autocorrelation.inflation([independent]) < 1.3)
        let alike = independent.flatMap { [$0, $0, $0] }
        #expect(Autocorrelation.inflation([alike]) > 2.5)
        #expect(Autocorrelation.inflation([[7, 7, 7, 7, 7]]) == 1)
    }

    @Test func `random numbers are the same for the same seed`() {
        var random = SeededRandom(seed: 0)
        // The first values of SplitMix64 for the seed 0, as its authors publish them.
        #expect(random.next() == 0xE220_A839_7B1D_CDAF)
        #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
        var counts = [0, 0, 0]
        for _ in 0..<3_000 { counts[random.index(below: 3)] += 1 }
        #expect(counts.allSatisfy { (850...1_150).contains($0) })
    }

    @Test func `a bootstrap interval covers the truth about as often as it says`() {
        var covered = 0
        for seed in 0..<200 {
            var draw = SimulatedTraffic(seed: UInt64(seed))
            let values = (0..<30).map { _ in draw.normal() }
            let reach = Bootstrap.reach([values], confidence: 0.95, seed: UInt64(seed))
            let center = TrimmedMean.of(sorted: values.sorted())
            if center - reach.below <= 0, 0 <= center + reach.above { covered += 1 }
        }
        #expect((180...200).contains(covered))
    }
}

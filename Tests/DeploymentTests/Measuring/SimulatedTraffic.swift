import Glibc

@testable import Deployment

/// Response times by made-up distributions, in microseconds; the same for the same seed.
struct SimulatedTraffic {
    enum Shape: String, CaseIterable, Sendable {
        /// Most servers.
        case lognormal
        /// A few answers take much longer.
        case heavyTail
        /// Two code paths.
        case bimodal
        /// Each request is like the one before.
        case correlated
        /// Now and then everything stands still.
        case stalling
        /// A clock that knows few values.
        case ties
    }

    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func uniform() -> Double { (Double(random.next() >> 11) + 0.5) / 9_007_199_254_740_992 }

    mutating func normal() -> Double { (-2 * Glibc.log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }

    mutating func times(_ shape: Shape, _ count: Int) -> [Int] {
        var state = 0.0
        var left = 0
        return (0..<count).map { _ in
            switch shape {
            case .lognormal: return Int(3_000 * Glibc.exp(0.3 * normal()))
            case .heavyTail: return Int(1_000 / pow(uniform(), 1 / 1.3))
            case .bimodal: return Int((uniform() < 0.7 ? 2_000 : 8_000) * Glibc.exp(0.1 * normal()))
            case .correlated:
                state = 0.9 * state + (1 - 0.81).squareRoot() * normal()
                return Int(3_000 * Glibc.exp(0.3 * state + 0.1 * normal()))
            case .stalling:
                if left == 0, uniform() < 0.002 { left = 30 }
                if left > 0 { left -= 1 }
                return Int((left > 0 ? 30_000 : 3_000) * Glibc.exp(0.3 * normal()))
            case .ties: return 100 + Int(uniform() * 3)
            }
        }
    }

    /// Two samples of one thing, the second by a factor slower.
    mutating func pair(
        _ shape: Shape, _ requests: Int, _ design: SampleDesign, slowdown: Double = 1
    ) -> (before: LatencySample, after: LatencySample) {
        func slow(_ values: some Sequence<Int>) -> [Int] { values.map { Int((Double($0) * slowdown).rounded()) } }
        switch design {
        case .apart:
            let before = times(shape, requests)
            return (LatencySample(inOrder: before), LatencySample(inOrder: slow(times(shape, requests))))
        case .interleaved:
            let size = LatencySample.usualBlock
            let count = max(1, requests / size)
            let all = times(shape, 2 * count * size)
            var (before, after): ([[Int]], [[Int]]) = ([], [])
            for turn in 0..<count {
                let first = Array(all[(2 * turn * size)..<((2 * turn + 1) * size)])
                let second = Array(all[((2 * turn + 1) * size)..<((2 * turn + 2) * size)])
                let isFirst = random.index(below: 2) == 0
                before.append(isFirst ? first : second)
                after.append(slow(isFirst ? second : first))
            }
            return (LatencySample(turns: before), LatencySample(turns: after))
        }
    }
}

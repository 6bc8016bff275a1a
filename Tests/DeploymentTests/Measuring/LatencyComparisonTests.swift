import Host
import Testing

@testable import Deployment

@Suite struct `Comparing response times` {
    private func compare(
        _ pair: (before: LatencySample, after: LatencySample), _ design: SampleDesign, tolerance: Double = 0.1,
        seed: Int = 1
    ) -> LatencyComparison {
        LatencyComparison(
            before: pair.before, after: pair.after,
            LatencyComparison.Settings(design: design, tolerance: tolerance, seed: UInt64(seed)))
    }

    /// How many of every hundred are simulated: all in `make simulations`, a tenth in a test run.
    private static let share = Host.live().surroundings.variables["REHEARSE_SIMULATIONS"] == "all" ? 100 : 10

    @Test(arguments: SimulatedTraffic.Shape.allCases, [SampleDesign.apart, .interleaved])
    func `of 200 comparisons of a thing with itself at most five percent are called a difference`(
        _ shape: SimulatedTraffic.Shape, _ design: SampleDesign
    ) {
        var differences = 0
        for seed in 0..<(2 * Self.share) {
            var traffic = SimulatedTraffic(seed: UInt64(seed * 7_919 + 1))
            let verdict = compare(traffic.pair(shape, 500, design), design, seed: seed).verdict
            if verdict == .slower || verdict == .faster { differences += 1 }
        }
        #expect(differences <= max(1, Self.share / 10), "\(shape) \(design)")
    }

    /// Of 400 with other seeds, 390 to 400 are found, by shape; the seeds are fixed, so that no run has less luck.
    @Test(arguments: SimulatedTraffic.Shape.allCases, [SampleDesign.apart, .interleaved])
    func `a slow-down by ten percent is found in 95 of 100 runs at the number of requests that is recommended`(
        _ shape: SimulatedTraffic.Shape, _ design: SampleDesign
    ) throws {
        var found = 0
        for seed in 0..<Self.share {
            var traffic = SimulatedTraffic(seed: UInt64(seed * 104_729 + 3))
            let first = compare(traffic.pair(shape, 1_000, design, slowdown: 1.1), design, seed: seed)
            let needed = try #require(first.requestsNeeded)
            if compare(traffic.pair(shape, min(needed, 60_000), design, slowdown: 1.1), design).verdict == .slower {
                found += 1
            }
        }
        #expect(
            found * 100 >= 95 * Self.share || (Self.share < 100 && found >= Self.share - 2),
            "\(shape) \(design): \(found)")
    }

    @Test(arguments: [SampleDesign.apart, .interleaved])
    func `what became a third faster is faster`(_ design: SampleDesign) throws {
        var traffic = SimulatedTraffic(seed: 5)
        let found = compare(traffic.pair(.lognormal, 2_000, design, slowdown: 0.67), design)
        #expect(found.verdict == .faster)
        let change = try #require(found.median)
        #expect(change.lower < -0.33 && -0.33 < change.upper)
        #expect((found.pValue ?? 1) < 0.001)
        #expect((found.superiority ?? 1) < 0.1)
    }

    /// Seen on a busy machine: 2.8 ms became 7 ms, in 12 blocks whose ratio drifted, and was too noisy to tell.
    @Test(arguments: [SampleDesign.apart, .interleaved])
    func `what takes three times as long is slower, in few blocks that drift as well`(_ design: SampleDesign) {
        let before = (0..<300).map { 2_000 + $0 }
        let after = (0..<300).map { 7_000 - 3 * $0 }
        func sample(_ values: [Int]) -> LatencySample { LatencySample(inOrder: values) }
        let found = compare((sample(before), sample(after)), design)
        #expect((found.pValue ?? 0) > 0.01)
        #expect(found.verdict == .slower)
        #expect(compare((sample(after), sample(before)), design).verdict == .faster)
        // What drifts as much without such a difference is still in doubt.
        #expect(compare((sample(before), sample((0..<300).map { 2_500 - 2 * $0 })), design).verdict == .unclear)
    }

    @Test func `too few requests are too noisy to tell, never the same`() {
        var traffic = SimulatedTraffic(seed: 1)
        for requests in [0, 1, 10, 79] {
            let found = compare(traffic.pair(.lognormal, requests, .apart), .apart)
            #expect(found.verdict == .unclear)
            #expect(found.requestsNeeded == nil)
        }
        #expect(compare((.empty, .empty), .interleaved).verdict == .unclear)
    }

    @Test func `what varies too much to see the asked-for slow-down is too noisy to tell, with how many it would take`()
        throws
    {
        var traffic = SimulatedTraffic(seed: 2)
        let found = compare(traffic.pair(.heavyTail, 200, .apart), .apart, tolerance: 0.05)
        #expect(found.verdict == .unclear)
        #expect(try #require(found.requestsNeeded) > 2_000)
    }

    @Test func `a cold first request is no slow-down, and its absence no speed-up`() {
        for seed in 0..<20 {
            var traffic = SimulatedTraffic(seed: UInt64(seed))
            var cold = traffic.times(.lognormal, 1_000)
            cold[0] = 5_000_000
            let warm = LatencySample(inOrder: traffic.times(.lognormal, 1_000))
            #expect(compare((LatencySample(inOrder: cold), warm), .apart).verdict != .faster)
            #expect(compare((warm, LatencySample(inOrder: cold)), .apart).verdict != .slower)
        }
    }

    @Test func `a baseline that was still warming up makes nothing faster`() {
        for seed in 0..<20 {
            var traffic = SimulatedTraffic(seed: UInt64(seed))
            let cold = traffic.times(.lognormal, 2_000).enumerated().map {
                $0.offset < 900 ? $0.element * 3 : $0.element
            }
            let warm = LatencySample(inOrder: traffic.times(.lognormal, 2_000))
            let found = compare((LatencySample(inOrder: cold), warm), .apart)
            #expect(found.verdict != .faster)
        }
    }

    @Test func `a slower tail is slower, although the median is the same`() {
        var traffic = SimulatedTraffic(seed: 9)
        let before = traffic.times(.lognormal, 8_000)
        let after = traffic.times(.lognormal, 8_000).enumerated().map { index, time in
            index % 10 == 0 ? time * 6 : time
        }
        let found = compare((LatencySample(inOrder: before), LatencySample(inOrder: after)), .apart)
        #expect(found.verdict == .slower)
        #expect(found.why?.contains("p95") ?? false)
        #expect((found.worstSlowdown ?? 0) > 0.5)
    }

    @Test func `a difference that does not matter is none`() {
        var traffic = SimulatedTraffic(seed: 4)
        let found = compare(traffic.pair(.ties, 20_000, .apart, slowdown: 1.01), .apart)
        #expect(found.verdict == .same)
    }

    @Test func `interleaving sees what two runs apart cannot`() {
        // The machine becomes slower all the time; both sides are the same.
        var random = SimulatedTraffic(seed: 6)
        let drifting = (0..<4_000).map { Int(2_000 * (1 + Double($0) / 4_000) * (1 + 0.02 * random.normal())) }
        let turns = (0..<80).map { turn in Array(drifting[(turn * 50)..<(turn * 50 + 50)]) }
        let (before, after) = (turns.map { Array($0.prefix(25)) }, turns.map { Array($0.suffix(25)) })
        let found = compare((LatencySample(turns: before), LatencySample(turns: after)), .interleaved)
        #expect(found.verdict == .same)
        let one = LatencySample(inOrder: Array(drifting.prefix(2_000)))
        let other = LatencySample(inOrder: Array(drifting.suffix(2_000)))
        #expect(compare((one, other), .apart).verdict != .same)
    }

    @Test func `samples of very different length are not compared by small blocks`() {
        var traffic = SimulatedTraffic(seed: 8)
        let few = LatencySample(inOrder: traffic.times(.lognormal, 100))
        let many = LatencySample(inOrder: traffic.times(.lognormal, 20_000))
        let found = compare((few, many), .apart)
        #expect(found.verdict == .unclear)
        #expect(found.why?.contains("same `requests`") ?? false)
    }
}

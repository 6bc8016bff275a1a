import Testing

@testable import Deployment

@Suite struct `Comparing traffic like with like` {
    private static let settings = LatencyComparison.Settings(design: .apart)

    private func sample(hits: Int, misses: Int, seed: UInt64, factor: Double = 1) -> TrafficSample {
        var traffic = SimulatedTraffic(seed: seed)
        let fast = traffic.times(.lognormal, hits).map { Int(Double($0) * factor / 10) }
        let slow = traffic.times(.lognormal, misses).map { Int(Double($0) * factor) }
        var samples: [AnswerKind: LatencySample] = [:]
        if hits > 0 { samples[AnswerKind(route: "/", cache: .hit)] = LatencySample(inOrder: fast) }
        if misses > 0 { samples[AnswerKind(route: "/", cache: .miss)] = LatencySample(inOrder: slow) }
        return TrafficSample(samples: samples)
    }

    @Test func `more hits are not faster`() {
        let found = TrafficComparison(
            before: sample(hits: 1_000, misses: 1_000, seed: 1), after: sample(hits: 1_900, misses: 100, seed: 2),
            Self.settings)
        #expect(found.verdict != .faster)
        #expect(found.mixShift == "50 % came from a cache before and 95 % now")
        #expect(!found.hasLostHits)
    }

    @Test func `nothing but hits after nothing but misses cannot be compared`() {
        let found = TrafficComparison(
            before: sample(hits: 0, misses: 2_000, seed: 1), after: sample(hits: 2_000, misses: 0, seed: 2),
            Self.settings)
        #expect(found.verdict == .unclear)
        #expect(found.why?.contains("like can only be compared with like") ?? false)
        #expect(found.kinds.isEmpty)
    }

    @Test func `one lucky hit among misses changes nothing`() {
        let found = TrafficComparison(
            before: sample(hits: 0, misses: 2_000, seed: 1), after: sample(hits: 3, misses: 1_997, seed: 2),
            Self.settings)
        #expect(found.verdict == .same)
        #expect(found.mixShift == nil)
    }

    @Test func `fewer hits are told, and that they are a loss`() {
        let found = TrafficComparison(
            before: sample(hits: 1_900, misses: 100, seed: 1), after: sample(hits: 600, misses: 1_400, seed: 2),
            Self.settings)
        #expect(found.hasLostHits)
    }

    @Test func `slower misses are found beside unchanged hits`() {
        var traffic = SimulatedTraffic(seed: 3)
        let hits = AnswerKind(route: "/", cache: .hit)
        let misses = AnswerKind(route: "/", cache: .miss)
        let before = TrafficSample(samples: [
            hits: LatencySample(inOrder: traffic.times(.lognormal, 2_000)),
            misses: LatencySample(inOrder: traffic.times(.lognormal, 2_000)),
        ])
        let after = TrafficSample(samples: [
            hits: LatencySample(inOrder: traffic.times(.lognormal, 2_000)),
            misses: LatencySample(inOrder: traffic.times(.lognormal, 2_000).map { $0 * 13 / 10 }),
        ])
        let found = TrafficComparison(before: before, after: after, Self.settings)
        #expect(found.verdict == .slower)
        #expect(found.why == "/, past the cache")
    }

    @Test func `no data is never a pass`() {
        let empty = TrafficSample(samples: [:], errors: ["timeout": 100])
        let full = sample(hits: 0, misses: 1_000, seed: 1)
        #expect(TrafficComparison(before: full, after: empty, Self.settings).verdict == .unclear)
        #expect(TrafficComparison(before: empty, after: full, Self.settings).verdict == .unclear)
    }

    @Test func `a sample reads back as it was written`() throws {
        var written = sample(hits: 500, misses: 500, seed: 4)
        written.errors = ["status 503": 2, "no answer in time": 1]
        written.bytes = 12_345
        written.database = .init(answers: 10, calls: 20, microseconds: 3_000)
        #expect(try #require(TrafficSample(text: written.text)) == written)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"v":2,"kinds":[]}"#, #"{"v":1}"#, #"{"v":1,"kinds":[{}]}"#,
        #"{"v":1,"kinds":[],"errors":{"a":-1}}"#, #"{"v":1,"kinds":[],"bytes":-1}"#,
        #"{"v":1,"kinds":[],"database":[1,2]}"#,
        #"{"v":1,"kinds":[{"route":"/","cache":"hot","histogram":"1 0 0 0 0","blocks":""}]}"#, "[secret TOKEN]",
    ])
    func `a text that is no sample is refused`(_ text: String) { #expect(TrafficSample(text: text) == nil) }
}

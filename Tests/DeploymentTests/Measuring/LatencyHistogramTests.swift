import Testing

@testable import Deployment

@Suite struct `A latency histogram` {
    @Test func `every figure is within one percent of the true one, from a microsecond to an hour`() {
        for value in [0, 1, 7, 255, 256, 257, 1_000, 12_345, 999_999, 60_000_000, 3_599_999_999] {
            var histogram = LatencyHistogram()
            for time in [value, value, value, 3_600_000_000] { histogram.record(time) }
            let found = histogram.percentile(0.5) ?? -1
            #expect(Double((found - value).magnitude) <= Double(value) * 0.01)
        }
    }

    @Test(arguments: SimulatedTraffic.Shape.allCases)
    func `percentiles agree with those of the sorted values`(_ shape: SimulatedTraffic.Shape) {
        var traffic = SimulatedTraffic(seed: 7)
        let values = traffic.times(shape, 5_000)
        var histogram = LatencyHistogram()
        for value in values { histogram.record(value) }
        let sorted = values.sorted()
        for share in [0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1] {
            let exact = sorted[min(sorted.count, max(1, Int((share * 5_000).rounded(.up)))) - 1]
            let found = histogram.percentile(share) ?? -1
            #expect(Double((found - exact).magnitude) <= Double(exact) * 0.01, "\(share)")
        }
        #expect(histogram.maximum == sorted.last)
        #expect(histogram.minimum == sorted.first)
        #expect(histogram.mean == values.reduce(0, +) / values.count)
    }

    @Test func `an empty one has no figures`() {
        #expect(LatencyHistogram().percentile(0.5) == nil)
        #expect(LatencyHistogram().mean == nil)
    }

    @Test func `two merged are as one that saw everything`() {
        var traffic = SimulatedTraffic(seed: 3)
        let values = traffic.times(.heavyTail, 2_000)
        var (first, second, all) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for (index, value) in values.enumerated() {
            all.record(value)
            if index % 3 == 0 { first.record(value) } else { second.record(value) }
        }
        first.merge(second)
        #expect(first == all)
        first.merge(LatencyHistogram())
        #expect(first == all)
    }

    @Test func `what is longer than an hour counts as an hour, and less than nothing as nothing`() {
        var histogram = LatencyHistogram()
        histogram.record(.max)
        histogram.record(-5)
        #expect(histogram.maximum == 3_600_000_000)
        #expect(histogram.minimum == 0)
    }

    @Test(arguments: SimulatedTraffic.Shape.allCases)
    func `its text is short and reads back the same`(_ shape: SimulatedTraffic.Shape) throws {
        var traffic = SimulatedTraffic(seed: 11)
        let sample = LatencySample(inOrder: traffic.times(shape, 10_000))
        #expect(sample.histogram.text.utf8.count < 12_000)
        let read = try #require(
            LatencySample(histogramText: sample.histogram.text, blockText: sample.blockText))
        #expect(read == sample)
    }

    @Test(arguments: [
        "", "1", "2 1 5 5 5 5+1", "1 1 5 5 5", "1 2 5 5 10 5+1", "1 1 9 5 5 5+1", "1 1 5 5 5 5+-1", "1 1 5 5 5 -5+1",
        "1 1 5 5 5 999999999+1", "1 9223372036854775807 0 0 0 0+9223372036854775807", "1 1 5 5 9223372036854775807 5+1",
        "1 1 5 5 5 5+1 x", "1 1 5 5 5 5+1+1", "[secret A] 1 5 5 5 5+1",
    ])
    func `a text that is none, or contradicts itself, is refused`(_ text: String) {
        #expect(LatencyHistogram(text: text) == nil)
    }

    @Test(arguments: ["x", "1:2", "1:2:-3", "0:1:1", "1:nan:2", "1:2:1e99", "1:2:3:4"])
    func `blocks that are none are refused`(_ text: String) {
        #expect(LatencySample(histogramText: "1 0 0 0 0", blockText: text) == nil)
    }
}

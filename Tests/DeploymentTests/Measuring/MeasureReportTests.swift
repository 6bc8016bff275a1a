import Testing

@testable import Deployment

@Suite struct `Judging a measurement` {
    private static let address: WebAddress = {
        guard let address = try? WebAddress("http://127.0.0.1:8000/health") else { fatalError("a good address") }
        return address
    }()

    private func traffic(_ count: Int, factor: Double = 1, errors: [String: Int] = [:], seed: UInt64 = 1)
        -> TrafficSample
    {
        var traffic = SimulatedTraffic(seed: seed)
        let times = traffic.times(.lognormal, count).map { Int(Double($0) * factor) }
        let samples = count == 0 ? [:] : [AnswerKind(route: "/health", cache: .unsaid): LatencySample(inOrder: times)]
        return TrafficSample(samples: samples, errors: errors, bytes: count * 10)
    }

    private func report(
        _ limits: MeasureLimits, _ now: TrafficSample, _ baseline: Measurement.Baseline = .none,
        isComplete: Bool = true
    ) -> MeasureReport {
        MeasureReport(
            MeasureCheck(addresses: [Self.address], baseline: .last, limits: limits),
            Measurement(now: now, kept: now, baseline: baseline, microseconds: 1_000_000, isComplete: isComplete),
            seed: 1)
    }

    @Test func `nothing but failures is not held, whatever the limits are`() {
        let found = report(MeasureLimits(p95: 1_000), traffic(0, errors: ["no connection": 50]))
        #expect(!found.isHeld)
        #expect(found.items.filter { !$0.isHeld }.map(\.name) == ["answers", "error_rate", "p95"])
    }

    @Test func `nothing at all is not held`() { #expect(!report(MeasureLimits(), traffic(0)).isHeld) }

    @Test func `what was given up half way is not held`() {
        #expect(!report(MeasureLimits(), traffic(500), isComplete: false).isHeld)
    }

    @Test func `good answers within the limits are held`() {
        let found = report(MeasureLimits(p50: 4, p95: 6, p99: 10, max: 100), traffic(1_000))
        #expect(found.isHeld, "\(found.items)")
    }

    @Test(arguments: [("p50", MeasureLimits(p50: 2)), ("p95", MeasureLimits(p95: 4)), ("max", MeasureLimits(max: 5))])
    func `each limit is found by its name`(_ name: String, _ limits: MeasureLimits) {
        #expect(report(limits, traffic(1_000)).items.filter { !$0.isHeld }.map(\.name) == [name])
    }

    @Test func `errors above their share are not held, with their kinds`() {
        let found = report(MeasureLimits(), traffic(980, errors: ["status 503": 15, "no answer in time": 5]))
        let item = found.items.first { $0.name == "error_rate" }
        #expect(item?.isHeld == false)
        #expect(item?.found == "2.00 % (15 × status 503, 5 × no answer in time)")
    }

    @Test func `a regression is not held, a smaller slow-down is`() {
        let before = Measurement.Baseline.sample(traffic(4_000, seed: 2), source: "run x")
        let limits = MeasureLimits(regression: 0.1)
        #expect(!report(limits, traffic(4_000, factor: 1.2), before).isHeld)
        #expect(report(limits, traffic(4_000), before).isHeld)
        #expect(report(MeasureLimits(regression: 0.5), traffic(4_000, factor: 1.2), before).isHeld)
    }

    @Test func `too noisy to tell is not held, and says how many requests it takes`() {
        var noisy = SimulatedTraffic(seed: 3)
        let kind = AnswerKind(route: "/health", cache: .unsaid)
        let before = TrafficSample(samples: [kind: LatencySample(inOrder: noisy.times(.heavyTail, 200))])
        let now = TrafficSample(samples: [kind: LatencySample(inOrder: noisy.times(.heavyTail, 200))])
        let found = report(MeasureLimits(regression: 0.05), now, .sample(before, source: "run x"))
        #expect(!found.isHeld)
        let item = found.items.first { $0.name == "regression" }
        #expect(item?.found.contains("too noisy to tell") ?? false)
        #expect(item?.found.contains("it takes about") ?? false)
        #expect(found.metrics["verdict"] == "too noisy to tell")
    }

    @Test func `a baseline that should be there and is not keeps it from passing`() {
        #expect(!report(MeasureLimits(regression: 0.1), traffic(1_000), .missing("gone")).isHeld)
    }

    @Test func `the first good run has nothing to be compared with, and is what the next is compared with`() throws {
        let found = report(MeasureLimits(regression: 0.1), traffic(1_000), .first)
        #expect(found.isHeld)
        #expect(found.metrics["verdict"] == "first of its kind")
        let kept = try #require(found.metrics[MeasureReport.sampleKey])
        #expect(try #require(TrafficSample(text: kept)) == traffic(1_000))
    }

    @Test func `fewer hits are a regression, although each kind of answer is as fast as before`() {
        var random = SimulatedTraffic(seed: 4)
        func sample(_ hits: Int, _ misses: Int) -> TrafficSample {
            TrafficSample(samples: [
                AnswerKind(route: "/health", cache: .hit): LatencySample(inOrder: random.times(.lognormal, hits)),
                AnswerKind(route: "/health", cache: .miss): LatencySample(inOrder: random.times(.lognormal, misses)),
            ])
        }
        let before = Measurement.Baseline.sample(sample(1_900, 100), source: "run x")
        #expect(!report(MeasureLimits(regression: 0.5), sample(500, 1_500), before).isHeld)
    }

    @Test func `the figures are there by name, hits and misses apart`() {
        var random = SimulatedTraffic(seed: 5)
        var now = TrafficSample(samples: [
            AnswerKind(route: "/health", cache: .hit): LatencySample(inOrder: random.times(.lognormal, 600)),
            AnswerKind(route: "/health", cache: .miss): LatencySample(inOrder: random.times(.lognormal, 400)),
        ])
        now.database = .init(answers: 400, calls: 800, microseconds: 400_000)
        let metrics = report(MeasureLimits(), now).metrics
        #expect(metrics["requests"] == "1000")
        #expect(metrics["hit_answers"] == "600")
        #expect(metrics["miss_answers"] == "400")
        #expect(metrics["db_calls"] == "2.00")
        #expect(metrics["db_time"] == "1.00 ms")
        #expect(metrics["rate"] == "1000.0 /s")
        for key in ["p50", "p95", "p99", "max", "hit_p50", "miss_p95"] {
            #expect(metrics[key]?.hasSuffix(" ms") ?? false)
        }
    }

    @Test(arguments: [
        (["db;dur=5.3"], 1, 5_300), (["db;dur=5.3;desc=\"7 queries\""], 7, 5_300),
        (["cache;desc=hit, db;dur=1"], 1, 1_000),
        (["db;dur=1, db;dur=2"], 2, 3_000), (["DB ; Dur = 2"], 1, 2_000), (["total;dur=9"], 0, 0), ([], 0, 0),
        (["db;dur=nan;desc=x"], 1, 0), (["db;dur=-1"], 1, 0), (["a\"b,db;dur=3"], 0, 0),
        (["sql-main;count=3;dur=0.5"], 3, 500),
    ])
    func `what answers say of the database is read, whatever they write`(_ values: [String], _ calls: Int, _ time: Int)
    {
        let timing = ServerTiming(values)
        #expect(timing.databaseCalls == calls)
        #expect(timing.databaseMicroseconds == time)
    }

    @Test(arguments: [("10%", 0.1), ("0.1%", 0.001), ("0%", 0), ("100 %", 1)])
    func `shares are read`(_ text: String, _ fraction: Double) {
        #expect(((Percent.parse(text) ?? -1) - fraction).magnitude < 1e-12)
    }

    @Test(arguments: ["10", "%", "-1%", "1e2%", "x%", "1001%", ".%"])
    func `what is no share is refused`(_ text: String) { #expect(Percent.parse(text) == nil) }
}

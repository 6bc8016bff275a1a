package import Deployment
package import Host

/// Carries a measurement out: warms up, asks, and keeps what the answers say.
package struct MeasureRunner {
    package enum Ending: Hashable, Sendable {
        case finished
        /// The time of the step was over first.
        case outOfTime
        case interrupted
        /// Nothing was asked: libcurl is not there.
        case unavailable(String)
    }

    package struct Outcome: Sendable {
        package var measurement: Measurement
        package var ending: Ending
        /// The first request that failed: index of its address, and what came.
        package var firstFailure: (target: Int, result: Result<HTTPResponse, HTTPFailure>)?
    }

    private let host: Host
    private let check: MeasureCheck
    private let requests: [HTTPRequest]
    private let seed: UInt64

    /// - Parameters:
    ///   - requests: one for each address of the check, in their order, and then one for its baseline's.
    package init(host: Host, check: MeasureCheck, requests: [HTTPRequest], seed: UInt64) {
        self.host = host
        self.check = check
        self.requests = requests
        self.seed = seed
    }

    /// - Parameters:
    ///   - baseline: the other side where it is not asked now.
    ///   - limit: after which it is given up; `nil`: none.
    ///   - stopSwitch: ends it when it is turned on.
    package func run(
        baseline: Measurement.Baseline, within limit: Duration?, stopSwitch: StopSwitch? = nil
    ) -> Outcome {
        let deadline = limit.map { host.clock.monotonicNanoseconds() + $0.nanoseconds }
        let isInTime = { deadline.map { host.clock.monotonicNanoseconds() < $0 } ?? true }
        let turns =
            check.design == .interleaved
            ? MeasureTurns(requests: check.requests, concurrency: min(check.concurrency, 64), seed: seed) : nil
        var (now, before) = (MeasureCollector(), MeasureCollector())
        var failure: (target: Int, result: Result<HTTPResponse, HTTPFailure>)?
        var (end, latest, seen) = (0, 0, 0)

        if let ending = warmUp(stopSwitch, isInTime) {
            return outcome(now, before, turns, baseline, ending, failure, end, latest, isComplete: false)
        }
        let load = HTTPLoad(
            requests, count: turns?.requests ?? check.requests, pace: pace, target: target(turns),
            stopSwitch: stopSwitch)
        let ended = host.http.performMany(load) { event in
            seen += 1
            end = max(end, event.ended)
            latest = max(latest, (event.started - event.intended) / 1_000)
            if failure == nil, !Self.isGood(event.result) { failure = (event.target, event.result) }
            if let turns, !turns.isNow(event.number) {
                before.take(event, route: check.route(0))
            } else {
                now.take(event, route: check.route(event.target))
            }
            return isInTime()
        }
        let ending: Ending =
            switch ended {
            case .finished: .finished
            case .enough: seen == load.count ? .finished : .outOfTime
            case .interrupted: .interrupted
            case .unavailable(let why): .unavailable(why)
            }
        return outcome(
            now, before, turns, baseline, ending, failure, end, latest, isComplete: seen == load.count)
    }

    private static func isGood(_ result: Result<HTTPResponse, HTTPFailure>) -> Bool {
        if case .success(let response) = result { return (200..<400).contains(response.status) }
        return false
    }

    private var pace: HTTPLoad.Pace {
        if let rate = check.rate { return .rate(rate, atMost: check.concurrency) }
        return .concurrency(check.concurrency)
    }

    private func target(_ turns: MeasureTurns?) -> @Sendable (Int) -> Int {
        let count = check.addresses.count
        guard let turns else { return { $0 % count } }
        return { turns.isNow($0) ? 0 : 1 }
    }

    /// - Returns: how it ended when there is nothing to go on with.
    private func warmUp(_ stopSwitch: StopSwitch?, _ isInTime: () -> Bool) -> Ending? {
        let count = check.warmup * (requests.count > check.addresses.count ? 2 : 1)
        guard count > 0 else { return nil }
        let load = HTTPLoad(
            requests, count: count, pace: .concurrency(min(check.concurrency, 16)), stopSwitch: stopSwitch)
        switch host.http.performMany(load, { _ in isInTime() }) {
        case .finished: return nil
        case .enough: return isInTime() ? nil : .outOfTime
        case .interrupted: return .interrupted
        case .unavailable(let why): return .unavailable(why)
        }
    }

    private func outcome(
        _ now: MeasureCollector, _ before: MeasureCollector, _ turns: MeasureTurns?, _ baseline: Measurement.Baseline,
        _ ending: Ending, _ failure: (target: Int, result: Result<HTTPResponse, HTTPFailure>)?, _ end: Int,
        _ latest: Int, isComplete: Bool
    ) -> Outcome {
        let kept = now.inOrder
        var measurement = Measurement(
            now: kept, kept: kept, baseline: baseline, microseconds: end / 1_000, latestStart: latest,
            isComplete: isComplete)
        if let turns, case .address(let address) = check.baseline {
            measurement.now = now.inTurns(turns)
            measurement.baseline = .sample(before.inTurns(turns), source: address.text)
        }
        return Outcome(measurement: measurement, ending: ending, firstFailure: failure)
    }
}

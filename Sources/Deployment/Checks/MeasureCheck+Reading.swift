import Diagnostics
import YAML

extension CheckReader {
    private static let measureKeys =
        [
            "url", "urls", "headers", "requests", "concurrency", "rate", "warmup", "baseline", "limits",
        ] + connectionKeys

    /// - Returns: `nil` when something is wrong, which is in `problems`, or not known yet.
    func measure(_ node: Node) -> MeasureCheck? {
        guard let fields = Fields(node, of: "measurement", known: Self.measureKeys, problems: problems) else {
            return nil
        }
        let addresses = measuredAddresses(fields)
        let rate = rate(fields)
        let baseline = baseline(fields)
        var check = MeasureCheck(
            addresses: addresses, headers: headers("headers", fields),
            requests: fields.integer("requests", in: 1...MeasureCheck.mostRequests)?.value
                ?? MeasureCheck.defaultRequests,
            concurrency: fields.integer("concurrency", in: 1...1_000)?.value
                ?? (rate == nil ? MeasureCheck.defaultConcurrency : MeasureCheck.defaultConcurrencyAtRate),
            rate: rate, warmup: fields.integer("warmup", in: 0...100_000)?.value ?? MeasureCheck.defaultWarmup,
            baseline: baseline, connection: connection(fields))
        if let node = fields.node("limits") { check.limits = limits(node) }
        if check.limits.regression != nil, !fields.contains("baseline") {
            problems.error(
                "`regression` has nothing to be compared with", at: fields.keyRange("limits"),
                expected: "`baseline:` beside it: an earlier step, `last`, or `{url: …}`")
        }
        if case .address = baseline, addresses.count > 1 {
            problems.error(
                "`baseline` is one address, and there are \(addresses.count) to compare with it",
                at: fields.keyRange("baseline"), expected: "one `url`, or a step as the baseline")
        }
        return addresses.isEmpty ? nil : check
    }

    private func measuredAddresses(_ fields: Fields) -> [WebAddress] {
        guard fields.contains("url") != fields.contains("urls") else {
            problems.error(
                fields.contains("url") ? "`urls` stands beside `url`" : "the measurement has no `url`",
                at: fields.contains("url") ? fields.keyRange("urls") : fields.beginning, expected: "one of the two")
            return []
        }
        if fields.contains("url") { return address("url", fields).map { [$0] } ?? [] }
        if fields.list("urls")?.isEmpty ?? false {
            problems.error("`urls` is empty", at: fields.keyRange("urls"), expected: "at least one address")
        }
        return addresses("urls", fields).map(\.value)
    }

    private func rate(_ fields: Fields) -> Double? {
        guard let node = fields.node("rate") else { return nil }
        guard let rate = node.scalar?.number, rate.isFinite, rate >= 0.01, rate <= 100_000 else {
            fields.wrongType(node, "rate", "requests a second, from 0.01 to 100000")
            return nil
        }
        return rate
    }

    private func baseline(_ fields: Fields) -> MeasureCheck.Baseline? {
        guard let node = fields.node("baseline") else { return nil }
        if node.mapping != nil {
            guard let inner = Fields(node, of: "baseline", known: ["url"], problems: problems),
                inner.required("url", expected: "the address to compare with") != nil
            else { return nil }
            return address("url", inner).map { .address($0) }
        }
        guard let text = text(node, "baseline", fields) else { return nil }
        return text == "last" ? .last : .step(text)
    }

    private func limits(_ node: Node) -> MeasureLimits {
        let keys = ["p50", "p95", "p99", "max", "error_rate", "regression"]
        guard let fields = Fields(node, of: "limit", known: keys, problems: problems) else {
            return MeasureLimits()
        }
        func milliseconds(_ key: String) -> Int? {
            positive(key, fields).map { duration in
                let (seconds, attoseconds) = duration.components
                return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
            }
        }
        func share(_ key: String) -> Double? {
            guard let node = fields.node(key) else { return nil }
            guard let share = node.spelling.flatMap({ Percent.parse($0) }) else {
                fields.wrongType(node, key, Percent.expected)
                return nil
            }
            return share
        }
        let regression = share("regression")
        if let regression, regression < 0.01, let node = fields.node("regression") {
            fields.wrongType(node, "regression", "at least `1%`: less cannot be told from noise")
        }
        return MeasureLimits(
            p50: milliseconds("p50"), p95: milliseconds("p95"), p99: milliseconds("p99"), max: milliseconds("max"),
            errorRate: share("error_rate") ?? MeasureLimits.defaultErrorRate, regression: regression)
    }
}

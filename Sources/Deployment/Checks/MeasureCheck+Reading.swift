import Diagnostics
import YAML

extension MeasureCheck {
    private static let keys =
        [
            "url", "urls", "headers", "requests", "concurrency", "rate", "warmup", "baseline", "limits",
        ] + CheckReader.connectionKeys

    /// - Returns: `nil` when something does not fit, which is in the reader's problems, or is not known yet.
    package static func read(_ node: Node, _ reader: CheckReader) -> MeasureCheck? {
        guard let fields = Fields(node, of: "measurement", known: keys, problems: reader.problems) else { return nil }
        let addresses = addresses(fields, reader)
        let rate = rate(fields)
        let baseline = baseline(fields, reader)
        var check = MeasureCheck(
            addresses: addresses, headers: reader.headers("headers", fields),
            requests: fields.integer("requests", in: 1...mostRequests)?.value ?? defaultRequests,
            concurrency: fields.integer("concurrency", in: 1...1_000)?.value
                ?? (rate == nil ? defaultConcurrency : defaultConcurrencyAtRate),
            rate: rate, warmup: fields.integer("warmup", in: 0...100_000)?.value ?? defaultWarmup,
            baseline: baseline, connection: reader.connection(fields))
        if let limits = fields.node("limits") { check.limits = self.limits(limits, reader) }
        if check.limits.regression != nil, !fields.contains("baseline") {
            reader.problems.error(
                "`regression` has nothing to be compared with", at: fields.keyRange("limits"),
                expected: "`baseline:` beside it: an earlier step, `last`, or `{url: …}`")
        }
        if case .address = baseline, addresses.count > 1 {
            reader.problems.error(
                "`baseline` is one address, and there are \(addresses.count) to compare with it",
                at: fields.keyRange("baseline"), expected: "one `url`, or a step as the baseline")
        }
        return addresses.isEmpty ? nil : check
    }

    private static func addresses(_ fields: Fields, _ reader: CheckReader) -> [WebAddress] {
        guard fields.contains("url") != fields.contains("urls") else {
            reader.problems.error(
                fields.contains("url") ? "`urls` stands beside `url`" : "the measurement has no `url`",
                at: fields.contains("url") ? fields.keyRange("urls") : fields.beginning, expected: "one of the two")
            return []
        }
        if fields.contains("url") { return reader.address("url", fields).map { [$0] } ?? [] }
        if fields.list("urls")?.isEmpty ?? false {
            reader.problems.error("`urls` is empty", at: fields.keyRange("urls"), expected: "at least one address")
        }
        return reader.addresses("urls", fields).map(\.value)
    }

    private static func rate(_ fields: Fields) -> Double? {
        guard let node = fields.node("rate") else { return nil }
        guard let rate = node.scalar?.number, rate.isFinite, rate >= 0.01, rate <= 100_000 else {
            fields.wrongType(node, "rate", "requests a second, from 0.01 to 100000")
            return nil
        }
        return rate
    }

    private static func baseline(_ fields: Fields, _ reader: CheckReader) -> Baseline? {
        guard let node = fields.node("baseline") else { return nil }
        if node.mapping != nil {
            guard let inner = Fields(node, of: "baseline", known: ["url"], problems: reader.problems),
                inner.required("url", expected: "the address to compare with") != nil
            else { return nil }
            return reader.address("url", inner).map { .address($0) }
        }
        guard let text = reader.text(node, "baseline", fields) else { return nil }
        return text == "last" ? .last : .step(text)
    }

    private static func limits(_ node: Node, _ reader: CheckReader) -> MeasureLimits {
        let keys = ["p50", "p95", "p99", "max", "error_rate", "regression"]
        guard let fields = Fields(node, of: "limit", known: keys, problems: reader.problems) else {
            return MeasureLimits()
        }
        func milliseconds(_ key: String) -> Int? {
            reader.positive(key, fields).map { duration in
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

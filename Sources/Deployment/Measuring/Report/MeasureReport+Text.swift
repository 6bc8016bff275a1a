import Diagnostics

extension MeasureReport {
    /// For a step's log and for the screen. What is not held is told by whoever judges.
    package var lines: [String] {
        var lines = [traffic]
        lines.append("  all answers: \(figures(measurement.now.histogram))")
        for (cache, name) in [(CacheUse.hit, "from a cache"), (.miss, "past the cache")] {
            let count = measurement.now.count(cache)
            guard count > 0, count < measurement.now.answers || cache == .hit else { continue }
            lines.append("  \(name) (\(Grouped.text(count))): \(figures(measurement.now.histogram(cache)))")
        }
        let database = measurement.now.database
        if database.answers > 0 {
            let answers = Double(database.answers)
            lines.append(
                "  database: \(Decimal.text(Double(database.calls) / answers, places: 2)) calls and "
                    + "\(Decimal.milliseconds(Int(Double(database.microseconds) / answers))) for an answer, "
                    + "by \(ServerTiming.headerName)")
        }
        lines += comparisonLines
        return lines + items.filter(\.isHeld).map { "held: \($0.name): \($0.found); \($0.expected)" }
    }

    private var traffic: String {
        let now = measurement.now
        let seconds = Double(max(1, measurement.microseconds)) / 1_000_000
        let all = now.answers + now.failures
        let how =
            check.rate.map { "\(Decimal.text($0, places: $0 == $0.rounded() ? 0 : 2)) a second" }
            ?? "\(check.concurrency) at a time"
        let late = measurement.latestStart >= 10_000 ? ", the latest \(measurement.latestStart / 1_000) ms late" : ""
        let warmup = check.warmup > 0 ? ", after \(check.warmup) to warm up" : ""
        return
            "\(Grouped.text(all)) requests, \(how)\(late): \(Decimal.text(Double(all) / seconds, places: 1)) a second"
            + "\(warmup); \(Wording.bytes(now.bytes))"
    }

    private func figures(_ histogram: LatencyHistogram) -> String {
        guard histogram.count > 0 else { return "none" }
        return [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)].compactMap { name, share in
            histogram.percentile(share).map { "\(name) \(Decimal.milliseconds($0))" }
        }.joined(separator: ", ")
    }

    private var comparisonLines: [String] {
        switch measurement.baseline {
        case .none: return []
        case .first: return ["compared with nothing: there is no earlier good run with this step"]
        case .missing(let why): return ["compared with nothing: \(why)"]
        case .sample(let before, let source):
            guard let comparison else { return [] }
            let design = check.design == .interleaved ? "asked in turns" : "measured at another time"
            var lines = [
                "compared with \(source), \(design): \(comparison.verdict.rawValue)"
                    + (comparison.why.map { " (\($0))" } ?? ""),
                "  before: \(figures(before.histogram))",
            ]
            for kind in comparison.kinds { lines += self.lines(kind, of: comparison) }
            if let shift = comparison.mixShift { lines.append("  caches answer otherwise: \(shift)") }
            if let needed = comparison.requestsNeeded {
                lines.append(
                    "  to find a slow-down by \(Percent.text(comparison.settings.tolerance, places: 0)) takes about "
                        + "\(Grouped.text(needed)) requests of each")
            }
            return lines
        }
    }

    private func lines(_ kind: TrafficComparison.Kind, of comparison: TrafficComparison) -> [String] {
        let name = comparison.kinds.count > 1 ? "\(kind.kind.description): \(kind.comparison.verdict.rawValue); " : ""
        guard let median = kind.comparison.median, let pValue = kind.comparison.pValue else {
            return ["  \(name)\(kind.comparison.why ?? "not comparable")"]
        }
        let effect = kind.comparison.superiority.map {
            ", effect \(Decimal.text($0, places: 2)) (none is 0.50)"
        }
        let tail = kind.comparison.p95.map { ", p95 \(ComparisonWords.change($0))" } ?? ""
        return [
            "  \(name)median \(ComparisonWords.change(median))\(tail), \(ComparisonWords.pValue(pValue))\(effect ?? "")"
        ]
    }
}

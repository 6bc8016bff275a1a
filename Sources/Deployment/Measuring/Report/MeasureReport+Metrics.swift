extension MeasureReport {
    /// What later runs compare themselves with. Not for people.
    package static let sampleKey = "samples"

    /// The figures for the record, each as people read it.
    package var metrics: [String: String] {
        let now = measurement.now
        var metrics: [String: String] = [
            "requests": String(now.answers + now.failures), "errors": String(now.failures),
            "error_rate": now.errorRate.map { Percent.text($0, places: 2) } ?? "unknown", "bytes": String(now.bytes),
        ]
        add(now.histogram, "", to: &metrics)
        for (cache, name) in [(CacheUse.hit, "hit"), (.miss, "miss")] where now.count(cache) > 0 {
            metrics["\(name)_answers"] = String(now.count(cache))
            add(now.histogram(cache), "\(name)_", to: &metrics)
        }
        if measurement.microseconds > 0 {
            let rate = Double(now.answers + now.failures) / (Double(measurement.microseconds) / 1_000_000)
            metrics["rate"] = "\(Decimal.text(rate, places: 1)) /s"
        }
        if now.database.answers > 0 {
            let answers = Double(now.database.answers)
            metrics["db_calls"] = Decimal.text(Double(now.database.calls) / answers, places: 2)
            metrics["db_time"] = Decimal.milliseconds(Int(Double(now.database.microseconds) / answers))
        }
        addComparison(to: &metrics)
        metrics[Self.sampleKey] = measurement.kept.text
        return metrics
    }

    private func add(_ histogram: LatencyHistogram, _ prefix: String, to metrics: inout [String: String]) {
        for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)] {
            guard let value = histogram.percentile(share) else { continue }
            metrics["\(prefix)\(name)"] = Decimal.milliseconds(value)
        }
    }

    private func addComparison(to metrics: inout [String: String]) {
        if case .first = measurement.baseline { metrics["verdict"] = "first of its kind" }
        if let verdict { metrics["verdict"] = verdict.rawValue }
        guard let comparison else { return }
        if case .sample(let before, let source) = measurement.baseline {
            add(before.histogram, "baseline_", to: &metrics)
            metrics["baseline"] = source
        }
        if let needed = comparison.requestsNeeded { metrics["requests_needed"] = String(needed) }
        if let shift = comparison.mixShift { metrics["cache_mix"] = shift }
        guard let kind = ComparisonWords.decisive(comparison)?.comparison else { return }
        if let median = kind.median { metrics["change_p50"] = ComparisonWords.change(median) }
        if let p95 = kind.p95 { metrics["change_p95"] = ComparisonWords.change(p95) }
        if let pValue = kind.pValue { metrics["p_value"] = Decimal.text(pValue, places: 4) }
        if let effect = kind.superiority { metrics["effect"] = Decimal.text(effect, places: 3) }
    }
}

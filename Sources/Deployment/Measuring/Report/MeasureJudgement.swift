import Diagnostics

/// Holds a measurement against its limits. What cannot be told is not held: no data never passes.
struct MeasureJudgement {
    private let check: MeasureCheck
    private let measurement: Measurement
    private let comparison: TrafficComparison?

    init(_ check: MeasureCheck, _ measurement: Measurement, _ comparison: TrafficComparison?) {
        self.check = check
        self.measurement = measurement
        self.comparison = comparison
    }

    private var limits: MeasureLimits { check.limits }

    var items: [ChecklistItem] {
        [answers, errorRate].compactMap(\.self)
            + [
                percentile("p50", 0.5, limits.p50), percentile("p95", 0.95, limits.p95),
                percentile("p99", 0.99, limits.p99), percentile("max", 1, limits.max), regression,
            ].compactMap(\.self)
    }

    private var answers: ChecklistItem {
        let now = measurement.now
        let wanted = measurement.isComplete ? "\(check.requests)" : "all of \(check.requests)"
        return ChecklistItem(
            "answers", isHeld: now.answers > 0 && measurement.isComplete,
            expected: "answers to \(wanted) requests, most of them good",
            found: "\(now.answers) good ones of \(Wording.count(now.answers + now.failures, "request"))")
    }

    private var errorRate: ChecklistItem? {
        guard let rate = measurement.now.errorRate else { return nil }
        let kinds = measurement.now.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
            .map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
        return ChecklistItem(
            "error_rate", isHeld: rate <= limits.errorRate,
            expected: "at most \(Percent.text(limits.errorRate, places: 2))",
            found: "\(Percent.text(rate, places: 2))\(kinds.isEmpty ? "" : " (\(kinds))")")
    }

    private func percentile(_ name: String, _ share: Double, _ limit: Int?) -> ChecklistItem? {
        guard let limit else { return nil }
        guard let found = measurement.now.histogram.percentile(share) else {
            return ChecklistItem(
                name, isHeld: false, expected: "at most \(limit) ms", found: "there were no good answers")
        }
        return ChecklistItem(
            name, isHeld: found <= limit * 1_000, expected: "at most \(limit) ms",
            found: Decimal.milliseconds(found))
    }

    private var regression: ChecklistItem? {
        guard let limit = limits.regression else { return nil }
        let expected = "not slower by \(Percent.text(limit, places: 0)) or more"
        func item(_ isHeld: Bool, _ found: String) -> ChecklistItem {
            ChecklistItem("regression", isHeld: isHeld, expected: expected, found: found)
        }
        switch measurement.baseline {
        case .none: return item(false, "there is no baseline")
        case .missing(let why): return item(false, why)
        case .first: return item(true, "no earlier good run to compare with: the next one is compared with this one")
        case .sample: break
        }
        guard let comparison else { return item(false, "there is no baseline") }
        let words = ComparisonWords.verdict(comparison)
        if comparison.hasLostHits, let shift = comparison.mixShift { return item(false, "fewer cache hits: \(shift)") }
        switch comparison.verdict {
        case .faster, .same: return item(true, words)
        // Shown to be slower, and shown to be so by less than what is allowed.
        case .slower: return item((comparison.worstSlowdown ?? .infinity) < limit, words)
        case .unclear:
            let advice = comparison.requestsNeeded.map { "; it takes about \(Grouped.text($0)) requests of each" } ?? ""
            return item(false, words + advice)
        }
    }
}

/// `12,000`.
package enum Grouped {
    package static func text(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return (number < 0 ? "-" : "") + result
    }
}

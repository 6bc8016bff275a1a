/// A measurement judged by its limits: what goes into the record, into the log, and onto the screen.
package struct MeasureReport: Hashable, Sendable {
    package let check: MeasureCheck
    package let measurement: Measurement
    /// `nil` without a baseline.
    package let comparison: TrafficComparison?
    /// Never empty: that there were answers at all is one of them.
    package let items: [ChecklistItem]

    package init(_ check: MeasureCheck, _ measurement: Measurement, seed: UInt64) {
        self.check = check
        self.measurement = measurement
        if case .sample(let before, _) = measurement.baseline {
            comparison = TrafficComparison(
                before: before, after: measurement.now,
                LatencyComparison.Settings(
                    design: check.design, tolerance: check.limits.regression ?? 0.1, seed: seed))
        } else {
            comparison = nil
        }
        items = MeasureJudgement(check, measurement, comparison).items
    }

    package var isHeld: Bool { items.allSatisfy(\.isHeld) }

    /// What a comparison says; `nil` where none was asked for or possible yet.
    package var verdict: LatencyVerdict? {
        if let comparison { return comparison.verdict }
        if case .missing = measurement.baseline { return .unclear }
        return nil
    }
}

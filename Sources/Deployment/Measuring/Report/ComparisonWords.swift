/// A comparison in words.
package enum ComparisonWords {
    /// `slower: median +12.0 % (+8.1 % to +16.2 %)`.
    package static func verdict(_ comparison: TrafficComparison) -> String {
        var text = comparison.verdict.rawValue
        if let decisive = decisive(comparison), let median = decisive.comparison.median {
            text += ": median \(change(median))"
            if let p95 = decisive.comparison.p95 { text += ", p95 \(change(p95))" }
        }
        if let why = comparison.why { text += " (\(why))" }
        return text
    }

    /// The kind of answers that the verdict is about; of several, the one that changed most.
    package static func decisive(_ comparison: TrafficComparison) -> TrafficComparison.Kind? {
        let agreeing = comparison.kinds.filter { $0.comparison.verdict == comparison.verdict }
        let candidates = (agreeing.isEmpty ? comparison.kinds : agreeing).filter { $0.comparison.median != nil }
        return candidates.max { $0.effect.magnitude < $1.effect.magnitude }
    }

    package static func change(_ change: LatencyChange) -> String {
        let signed = { (value: Double) in Percent.text(value, isSigned: true) }
        return "\(signed(change.estimate)) (\(signed(change.lower)) to \(signed(change.upper)))"
    }

    /// `p = 0.003`, `p < 0.0001`.
    package static func pValue(_ value: Double) -> String {
        value < 0.0001 ? "p < 0.0001" : "p = \(Decimal.text(value, places: value < 0.01 ? 4 : 3))"
    }
}

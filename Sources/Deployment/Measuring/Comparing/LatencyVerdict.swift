/// What a comparison of response times says.
package enum LatencyVerdict: String, Hashable, Sendable, Codable, CaseIterable {
    case faster
    case slower
    /// And one of the size that was asked for would have been seen.
    case same = "no difference shown"
    /// A difference of the size that was asked for may be there and may not; or there is nothing to compare.
    case unclear = "too noisy to tell"
}

/// By how much something changed: fractions of what it was before, above zero where it is longer now.
package struct LatencyChange: Hashable, Sendable {
    package let estimate: Double
    /// Between these two it lies, at the confidence of the comparison.
    package let lower: Double
    package let upper: Double

    package init(estimate: Double, lower: Double, upper: Double) {
        self.estimate = estimate
        self.lower = lower
        self.upper = upper
    }

    package var excludesZero: Bool { lower > 0 || upper < 0 }
}

/// How two samples were taken.
package enum SampleDesign: String, Hashable, Sendable, Codable {
    /// In turns, so that what the machine did meanwhile is in both alike.
    case interleaved
    /// One after the other, perhaps days apart.
    case apart
}

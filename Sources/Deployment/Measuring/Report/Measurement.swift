/// What was measured, and what it was compared with.
package struct Measurement: Hashable, Sendable {
    /// Where the figures of the other side are from.
    package enum Baseline: Hashable, Sendable {
        /// - Parameter source: completes "compared with …".
        case sample(TrafficSample, source: String)
        /// None was asked for.
        case none
        /// There is no earlier good run: this one is what the next is compared with.
        case first
        /// It should be there and is not; why.
        case missing(String)
    }

    /// As it is compared.
    package var now: TrafficSample
    /// As it is kept for later runs: the same answers, in blocks by time.
    package var kept: TrafficSample
    package var baseline: Baseline
    /// From the first request to the end of the last, in microseconds.
    package var microseconds: Int
    /// The most requests that waited for their turn, at a fixed rate: how late the latest started, in microseconds.
    package var latestStart: Int
    /// All that were to be sent were sent.
    package var isComplete: Bool

    package init(
        now: TrafficSample, kept: TrafficSample, baseline: Baseline = .none, microseconds: Int, latestStart: Int = 0,
        isComplete: Bool = true
    ) {
        self.now = now
        self.kept = kept
        self.baseline = baseline
        self.microseconds = microseconds
        self.latestStart = latestStart
        self.isComplete = isComplete
    }
}

/// Whether answers of one kind take longer than they did: a rank test and a bootstrap interval over blocks of requests.
///
/// Called a difference is only what both find, and what is large enough to matter.
package struct LatencyComparison: Hashable, Sendable {
    package struct Settings: Hashable, Sendable {
        package var design: SampleDesign
        /// The slow-down that must not be missed, as a fraction.
        package var tolerance: Double
        /// How often two samples of one thing may be called different.
        package var significance: Double
        package var seed: UInt64

        package init(design: SampleDesign, tolerance: Double = 0.1, significance: Double = 0.01, seed: UInt64 = 1) {
            self.design = design
            self.tolerance = tolerance
            self.significance = significance
            self.seed = seed
        }

        /// Smaller differences are not called one. What was measured at another time differs a little for no reason.
        package var smallestEffect: Double {
            switch design {
            case .interleaved: max(0.01, tolerance / 5)
            case .apart: max(0.02, tolerance / 2)
            }
        }
    }

    /// Blocks of a side, at least.
    package static let fewestBlocks = 8

    package private(set) var verdict: LatencyVerdict
    /// What the verdict alone does not say; `nil` when it says all.
    package private(set) var why: String?
    package private(set) var median: LatencyChange?
    /// `nil` where a block has too few requests to have one.
    package private(set) var p95: LatencyChange?
    /// Of the medians.
    package private(set) var pValue: Double?
    /// How likely a block takes longer now than before; 0.5 when nothing changed.
    package private(set) var superiority: Double?
    /// Requests of a side with which a slow-down by `tolerance` is found in at least 95 of 100 runs, judged by how much
    /// these requests vary; `nil` when there were too few to judge.
    package private(set) var requestsNeeded: Int?

    /// It is the slowest answers that decided.
    private var isTail = false

    /// The most that these answers may have slowed down by, as a fraction; `nil` when they could not be compared.
    package var worstSlowdown: Double? { isTail ? p95?.upper : median?.upper }

    private init(unclear why: String) {
        verdict = .unclear
        self.why = why
    }

    package init(before: LatencySample, after: LatencySample, _ settings: Settings) {
        let blocks = MatchedBlocks(before: before, after: after, settings.design)
        if let why = blocks.whyNot {
            self.init(unclear: why)
            return
        }
        let test = BlockTest(blocks.logarithms(\.median), settings, settings.significance)
        self.init(unclear: "")
        why = nil
        median = test.change
        pValue = test.pValue
        superiority = test.superiority
        requestsNeeded = test.requestsNeeded(of: blocks.requests, settings)
        verdict = test.verdict(settings)
        if blocks.size >= 20 {
            let tail = BlockTest(blocks.logarithms(\.p95), settings, settings.significance / 2)
            p95 = tail.change
            if verdict != .slower, tail.verdict(settings) == .slower {
                verdict = .slower
                isTail = true
                why = "the slowest answers take longer: p95, not the median"
            }
        }
        if verdict == .faster || verdict == .slower, why == nil { checkSteadiness(blocks, settings) }
    }

    /// A side that was still warming up makes the other one look better: what is left of the difference counts.
    private mutating func checkSteadiness(_ blocks: MatchedBlocks, _ settings: Settings) {
        guard let later = blocks.laterHalf else { return }
        let rest = BlockTest(later.logarithms(\.median), settings, 0.05).change.estimate
        let isLeft = verdict == .faster ? rest <= -settings.smallestEffect : rest >= settings.smallestEffect
        guard !isLeft else { return }
        if verdict == .faster {
            verdict = .unclear
            why = "what was compared with was still warming up: in the second half nothing is faster"
        } else {
            why = "only in the first half: it may still have been warming up"
        }
    }
}

/// One side's answers beside the other's, like only with like.
package struct TrafficComparison: Hashable, Sendable {
    package struct Kind: Hashable, Sendable {
        package let kind: AnswerKind
        package let comparison: LatencyComparison
        /// Of all answers now.
        package let share: Double
    }

    /// A kind that is a smaller share of its route's answers does not keep the whole from being judged.
    private static let smallShare = 0.2

    package let verdict: LatencyVerdict
    /// What decided, and what else is worth knowing; `nil` when the verdict says it all.
    package let why: String?
    /// By route and cache use; those that both sides have.
    package let kinds: [Kind]
    /// That caches answer otherwise than before, in words; `nil` when they answer alike.
    package let mixShift: String?
    /// Fewer answers come from caches than did: slower for those who ask, whatever each kind of answer takes.
    package let hasLostHits: Bool
    /// Requests of a side; `nil` when there were too few to tell.
    package let requestsNeeded: Int?
    /// The most that any kind which counts may have slowed down by, as a fraction; `nil` when nothing was comparable.
    package let worstSlowdown: Double?
    package let settings: LatencyComparison.Settings

    package init(before: TrafficSample, after: TrafficSample, _ settings: LatencyComparison.Settings) {
        self.settings = settings
        let shared = after.samples.keys.filter { before.samples[$0] != nil }.sorted()
        // Each kind is a chance to be wrong.
        var each = settings
        each.significance /= Double(max(1, shared.count))
        let (all, allBefore) = (Double(max(1, after.answers)), Double(max(1, before.answers)))
        kinds = shared.compactMap { kind in
            guard let first = before.samples[kind], let second = after.samples[kind] else { return nil }
            return Kind(
                kind: kind, comparison: LatencyComparison(before: first, after: second, each),
                share: Double(second.count) / all)
        }
        let mix = CacheMix(before: before, after: after)
        mixShift = mix.shift
        hasLostHits = mix.hasLostHits

        let counting = kinds.filter { kind in
            max(after.shareOfRoute(kind.kind), before.shareOfRoute(kind.kind)) >= Self.smallShare
        }
        worstSlowdown = counting.compactMap(\.comparison.worstSlowdown).max()
        requestsNeeded = counting.compactMap { kind in
            kind.comparison.requestsNeeded.map { Self.rounded(Double($0) / max(kind.share, 0.01)) }
        }.max()
        let earlier = counting.reduce(0) { $0 + Double(before.samples[$1.kind]?.count ?? 0) } / allBefore
        let covered = min(earlier, counting.reduce(0) { $0 + $1.share })
        (verdict, why) = Self.judge(counting, kinds, covered: covered, before, after, mix)
    }

    private static func judge(
        _ counting: [Kind], _ kinds: [Kind], covered: Double, _ before: TrafficSample, _ after: TrafficSample,
        _ mix: CacheMix
    ) -> (LatencyVerdict, String?) {
        if before.answers == 0 || after.answers == 0 {
            return (
                .unclear, "\(after.answers == 0 ? "there were no answers" : "the baseline has no answers") to compare"
            )
        }
        if let slower = counting.filter({ $0.comparison.verdict == .slower }).max(by: { $0.effect < $1.effect }) {
            return (.slower, named(slower, of: kinds))
        }
        if covered < 0.5 {
            let what = mix.shift ?? "the answers are of other kinds than before"
            return (.unclear, "like can only be compared with like, and \(what)")
        }
        if let unclear = counting.first(where: { $0.comparison.verdict == .unclear }) {
            return (.unclear, named(unclear, of: kinds))
        }
        if let faster = counting.filter({ $0.comparison.verdict == .faster }).min(by: { $0.effect < $1.effect }) {
            return (.faster, named(faster, of: kinds))
        }
        return (.same, mix.shift)
    }

    private static func named(_ kind: Kind, of kinds: [Kind]) -> String? {
        guard kinds.count > 1 else { return kind.comparison.why }
        return "\(kind.kind.description)\(kind.comparison.why.map { ": \($0)" } ?? "")"
    }

    private static func rounded(_ number: Double) -> Int {
        var unit = 1.0
        while number / unit >= 100 { unit *= 10 }
        return Int((number / unit).rounded(.up) * unit)
    }
}

extension TrafficComparison.Kind {
    package var effect: Double { comparison.median?.estimate ?? 0 }
}

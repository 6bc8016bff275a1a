/// Whether caches answer as often as they did.
struct CacheMix {
    /// In words, from before to now; `nil` when they do, or when nothing says so.
    let shift: String?
    let hasLostHits: Bool

    /// A smaller change of the share is not told.
    private static let smallest = 0.1

    init(before: TrafficSample, after: TrafficSample) {
        let (first, second) = (before.hitShare ?? 0, after.hitShare ?? 0)
        guard before.hitShare != nil || after.hitShare != nil, before.answers > 0, after.answers > 0 else {
            (shift, hasLostHits) = (nil, false)
            return
        }
        let (m, n) = (Double(before.answers), Double(after.answers))
        let pooled = (first * m + second * n) / (m + n)
        let deviation = max(1e-9, (pooled * (1 - pooled) * (1 / m + 1 / n)).squareRoot())
        let isShift = (second - first).magnitude >= Self.smallest && (second - first).magnitude / deviation > 3
        shift =
            isShift
            ? "\(Percent.text(first, places: 0)) came from a cache before and \(Percent.text(second, places: 0)) now"
            : nil
        hasLostHits = isShift && second < first
    }
}

/// What a stretch of neighbouring requests says together.
///
/// Requests of one moment share what the machine is doing, so that a thousand of them say less than a thousand that were
/// drawn apart. Blocks are compared instead: what is shared stays inside one.
package struct LatencyBlock: Hashable, Sendable {
    package let count: Int
    /// Microseconds.
    package let median: Double
    package let p95: Double

    package init(count: Int, median: Double, p95: Double) {
        self.count = count
        self.median = median
        self.p95 = p95
    }

    /// - Parameter values: microseconds in any order; not empty.
    package init(_ values: some Sequence<Int>) {
        let sorted = values.sorted()
        precondition(!sorted.isEmpty, "a block has requests")
        count = sorted.count
        let middle = sorted.count / 2
        median = sorted.count % 2 == 1 ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
        p95 = Double(sorted[min(sorted.count - 1, (sorted.count * 95 + 99) / 100 - 1)])
    }
}

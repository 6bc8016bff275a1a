/// How often each response time was seen, in buckets that grow with the value: every figure is within 0.4 % of the true
/// one, from a microsecond to an hour, in a few kilobytes.
///
/// Log-linear: up to 255 µs each value has a bucket of its own, above every doubling is divided into 128.
package struct LatencyHistogram: Hashable, Sendable {
    /// Microseconds; longer ones count as so long.
    package static let longest = 3_600_000_000
    /// What a text may hold; far above what is ever measured, and low enough that sums of sums fit.
    private static let mostInText = 100_000_000
    private static let linear = 256
    private static let perDoubling = 128

    package private(set) var count = 0
    /// Microseconds, exact; zero while empty.
    package private(set) var minimum = 0
    package private(set) var maximum = 0
    /// Of all, in microseconds.
    package private(set) var sum = 0
    private var buckets: [Int] = []

    package init() {}

    package mutating func record(_ microseconds: Int, times: Int = 1) {
        guard times > 0 else { return }
        let value = min(max(microseconds, 0), Self.longest)
        let index = Self.bucket(of: value)
        if index >= buckets.count { buckets += [Int](repeating: 0, count: index + 1 - buckets.count) }
        buckets[index] += times
        minimum = count == 0 ? value : min(minimum, value)
        maximum = max(maximum, value)
        sum += value * times
        count += times
    }

    package mutating func merge(_ other: LatencyHistogram) {
        guard other.count > 0 else { return }
        if other.buckets.count > buckets.count {
            buckets += [Int](repeating: 0, count: other.buckets.count - buckets.count)
        }
        for (index, times) in other.buckets.enumerated() { buckets[index] += times }
        minimum = count == 0 ? other.minimum : min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        sum += other.sum
        count += other.count
    }

    /// The smallest response time that is at least as long as this share of all; `nil` while empty.
    ///
    /// - Parameter share: 0.95 for p95; 1 is the maximum.
    package func percentile(_ share: Double) -> Int? {
        guard count > 0 else { return nil }
        let rank = min(max(Int((share * Double(count)).rounded(.up)), 1), count)
        guard rank < count else { return maximum }
        var seen = 0
        for (index, times) in buckets.enumerated() {
            seen += times
            if seen >= rank { return min(max(Self.middle(of: index), minimum), maximum) }
        }
        preconditionFailure("the buckets hold as many as were counted")
    }

    package var mean: Int? { count > 0 ? sum / count : nil }

    // MARK: - Buckets

    private static func bucket(of value: Int) -> Int {
        guard value >= linear else { return value }
        let doublings = (Int.bitWidth - 1 - value.leadingZeroBitCount) - 7
        return doublings * perDoubling + (value >> doublings)
    }

    /// The value in the middle of a bucket.
    private static func middle(of index: Int) -> Int {
        guard index >= linear else { return index }
        let doublings = index / perDoubling - 1
        let low = (index - doublings * perDoubling) << doublings
        return low + ((1 << doublings) - 1) / 2
    }

    // MARK: - As text

    /// One line of numbers: `1 COUNT MIN MAX SUM`, then `INDEX+COUNT` for each bucket that is not empty, the index as the
    /// distance from the one before.
    package var text: String {
        var words = ["1", String(count), String(minimum), String(maximum), String(sum)]
        var last = 0
        for (index, times) in buckets.enumerated() where times > 0 {
            words.append("\(index - last)+\(times)")
            last = index
        }
        return words.joined(separator: " ")
    }

    /// - Returns: `nil` for a text that is no histogram, or one that contradicts itself.
    package init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let head = words.prefix(5).compactMap { Int($0) }
        guard head.count == 5, head[0] == 1, head[1...].allSatisfy({ $0 >= 0 }),
            head[1] <= Self.mostInText, head[2] <= head[3], head[3] <= Self.longest,
            head[4] >= head[2] * head[1], head[4] <= head[3] * head[1]
        else { return nil }
        let last = Self.bucket(of: Self.longest)
        var index = 0
        for word in words.dropFirst(5) {
            let parts = word.split(separator: "+", omittingEmptySubsequences: false).compactMap { Int($0) }
            guard parts.count == 2, parts[0] >= 0, parts[0] <= last - index, parts[1] > 0 else { return nil }
            index += parts[0]
            if index >= buckets.count { buckets += [Int](repeating: 0, count: index + 1 - buckets.count) }
            guard parts[1] <= Self.mostInText - count else { return nil }
            buckets[index] += parts[1]
            count += parts[1]
        }
        guard count == head[1] else { return nil }
        (minimum, maximum, sum) = (head[2], head[3], head[4])
    }
}

/// The response times of answers of one kind, ready to be compared.
package struct LatencySample: Hashable, Sendable {
    /// Blocks that are made of requests in a row, at most.
    package static let mostBlocks = 60
    /// Requests of a block where there are enough; of fewer, the median jumps where answers are of two kinds.
    package static let usualBlock = 25
    /// Requests of a block, at least.
    package static let smallestBlock = 10

    package let histogram: LatencyHistogram
    /// In the order of time. A missing one keeps its place, so that the blocks of two interleaved samples stay pairs.
    package let blocks: [LatencyBlock?]

    package init(histogram: LatencyHistogram, blocks: [LatencyBlock?]) {
        self.histogram = histogram
        self.blocks = blocks
    }

    package static let empty = LatencySample(histogram: LatencyHistogram(), blocks: [])

    package var count: Int { histogram.count }

    /// - Parameter values: microseconds, in the order in which the requests were to start.
    package init(inOrder values: [Int]) {
        let fewest = min(LatencyComparison.fewestBlocks, values.count / Self.smallestBlock)
        let count = min(Self.mostBlocks, max(fewest, values.count / Self.usualBlock))
        self.init(
            groups: (0..<count).map { index in
                values[(index * values.count / count)..<((index + 1) * values.count / count)]
            }, all: values)
    }

    /// - Parameter groups: microseconds, one group for each turn of interleaved samples.
    package init(turns groups: [[Int]]) {
        self.init(groups: groups.map { $0[...] }, all: groups.flatMap(\.self))
    }

    private init(groups: [ArraySlice<Int>], all: [Int]) {
        var histogram = LatencyHistogram()
        for value in all { histogram.record(value) }
        self.histogram = histogram
        blocks = groups.map { $0.count < Self.smallestBlock / 2 ? nil : LatencyBlock($0) }
    }

    // MARK: - As text

    /// The blocks, separated by blanks: `COUNT:MEDIAN:P95` in microseconds, `-` for a missing one.
    package var blockText: String {
        blocks.map { block in
            block.map { "\($0.count):\(Self.number($0.median)):\(Self.number($0.p95))" } ?? "-"
        }.joined(separator: " ")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : "\(Int(value)).5"
    }

    /// - Returns: `nil` for texts that are no sample.
    package init?(histogramText: String, blockText: String) {
        guard let histogram = LatencyHistogram(text: histogramText) else { return nil }
        self.histogram = histogram
        var blocks: [LatencyBlock?] = []
        for word in blockText.split(separator: " ") {
            guard blocks.count < 10_000 else { return nil }
            if word == "-" {
                blocks.append(nil)
                continue
            }
            let parts = word.split(separator: ":").compactMap { Double($0) }
            guard parts.count == 3,
                parts.allSatisfy({ $0.isFinite && $0 >= 0 && $0 <= Double(LatencyHistogram.longest) }),
                parts[0] >= 1
            else { return nil }
            blocks.append(LatencyBlock(count: Int(parts[0]), median: parts[1], p95: parts[2]))
        }
        self.blocks = blocks
    }
}

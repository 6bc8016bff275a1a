/// Which elements two sequences share in the same order.
enum CommonSubsequence {
    /// Pairs of places with equal elements, ascending on both sides.
    ///
    /// The longest such list when it is cheap to know (`tableLimit`); for long sequences the elements that both have
    /// exactly once divide them first, as in patience diff, so that the cost stays near n log n.
    static func pairs(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> [(left: Int, right: Int)] {
        var pairs: [(left: Int, right: Int)] = []
        var left = left
        var right = right
        while let one = left.first, let other = right.first, one == other {
            pairs.append((left.startIndex, right.startIndex))
            left = left.dropFirst()
            right = right.dropFirst()
        }
        var tail: [(left: Int, right: Int)] = []
        while let one = left.last, let other = right.last, one == other {
            tail.append((left.endIndex - 1, right.endIndex - 1))
            left = left.dropLast()
            right = right.dropLast()
        }
        if !left.isEmpty, !right.isEmpty {
            pairs +=
                left.count * right.count <= tableLimit
                ? longest(left, right)
                : divided(left, right)
        }
        return pairs + tail.reversed()
    }

    private static let tableLimit = 1 << 20

    // MARK: - Short sequences

    /// By the table of all pairs of suffixes.
    private static func longest(
        _ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>
    ) -> [(left: Int, right: Int)] {
        let rows = Array(left)
        let columns = Array(right)
        let width = columns.count + 1
        var lengths = [Int32](repeating: 0, count: (rows.count + 1) * width)
        for row in rows.indices.reversed() {
            for column in columns.indices.reversed() {
                lengths[row * width + column] =
                    rows[row] == columns[column]
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var pairs: [(left: Int, right: Int)] = []
        var row = 0
        var column = 0
        while row < rows.count, column < columns.count {
            if rows[row] == columns[column] {
                pairs.append((left.startIndex + row, right.startIndex + column))
                row += 1
                column += 1
            } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
                row += 1
            } else {
                column += 1
            }
        }
        return pairs
    }

    // MARK: - Long sequences

    private static func divided(
        _ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>
    ) -> [(left: Int, right: Int)] {
        let anchors = ascending(sharedOnce(left, right))
        // Nothing to hold on to: what is equal is still found, as moved, by whoever asked.
        guard !anchors.isEmpty else { return [] }
        var pairs: [(left: Int, right: Int)] = []
        var start = (left: left.startIndex, right: right.startIndex)
        for anchor in anchors + [(left.endIndex, right.endIndex)] {
            pairs += Self.pairs(left[start.left..<anchor.left], right[start.right..<anchor.right])
            if anchor.left < left.endIndex { pairs.append(anchor) }
            start = (anchor.left + 1, anchor.right + 1)
        }
        return pairs
    }

    /// Places of the elements that each side has exactly once, ascending on the left.
    private static func sharedOnce(
        _ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>
    ) -> [(left: Int, right: Int)] {
        func places(_ elements: ArraySlice<UInt64>) -> [UInt64: Int] {
            var places: [UInt64: Int] = [:]
            for index in elements.indices { places[elements[index]] = places[elements[index]] == nil ? index : -1 }
            return places
        }
        let onTheLeft = places(left)
        let onTheRight = places(right)
        return left.indices.compactMap { index in
            guard onTheLeft[left[index]] == index, let other = onTheRight[left[index]], other >= 0 else { return nil }
            return (index, other)
        }
    }

    /// The longest part of the list that also ascends on the right, by patience sorting.
    private static func ascending(_ pairs: [(left: Int, right: Int)]) -> [(left: Int, right: Int)] {
        var tops: [Int] = []
        var previous = [Int?](repeating: nil, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var low = 0
            var high = tops.count
            while low < high {
                let middle = (low + high) / 2
                if pairs[tops[middle]].right < pair.right { low = middle + 1 } else { high = middle }
            }
            previous[index] = low > 0 ? tops[low - 1] : nil
            if low < tops.count { tops[low] = index } else { tops.append(index) }
        }
        var result: [(left: Int, right: Int)] = []
        var next = tops.last
        while let index = next {
            result.append(pairs[index])
            next = previous[index]
        }
        return result.reversed()
    }
}

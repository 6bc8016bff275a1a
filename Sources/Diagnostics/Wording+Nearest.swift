extension Wording {
    /// The candidate that a person most likely meant, or `nil` when none is near enough.
    ///
    /// Optimal string alignment distance (a swap of neighbours counts once); at most a third of the longer word may differ.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let folded = Array(word.lowercased().unicodeScalars)
        guard !folded.isEmpty, folded.count <= 64 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().unicodeScalars)
            guard other.count <= 64 else { continue }
            let distance = distance(folded, other)
            let allowed = max(1, max(folded.count, other.count) / 3)
            if distance <= allowed, distance < max(folded.count, other.count), distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// `did you mean …`, or `nil`.
    package static func didYouMean(_ word: String, _ candidates: some Sequence<String>) -> String? {
        nearest(to: word, in: candidates).map { "did you mean `\($0)`?" }
    }

    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, scalar) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(
                    previous[column + 1] + 1, current[column] + 1, previous[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}

/// Where the patterns are in a text that arrives in pieces of any size.
struct PatternScanner: Sendable {
    /// What is known about the end of the text so far.
    struct State: Hashable, Sendable {
        /// The prefix of a pattern that the text ends in.
        var node = PatternTree.root
        /// How many bytes have been read.
        var position = 0
    }

    let tree: PatternTree
    private let filter: PatternFilter

    /// Every pattern must have at least `PatternFilter.shortestWindow` bytes, and there must be one.
    init(_ patterns: [[UInt8]]) {
        tree = PatternTree(patterns)
        filter = PatternFilter(patterns)
    }

    /// Reads the next piece of the text and adds the stretches that patterns cover.
    ///
    /// The result does not depend on where the pieces are cut.
    func scan(_ piece: [UInt8], _ state: inout State, _ covers: inout [Cover]) {
        let text = piece.span
        let base = state.position
        let end = text.count
        // Nearer to the end than this the filter cannot tell anything.
        let filterable = end - filter.window
        var node = state.node
        var index = 0
        var start = -tree.depth(node)
        if node == PatternTree.root {
            index = filter.firstCandidate(in: text.bytes, from: 0)
            start = index
        }
        while index < end {
            node = tree.next(node, text[index])
            index += 1
            if let pattern = tree.ending(node) {
                let length = tree.lengths[pattern]
                let upper = base + index
                covers.add(Cover(lower: upper - length, upper: upper, pattern: pattern, patternLength: length))
            }
            // Once the beginning that led here is refuted, skip again. What is read twice is bounded by this small
            // depth, and each turn moves `start` on, so the time stays proportional to the text.
            let depth = tree.depth(node)
            if depth <= 2, index - depth > start, index - depth >= 0, index < filterable {
                node = PatternTree.root
                index = filter.firstCandidate(in: text.bytes, from: index - depth)
                start = index
            }
        }
        state.node = node
        state.position = base + end
    }
}

/// A stretch of the text, in bytes from its beginning, all of which belongs to occurrences that overlap.
struct Cover: Hashable, Sendable {
    var lower: Int
    var upper: Int
    /// The longest of the occurrences; of two equally long ones the earlier.
    var pattern: Int
    var patternLength: Int
}

extension [Cover] {
    /// Adds an occurrence that ends no earlier than all before it, and joins it with those that it overlaps.
    mutating func add(_ found: Cover) {
        var joined = found
        while let last, joined.lower < last.upper {
            joined.lower = Swift.min(joined.lower, last.lower)
            if last.patternLength >= joined.patternLength {
                joined.pattern = last.pattern
                joined.patternLength = last.patternLength
            }
            removeLast()
        }
        append(joined)
    }
}

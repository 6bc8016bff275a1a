/// Finds every occurrence of many byte patterns in one pass, whatever the text (Aho and Corasick, 1975).
///
/// A node stands for a prefix of some pattern, and is known by its number. The nodes of one pattern lie one behind the
/// other, so that the usual next node is the next number; only where two patterns part is there an entry in
/// `branches`. That keeps a node small: a private key in all its forms has some 300,000 of them.
struct PatternTree: Sendable {
    private struct Node: Sendable {
        /// The longest proper suffix of the node's text that is a prefix of some pattern.
        var fallback: UInt32 = 0
        /// One more than the longest pattern that ends here; zero for none.
        var output: UInt32 = 0
        var depth: UInt32 = 0
        /// The byte that leads here.
        var label: UInt8 = 0
        /// The next number is a child.
        var hasNext = false
        /// `branches` has more children.
        var hasBranches = false
    }

    static let root = 0

    private var nodes = [Node()]
    /// The children of the root by their byte; the root itself for none.
    private var first = [Int](repeating: PatternTree.root, count: 256)
    private var branches = BranchTable()
    /// How many bytes each pattern has.
    let lengths: [Int]

    /// Patterns must not be empty. Of two equal ones the earlier is reported.
    init(_ patterns: [[UInt8]]) {
        lengths = patterns.map(\.count)
        nodes.reserveCapacity(lengths.reduce(1, +))
        var parents: [UInt32] = [0]
        for (index, pattern) in patterns.enumerated() { insert(pattern, number: index, parents: &parents) }
        linkFallbacks(parents: parents)
    }

    var count: Int { nodes.count }

    /// The node after one more byte of text.
    @inline(__always)
    func next(_ node: Int, _ byte: UInt8) -> Int {
        var node = node
        while true {
            let child = child(node, byte)
            if child != PatternTree.root || node == PatternTree.root { return child }
            node = Int(nodes[node].fallback)
        }
    }

    /// How many of the last bytes of the text may still become an occurrence.
    @inline(__always)
    func depth(_ node: Int) -> Int { Int(nodes[node].depth) }

    /// The longest pattern that ends here, by its place in the list that the tree was made of.
    @inline(__always)
    func ending(_ node: Int) -> Int? {
        let output = nodes[node].output
        return output == 0 ? nil : Int(output) - 1
    }

    /// Some pattern that begins with the text of a node; `nil` at the root.
    func beginning(_ node: Int) -> Int? {
        guard node != PatternTree.root else { return nil }
        var node = node
        while nodes[node].hasNext { node += 1 }
        return ending(node)
    }

    /// The child along a byte, or the root when there is none.
    @inline(__always)
    private func child(_ node: Int, _ byte: UInt8) -> Int {
        if node == PatternTree.root { return first[Int(byte)] }
        if nodes[node].hasNext, nodes[node + 1].label == byte { return node + 1 }
        return nodes[node].hasBranches ? branches.child(node, byte) : PatternTree.root
    }

    private mutating func insert(_ pattern: [UInt8], number: Int, parents: inout [UInt32]) {
        precondition(!pattern.isEmpty, "an empty pattern would be found everywhere")
        var node = PatternTree.root
        for byte in pattern {
            var child = child(node, byte)
            if child == PatternTree.root {
                child = nodes.count
                nodes.append(Node(depth: nodes[node].depth + 1, label: byte))
                parents.append(UInt32(node))
                connect(node, byte, child)
            }
            node = child
        }
        if nodes[node].output == 0 { nodes[node].output = UInt32(number + 1) }
    }

    private mutating func connect(_ node: Int, _ byte: UInt8, _ child: Int) {
        if node == PatternTree.root {
            first[Int(byte)] = child
        } else if child == node + 1 {
            nodes[node].hasNext = true
        } else {
            nodes[node].hasBranches = true
            branches.insert(node, byte, child: child)
        }
    }

    /// Sets fallbacks and inherited outputs, shallow nodes first, because a fallback is always shallower.
    private mutating func linkFallbacks(parents: [UInt32]) {
        for node in nodesByDepth() where nodes[node].depth > 1 {
            let fallback = next(Int(nodes[Int(parents[node])].fallback), nodes[node].label)
            nodes[node].fallback = UInt32(fallback)
            if nodes[node].output == 0 { nodes[node].output = nodes[fallback].output }
        }
    }

    private func nodesByDepth() -> [Int] {
        var starts = [Int](repeating: 0, count: (lengths.max() ?? 0) + 2)
        for node in nodes { starts[Int(node.depth) + 1] += 1 }
        for depth in 1..<starts.count { starts[depth] += starts[depth - 1] }
        var sorted = [Int](repeating: 0, count: nodes.count)
        for node in nodes.indices {
            let depth = Int(nodes[node].depth)
            sorted[starts[depth]] = node
            starts[depth] += 1
        }
        return sorted
    }
}

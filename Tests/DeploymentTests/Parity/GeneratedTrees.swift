import YAML

/// Pseudo-random numbers that are the same in every run: https://prng.di.unimi.it/splitmix64.c
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }
}

/// Makes trees of every shape that the comparison treats in a way of its own, and edits them.
struct TreeGenerator {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A document with a Compose part and a free part.
    mutating func document() -> Node {
        .mapping([
            (
                key: "compose",
                value: .mapping([(key: "services", value: map(of: ["web", "db", "job"]) { $0.service() })])
            ),
            (key: "config", value: tree(depth: 4)),
            (key: "values", value: map(of: ["A", "B", "C"]) { $0.scalar() }),
        ])
    }

    /// The same document with some edits.
    mutating func edited(_ node: Node) -> Node {
        if chance(4) { return tree(depth: 2) }
        switch node.value {
        case .scalar(let scalar): return chance(30) ? edited(scalar) : node
        case .sequence(var items):
            items = items.map { edited($0, rarely: true) }
            if chance(15), let index = items.indices.randomElement(using: &random) { items.remove(at: index) }
            if chance(15), let item = items.randomElement(using: &random) {
                items.insert(edited(item), at: Int.random(in: 0...items.count, using: &random))
            }
            if chance(15) { items.shuffle(using: &random) }
            return .sequence(items)
        case .mapping(let mapping):
            var entries = mapping.entries.map { (key: $0.key, value: edited($0.value, rarely: true)) }
            if chance(10), let index = entries.indices.randomElement(using: &random) { entries.remove(at: index) }
            if chance(10) { entries.append((key: "k\(Int.random(in: 0...99, using: &random))", value: tree(depth: 1))) }
            return .mapping(
                entries.reduce(into: []) { all, entry in
                    if !all.contains(where: { $0.key == entry.key }) { all.append(entry) }
                })
        }
    }

    private mutating func edited(_ node: Node, rarely: Bool) -> Node { chance(60) ? edited(node) : node }

    /// The same content with keys in another order everywhere.
    mutating func reordered(_ node: Node) -> Node {
        switch node.value {
        case .scalar: return node
        case .sequence(let items): return .sequence(items.map { reordered($0) })
        case .mapping(let mapping):
            return .mapping(mapping.entries.shuffled(using: &random).map { ($0.key, reordered($0.value)) })
        }
    }

    /// Another value, or the same one as a text.
    private mutating func edited(_ scalar: Scalar) -> Node {
        chance(25) ? .string(scalar.text) : self.scalar()
    }

    // MARK: - Parts

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func service() -> Node {
        .mapping([
            (key: "cap_add", value: list(of: 4) { $0.text(among: 5) }),
            (key: "command", value: list(of: 5) { $0.text(among: 4) }),
            (key: "environment", value: map(of: ["LEVEL", "DEBUG", "com.example.x"]) { $0.text(among: 3) }),
            (key: "ports", value: list(of: 4) { $0.port() }),
        ])
    }

    private mutating func port() -> Node {
        .mapping([
            (key: "target", value: .integer(Int.random(in: 80...82, using: &random))),
            (key: "published", value: text(among: 3)),
            (key: "protocol", value: .string(chance(70) ? "tcp" : "udp")),
        ])
    }

    private mutating func tree(depth: Int) -> Node {
        guard depth > 0 else { return scalar() }
        switch Int.random(in: 0...4, using: &random) {
        case 0: return scalar()
        case 1: return list(of: 6) { $0.scalar() }
        case 2: return list(of: 4) { $0.tree(depth: depth - 1) }
        case 3:
            return list(of: 4) { generator in
                .mapping([
                    (key: "name", value: generator.text(among: 6)),
                    (key: "is", value: generator.tree(depth: depth - 1)),
                ])
            }
        default: return map(of: ["a", "b", "c d", "e.f"]) { $0.tree(depth: depth - 1) }
        }
    }

    private mutating func scalar() -> Node {
        switch Int.random(in: 0...6, using: &random) {
        case 0: return .integer(Int.random(in: 0...3, using: &random))
        case 1: return .string(String(Int.random(in: 0...3, using: &random)))
        case 2: return .boolean(chance(50))
        case 3: return .null
        case 4: return Node(.scalar(Scalar("1.0", kind: .float)))
        default: return text(among: 4)
        }
    }

    private mutating func text(among count: Int) -> Node {
        .string(["x", "y", "z w", "é", "v#1", "[0]"][Int.random(in: 0..<count, using: &random)])
    }

    private mutating func list(of most: Int, _ item: (inout TreeGenerator) -> Node) -> Node {
        var items: [Node] = []
        for _ in 0..<Int.random(in: 0...most, using: &random) { items.append(item(&self)) }
        return .sequence(items)
    }

    private mutating func map(of keys: [String], _ value: (inout TreeGenerator) -> Node) -> Node {
        var entries: [(key: String, value: Node)] = []
        for key in keys where chance(75) { entries.append((key, value(&self))) }
        return .mapping(entries)
    }
}

import YAML

/// How a manifest lies over the one it extends: maps merge deeply, lists and scalars replace.
enum TreeOverlay {
    /// Keys that belong to a file and not to what it describes.
    private static let ownKeys: Set<String> = ["environment", "extends"]

    static func lay(_ upper: Node, over lower: Node) -> Node {
        guard let top = upper.mapping, var result = lower.mapping else { return upper }
        for key in ownKeys { result[key] = nil }
        for entry in top.entries {
            var entry = entry
            if let below = result[entry.key] {
                entry.value =
                    entry.key == "secrets"
                    ? merge(entry.value, below, depth: 1) : merge(entry.value, below, depth: .max)
            }
            result.put(entry)
        }
        return Node(.mapping(result), range: upper.range)
    }

    /// - Parameter depth: how many levels of maps are merged. A secret's source is replaced as a whole, as two sources
    ///   for one secret mean nothing.
    private static func merge(_ upper: Node, _ lower: Node, depth: Int) -> Node {
        guard depth > 0, let top = upper.mapping, var result = lower.mapping else { return upper }
        for entry in top.entries {
            var entry = entry
            if let below = result[entry.key] { entry.value = merge(entry.value, below, depth: depth - 1) }
            result.put(entry)
        }
        return Node(.mapping(result), range: upper.range)
    }
}

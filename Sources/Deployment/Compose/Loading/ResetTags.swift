import YAML

/// The places of a file that are tagged `!reset` or `!override`.
///
/// https://github.com/compose-spec/compose-spec/blob/main/13-merge.md#reset-value
struct ResetTags {
    /// Keys from the root. A place inside a list never matches anything, as in Compose.
    private(set) var paths: [[String]] = []

    /// Takes the tags out of a tree: what is reset goes, what overrides stays without its tag.
    static func collect(from node: Node) -> (node: Node, tags: ResetTags) {
        var tags = ResetTags()
        var path: [String] = []
        return (tags.collect(node, &path) ?? .null, tags)
    }

    private mutating func collect(_ node: Node, _ path: inout [String]) -> Node? {
        switch node.tag {
        case .reset:
            paths.append(path)
            return nil
        case .override:
            paths.append(path)
            var node = node
            node.tag = .none
            return node
        case .none: break
        }
        switch node.value {
        case .scalar: return node
        case .sequence(let items):
            path.append("")
            defer { path.removeLast() }
            return Node(.sequence(items.compactMap { collect($0, &path) }), range: node.range)
        case .mapping(let mapping):
            var entries: [Mapping.Entry] = []
            for entry in mapping.entries {
                path.append(entry.key)
                if let value = collect(entry.value, &path) {
                    entries.append(.init(key: entry.key, keyRange: entry.keyRange, value: value))
                }
                path.removeLast()
            }
            return Node(.mapping(Mapping(entries)), range: node.range)
        }
    }

    /// Removes the tagged places from what earlier files said.
    func apply(to node: Node) -> Node {
        var result = node
        for path in paths { result = Self.removing(path[...], from: result) }
        return result
    }

    /// The same for one service that is about to be extended.
    func apply(toService name: String, _ node: Node) -> Node {
        var result = node
        for path in paths where path.count > 2 && path[0] == "services" && path[1] == name {
            result = Self.removing(path[2...], from: result)
        }
        return result
    }

    private static func removing(_ path: ArraySlice<String>, from node: Node) -> Node {
        guard let key = path.first, var mapping = node.mapping, let value = mapping[key] else { return node }
        mapping[key] = path.count == 1 ? nil : removing(path.dropFirst(), from: value)
        return Node(.mapping(mapping), range: node.range, tag: node.tag)
    }
}

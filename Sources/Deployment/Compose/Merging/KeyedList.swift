import YAML

/// A list of `KEY=VALUE`, into which maps turn when they are merged with lists.
enum KeyedList {
    /// A map's keys in the order of their bytes; a list's items as they are; one string as one item.
    static func items(of node: Node) -> [Node] {
        switch node.value {
        case .sequence(let items): return items
        case .scalar: return node.string == nil ? [] : [node]
        case .mapping(let mapping):
            var items: [Node] = []
            items.reserveCapacity(mapping.count)
            for entry in mapping.entries {
                if let values = entry.value.sequence {
                    for value in values { items.append(item(entry, value)) }
                } else {
                    items.append(item(entry, entry.value))
                }
            }
            return items.sorted { ($0.string ?? "") < ($1.string ?? "") }
        }
    }

    private static func item(_ entry: Mapping.Entry, _ value: Node) -> Node {
        let spelling = value.scalar.map { ComposeScalar($0).spelling } ?? printed(value)
        var node = Node.string(spelling.map { "\(entry.key)=\($0)" } ?? entry.key)
        node.range = value.range
        return node
    }

    /// As Go prints any value.
    private static func printed(_ node: Node) -> String {
        switch node.value {
        case .scalar(let scalar): return ComposeScalar(scalar).spelling ?? "<nil>"
        case .sequence(let items): return "[" + items.map(printed).joined(separator: " ") + "]"
        case .mapping(let mapping):
            return "map["
                + mapping.entries.sortedByKey().map { "\($0.key):\(printed($0.value))" }.joined(separator: " ") + "]"
        }
    }
}

/// A list of names as a map of what each name stands for.
enum NamedMap {
    static func empty(_ node: Node) -> Node { map(node) { _ in .null } }

    static func dependencies(_ node: Node) -> Node {
        map(node) { name in
            var started = Node.string("service_started")
            started.range = name.range
            var required = Node.boolean(true)
            required.range = name.range
            return Node(
                .mapping(
                    Mapping([
                        .init(key: "condition", keyRange: name.range, value: started),
                        .init(key: "required", keyRange: name.range, value: required),
                    ])),
                range: name.range)
        }
    }

    private static func map(_ node: Node, _ value: (Node) -> Node) -> Node {
        guard let items = node.sequence else { return node }
        var mapping = Mapping()
        for item in items {
            guard let name = item.string else { continue }
            var inner = value(item)
            inner.range = item.range
            mapping.put(Mapping.Entry(key: name, keyRange: item.range, value: inner))
        }
        return Node(.mapping(mapping), range: node.range)
    }
}

import Diagnostics
import YAML

/// Lays one Compose tree over another, with the rule of each field.
///
/// https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
struct Merge {
    let problems: Problems
    private var path: [String]

    init(at path: [String] = [], problems: Problems) {
        self.path = path
        self.problems = problems
    }

    /// - Parameters:
    ///   - base: what stands there already.
    ///   - over: what is laid over it, and wins.
    mutating func merge(_ base: Node, _ over: Node, _ shape: Shape?) -> Node {
        switch shape?.merge ?? .standard {
        case .standard: break
        case .replace: return over
        case .keyedList: return append(KeyedList.items(of: base), KeyedList.items(of: over), over)
        case .build: return mergeMaps(Self.buildMap(base), Self.buildMap(over), shape)
        case .dependencies: return mergeNames(base, over, shape, NamedMap.dependencies)
        case .namedMap: return mergeNames(base, over, shape, NamedMap.empty)
        case .extraHosts: return mergeHosts(base, over)
        case .logging: return mergeLogging(base, over, shape)
        case .ulimit:
            return over
        case .addressPools: return mergePools(base, over, shape)
        }
        return mergeStandard(base, over, shape)
    }

    private mutating func mergeStandard(_ base: Node, _ over: Node, _ shape: Shape?) -> Node {
        if over.isNull { return base }
        switch base.value {
        case .mapping:
            guard over.mapping != nil else { return refuse(base, over) }
            return mergeMaps(base, over, shape)
        case .sequence(let items):
            guard let more = over.sequence else { return refuse(base, over) }
            return append(items, more, over)
        case .scalar: return over
        }
    }

    private mutating func mergeMaps(_ base: Node, _ over: Node, _ shape: Shape?) -> Node {
        guard let below = base.mapping, let above = over.mapping else {
            return over.isNull ? base : base.isNull ? over : refuse(base, over)
        }
        var result = below
        for entry in above.entries {
            guard let earlier = result[entry.key] else {
                result.append(entry)
                continue
            }
            path.append(entry.key)
            var merged = entry
            merged.value = merge(earlier, entry.value, shape?.child(entry.key))
            path.removeLast()
            result.put(merged)
        }
        return Node(.mapping(result), range: over.range)
    }

    /// Compose takes anything but a list or a map for nothing here.
    private mutating func mergeNames(_ base: Node, _ over: Node, _ shape: Shape?, _ map: (Node) -> Node) -> Node {
        for node in [base, over] where node.scalar != nil && !node.isNull {
            problems.warning(
                "Compose ignores `\(node.spelling ?? "")` in `\(path.joined(separator: "."))` when it merges",
                at: node.range, next: "write a list or a map")
        }
        // An item that is no name would be lost on the way from a list to a map, and nobody would see it any more.
        for node in [base, over] {
            for (index, item) in (node.sequence ?? []).enumerated() where item.string == nil {
                problems.error(
                    "`\(path.joined(separator: "."))[\(index)]` cannot be \(item.kindName)", at: item.range,
                    expected: "a name")
            }
        }
        if over.scalar != nil { return base.scalar == nil ? map(base) : Node(.mapping(Mapping([])), range: base.range) }
        return base.scalar == nil ? mergeMaps(map(base), map(over), shape) : map(over)
    }

    private func append(_ items: [Node], _ more: [Node], _ over: Node) -> Node {
        Node(.sequence(items + more), range: over.range)
    }

    private func mergeHosts(_ base: Node, _ over: Node) -> Node {
        let items = KeyedList.items(of: base)
        let known = Set(items.compactMap(\.string))
        let more = KeyedList.items(of: over).filter { item in item.string.map { !known.contains($0) } ?? true }
        return append(items, more, over)
    }

    private mutating func mergeLogging(_ base: Node, _ over: Node, _ shape: Shape?) -> Node {
        let below = base["driver"]?.spelling
        let above = over["driver"]?.spelling
        if let below, let above, below != above { return over }
        return mergeMaps(base, over, shape)
    }

    /// Address pools are the same when their subnets are.
    private mutating func mergePools(_ base: Node, _ over: Node, _ shape: Shape?) -> Node {
        guard let below = base.sequence, let above = over.sequence else {
            return over.isNull ? base : refuse(base, over)
        }
        var pools: [Node] = []
        func position(_ subnet: String?) -> Int? { pools.firstIndex { $0["subnet"]?.spelling == subnet } }
        for original in below {
            for override in above {
                let subnet = override["subnet"]?.spelling
                if subnet != original["subnet"]?.spelling, position(subnet) == nil {
                    pools.append(override)
                    continue
                }
                let merged = mergeMaps(original, override, shape?.items)
                if let known = position(merged["subnet"]?.spelling) {
                    pools[known] = merged
                } else {
                    pools.append(merged)
                }
            }
        }
        return Node(.sequence(pools), range: over.range)
    }

    private func refuse(_ base: Node, _ over: Node) -> Node {
        problems.error(
            "`\(path.joined(separator: "."))` cannot be overridden by \(over.kindName)",
            at: over.range,
            related: base.range.isNone ? [] : [Diagnostic.Related(range: base.range, label: "\(base.kindName) here")],
            expected: base.kindName,
            next: "use the same form in both files, or `!override`"
        )
        return base
    }

    private static func buildMap(_ node: Node) -> Node {
        guard node.string != nil else { return node }
        return Node(.mapping(Mapping([.init(key: "context", keyRange: node.range, value: node)])), range: node.range)
    }
}

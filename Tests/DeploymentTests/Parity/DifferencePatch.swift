import Deployment
import Testing
import YAML

/// Carries reported differences out on the left tree, knowing nothing of how they were found.
enum DifferencePatch {
    static func apply(_ differences: [Difference], to left: Node) throws -> Node {
        try apply(differences.map { ($0.path.segments[...], $0) }, left)
    }

    private typealias Step = (rest: ArraySlice<ParityPath.Segment>, difference: Difference)

    private static func apply(_ steps: [Step], _ node: Node) throws -> Node {
        if let whole = steps.first(where: { $0.rest.isEmpty }) {
            #expect(steps.count == 1, "nothing may differ below a difference")
            return try #require(whole.difference.right)
        }
        if steps.isEmpty { return node }
        if let mapping = node.mapping { return try applyToMap(steps, mapping) }
        return try applyToList(steps, try #require(node.sequence))
    }

    private static func applyToMap(_ steps: [Step], _ mapping: Mapping) throws -> Node {
        var result = mapping
        for (segment, group) in Dictionary(grouping: steps, by: { $0.rest[$0.rest.startIndex] }) {
            guard case .key(let key) = segment else {
                Issue.record("an item of a list in a map: \(segment)")
                continue
            }
            result[key] = try replacement(group, mapping[key])
        }
        return Node(.mapping(result))
    }

    private static func applyToList(_ steps: [Step], _ items: [Node]) throws -> Node {
        var kept: [Node?] = items
        var added: [(place: Int, node: Node)] = []
        for (segment, group) in Dictionary(grouping: steps, by: { $0.rest[$0.rest.startIndex] }) {
            let index = leftIndex(of: segment, in: items)
            let node = try replacement(group, index.map { items[$0] })
            if let index {
                kept[index] = node
            } else if case .position(let place) = segment, let right = place.right {
                added.append((right, try #require(node)))
            } else {
                added.append((.max, try #require(node)))
            }
        }
        var result = kept.compactMap { $0 }
        for (place, node) in added.sorted(by: { $0.place < $1.place }) {
            result.insert(node, at: min(place, result.count))
        }
        return .sequence(result)
    }

    /// What stands in place of a value afterwards; `nil` when nothing does.
    private static func replacement(_ group: [Step], _ node: Node?) throws -> Node? {
        let inner = group.map { (rest: $0.rest.dropFirst(), difference: $0.difference) }
        guard let only = inner.first(where: { $0.rest.isEmpty }) else { return try apply(inner, try #require(node)) }
        #expect(inner.count == 1, "one difference for one path")
        switch only.difference.kind {
        case .removed:
            #expect(try #require(node).hasSameContent(as: try #require(only.difference.left)))
            return nil
        case .added:
            #expect(node == nil)
            return only.difference.right
        case .changed:
            #expect(try #require(node).hasSameContent(as: try #require(only.difference.left)))
            return only.difference.right
        }
    }

    private static func leftIndex(of segment: ParityPath.Segment, in items: [Node]) -> Int? {
        switch segment {
        case .key: return nil
        case .position(let place): return place.left
        case .item(let item):
            let namesakes = items.indices.filter { index in
                guard items[index].mapping != nil || item.identity.allSatisfy({ $0.key == nil }) else { return false }
                let keys = Set(item.identity.map(\.key))
                // A protocol that is not shown is the default.
                let isDefault = keys.contains("protocol") || items[index]["protocol"].map { $0.string == "tcp" } ?? true
                return isDefault
                    && item.identity.allSatisfy { pair in
                        let value = pair.key.map { items[index][$0] } ?? items[index]
                        return (value?.isNull == true ? "null" : value?.spelling) == pair.value
                    }
            }
            if let occurrence = item.occurrence { return occurrence.left.map { namesakes[$0] } }
            return namesakes.first
        }
    }

    /// A text that is the same for trees that differ only in what is no difference: the order of keys, and of lists
    /// but commands.
    static func normal(_ node: Node, isOrdered: Bool = false) -> String {
        switch node.value {
        case .scalar(let scalar):
            return scalar.kind == .null ? "null" : "\(scalar.kind) \(scalar.text.debugDescription)"
        case .sequence(let items):
            let texts = items.map { normal($0) }
            return "[" + (isOrdered ? texts : texts.sorted()).joined(separator: ", ") + "]"
        case .mapping(let mapping):
            let entries = mapping.sorted().entries.map { entry in
                let value = normal(longForm(entry.value, of: entry.key), isOrdered: entry.key == "command")
                return "\(entry.key.debugDescription): \(value)"
            }
            return "{" + entries.joined(separator: ", ") + "}"
        }
    }

    /// What Compose's short forms stand for: a list of entries for a map, a text for a list of one.
    private static func longForm(_ node: Node, of key: String) -> Node {
        switch key {
        case "environment":
            guard let items = node.sequence, items.allSatisfy({ $0.string != nil }) else { return node }
            var mapping = Mapping()
            for item in items.compactMap(\.string) { mapping[item] = .null }
            return Node(.mapping(mapping))
        case "cap_add": return node.string == nil ? node : .sequence([node])
        default: return node
        }
    }
}

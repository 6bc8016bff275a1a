import Diagnostics
import YAML

/// Finds what a tree on the way to the rendering says at a path of the rendering.
///
/// A tree on the way may still say in short syntax, or as a list of `KEY=VALUE`, what the rendering says in long
/// syntax; and an item of a list may stand at another place.
struct LayerLookup {
    let path: ParityPath
    /// What stands along the path in the rendering, the document itself first; ends where it does not go on.
    let finished: [Node]

    struct Found {
        let node: Node
        let keyRange: SourceRange
        let shape: Shape?

        /// Where it is written: the value, or the key of what nobody wrote a value for.
        var range: SourceRange { node.range.isNone ? keyRange : node.range }
    }

    enum Answer {
        case found(Found)
        /// A list that is replaced as a whole stands on the way, without this item.
        case replacedWhole(Found)
        case absent
    }

    /// The section and name that the path begins with; `nil` when it is about something else.
    var resource: (section: String, name: String)? {
        guard let section = path.key(at: 0), let name = path.key(at: 1), Shape.project.child(section)?.values != nil
        else { return nil }
        return (section, name)
    }

    /// - Parameter tree: a whole Compose file's.
    func find(in tree: Node) -> Answer {
        var node = narrowed(tree)
        var shape: Shape? = .project
        var keyRange = SourceRange.none
        for (depth, segment) in path.segments.enumerated() {
            node = Self.formed(node, shape)
            if case .key(let key) = segment {
                guard let entry = node.mapping?.entry(key) else { return .absent }
                (node, keyRange) = (entry.value, entry.keyRange)
                shape = shape?.child(key)
            } else {
                guard let items = node.sequence else { return .absent }
                guard let index = index(at: depth, in: items, shape) else {
                    if case .replace? = shape?.merge {
                        return .replacedWhole(Found(node: node, keyRange: keyRange, shape: shape))
                    }
                    return .absent
                }
                (node, keyRange) = (items[index], items[index].range)
                shape = shape?.items
            }
        }
        return .found(Found(node: Self.formed(node, shape), keyRange: keyRange, shape: shape))
    }

    func found(in tree: Node) -> Found? {
        if case .found(let found) = find(in: tree) { return found }
        return nil
    }

    /// The same for a service by itself.
    func found(inService node: Node) -> Found? { found(in: project(node)) }
    func find(inService node: Node) -> Answer { find(in: project(node)) }

    private func project(_ service: Node) -> Node {
        .mapping([("services", .mapping([(resource?.name ?? "", service)]))])
    }

    /// The one resource that the path is about, in long syntax.
    private func narrowed(_ tree: Node) -> Node {
        guard let resource else { return tree }
        guard let section = tree.mapping?.entry(resource.section),
            let entry = section.value.mapping?.entry(resource.name)
        else { return .mapping([]) }
        let narrow = Node(
            .mapping(
                Mapping([
                    .init(
                        key: section.key, keyRange: section.keyRange,
                        value: Node(.mapping(Mapping([entry])), range: section.value.range))
                ])), range: tree.range)
        // What is wrong was said while rendering.
        return Canonical(problems: Problems(), isStrict: false).project(narrow)
    }

    /// Lists that stand for maps, and texts that stand for lists, in the form that the rendering has.
    private static func formed(_ node: Node, _ shape: Shape?) -> Node {
        guard let shape else { return node }
        switch shape.form {
        case .variables, .mapping, .options, .hosts, .command, .healthTest, .texts, .spellings, .ssh:
            var writer = FormWriter(problems: Problems())
            return writer.value(node, shape) ?? node
        default: return node
        }
    }

    /// Which item is the one of the rendering: the very same, else the one with its identity.
    private func index(at depth: Int, in items: [Node], _ shape: Shape?) -> Int? {
        guard finished.indices.contains(depth + 1) else { return nil }
        let wanted = finished[depth + 1]
        let same = items.indices.filter { !wanted.range.isNone && items[$0].range == wanted.range }
        if same.count == 1 { return same[0] }
        let candidates = same.isEmpty ? Array(items.indices) : same
        if let identity = shape?.identity, let key = Self.key(of: wanted, identity) {
            return candidates.first { Self.key(of: items[$0], identity) == key }
        }
        if let spelling = wanted.spelling, let index = candidates.first(where: { items[$0].spelling == spelling }) {
            return index
        }
        if let index = candidates.first(where: { items[$0].hasSameContent(as: wanted) }) { return index }
        if case .position(let place) = path.segments[depth], case .replace? = shape?.merge,
            items.indices.contains(place.shown)
        {
            return place.shown
        }
        return nil
    }

    private static func key(of item: Node, _ identity: Shape.ItemIdentity) -> String? {
        Unique(problems: Problems()).key(of: item, identity) { "" }
    }
}

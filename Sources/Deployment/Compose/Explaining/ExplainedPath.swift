import Diagnostics
import YAML

/// Finds what a person means by a path, in a rendering and in what became of it.
struct ExplainedPath {
    let document: Node

    /// A value and how one comes to it.
    struct Place {
        var path = ParityPath()
        /// The document first, the value last.
        var nodes: [Node]

        var node: Node { nodes[nodes.count - 1] }
    }

    /// The values that a pattern is about; `compose.` before it means nothing.
    func places(_ pattern: PathPattern) -> [Place] {
        var places = [Place(nodes: [document])]
        for part in Self.parts(pattern) {
            let step = PathPattern(parts: [part], text: "")
            places = places.flatMap { place in
                Self.children(of: place).filter { child in
                    let segment = child.path.segments.last.map { ParityPath([$0]) } ?? ParityPath()
                    return step.matches(segment) || Self.names(part, child.node)
                }
            }
        }
        return places
    }

    /// The path that a pattern of keys alone spells; `nil` when it has items or stars.
    static func spelled(_ pattern: PathPattern) -> ParityPath? {
        var path = ParityPath()
        for part in parts(pattern) {
            guard case .key(let glob) = part, let key = glob.literal else { return nil }
            path = path.appending(.key(key))
        }
        return path
    }

    private static func parts(_ pattern: PathPattern) -> ArraySlice<PathPattern.Part> {
        if case .key(let glob)? = pattern.parts.first, glob.literal == "compose" { return pattern.parts.dropFirst() }
        return pattern.parts[...]
    }

    /// Whether a selector names an item by keys that its path does not show.
    private static func names(_ part: PathPattern.Part, _ node: Node) -> Bool {
        guard case .item(let pairs, nil) = part, node.mapping != nil else { return false }
        return pairs.allSatisfy { pair in
            guard let key = pair.key, let text = node[key]?.spelling else { return false }
            return pair.value.matches(text)
        }
    }

    /// What a value holds, each with the path by which `diff` names it.
    static func children(of place: Place) -> [Place] {
        switch place.node.value {
        case .scalar: return []
        case .mapping(let mapping):
            return mapping.entries.map { entry in
                Place(path: place.path.appending(.key(entry.key)), nodes: place.nodes + [entry.value])
            }
        case .sequence(let items):
            let meaning = DocumentShape.document.at(place.path)?.list ?? .unknown
            let matching = ListMatching(items, items, meaning, ComparisonOptions())
            return matching.matches.sorted { ($0.left ?? 0) < ($1.left ?? 0) }.compactMap { match in
                guard let index = match.left, match.right == index else { return nil }
                return Place(path: place.path.appending(match.segment), nodes: place.nodes + [items[index]])
            }
        }
    }

    /// The value that a path of keys reaches, or the last one before it ends, and the key that is not there.
    func nearest(_ pattern: PathPattern) -> (place: Place, missing: PathPattern.Part?) {
        var place = Place(nodes: [document])
        for part in Self.parts(pattern) {
            let step = PathPattern(parts: [part], text: "")
            let next = Self.children(of: place).first { child in
                child.path.segments.last.map { step.matches(ParityPath([$0])) } == true
            }
            guard let next else { return (place, part) }
            place = next
        }
        return (place, nil)
    }
}

import YAML

/// Applies the tables of what Swarm takes to a tree.
struct StackWriter {
    let notes: StackNotes
    private var path: [String]

    init(_ notes: StackNotes, at path: [String]) {
        self.notes = notes
        self.path = path
    }

    /// The fields that stay, in the table's order, then the team's own.
    mutating func record(_ mapping: Mapping, _ record: StackRecord) -> Mapping {
        var placed: [(position: Int, entry: Mapping.Entry)] = []
        var own: [Mapping.Entry] = []
        for entry in mapping.entries {
            path.append(entry.key)
            if let position = record.position(of: entry.key) {
                if let value = value(entry, record.fields[position].fate) {
                    placed.append((position, Mapping.Entry(key: entry.key, keyRange: entry.keyRange, value: value)))
                }
            } else if record.keepsOwn, Shape.isExtension(entry.key) {
                own.append(entry)
            } else {
                notes.dropped(name, entry, "`docker stack deploy` does not know it here")
            }
            path.removeLast()
        }
        placed.sort { $0.position < $1.position }
        return Mapping(placed.map(\.entry) + own)
    }

    private var name: String { path.joined(separator: ".") }

    private mutating func value(_ entry: Mapping.Entry, _ fate: StackFate) -> Node? {
        switch fate {
        case .kept: return entry.value
        case .text: return entry.value.spelling.map { entry.value.becoming(text: $0) } ?? entry.value
        case .integer: return integer(entry.value)
        case .record(let fields): return written(entry.value, fields)
        case .list(let fields):
            guard let items = entry.value.sequence else { return entry.value }
            let last = path.count - 1
            let name = path[last]
            defer { path[last] = name }
            return Node(
                .sequence(
                    items.enumerated().map { index, item in
                        path[last] = "\(name)[\(index)]"
                        return written(item, fields)
                    }), range: entry.value.range)
        case .map(let fields):
            return entry.value.changing { key, value in
                path.append(key)
                defer { path.removeLast() }
                return written(value, fields)
            }
        case .since(let format, let fate):
            notes.need(format, for: name, entry)
            return value(entry, fate)
        case .dropped(let why, let next):
            notes.dropped(name, entry, why, next: next)
            return nil
        }
    }

    private mutating func written(_ node: Node, _ fields: StackRecord) -> Node {
        guard let mapping = node.mapping else { return node }
        return Node(.mapping(record(mapping, fields)), range: node.range)
    }

    /// A text that is no number is a secret's reference, which becomes one when the stack is deployed.
    private func integer(_ node: Node) -> Node {
        guard let text = node.string, let number = GoNumber.integer(text) else { return node }
        return node.becoming(integer: number)
    }
}

import YAML

extension FormWriter {
    /// `KEY=VALUE`s or a map to a map of strings, sorted.
    ///
    /// - Parameter keepsNull: whether a key without value stays null; otherwise it is the empty string.
    func pairs(_ node: Node, keepsNull: Bool) -> Node? {
        var entries: [Mapping.Entry] = []
        switch node.value {
        case .mapping(let mapping):
            entries.reserveCapacity(mapping.count)
            for entry in mapping.entries {
                entries.append(
                    .init(key: entry.key, keyRange: entry.keyRange, value: text(of: entry.value, keepsNull)))
            }
        case .sequence(let items):
            var mapping = Mapping()
            for item in items {
                guard let spelling = item.scalar.flatMap({ ComposeScalar($0).spelling }) else { continue }
                let pair = KeyValue.split(spelling)
                let key = pair?.key ?? spelling
                if keepsNull, key.unicodeScalars.last?.properties.isWhitespace == true {
                    problems.error(
                        "`\(path)` has a variable whose name ends in a blank", at: item.range, expected: "`NAME=VALUE`")
                    continue
                }
                let value =
                    pair.map { item.becoming(text: $0.value) }
                    ?? (keepsNull
                        ? Node(.scalar(Scalar("null", kind: .null)), range: item.range) : item.becoming(text: ""))
                mapping.put(.init(key: key, keyRange: item.range, value: value))
            }
            entries = mapping.entries
        case .scalar: return nil
        }
        return entries.isEmpty ? nil : Node(.mapping(Mapping(entries.sortedByKey())), range: node.range)
    }

    private func text(of node: Node, _ keepsNull: Bool) -> Node {
        guard let scalar = node.scalar else { return node.becoming(text: "") }
        if scalar.kind == .string, scalar.style != .plain { return Node(node.value, range: node.range) }
        if let text = ComposeScalar(scalar).spelling { return node.becoming(text: text) }
        return keepsNull ? Node(.scalar(Scalar("null", kind: .null)), range: node.range) : node.becoming(text: "")
    }

    /// A map whose values must be strings, or whole numbers.
    func textMap(_ node: Node) -> Node? {
        guard let mapping = node.mapping, !mapping.isEmpty else { return nil }
        var entries: [Mapping.Entry] = []
        for entry in mapping.entries {
            let value = entry.value.scalar.map { ComposeScalar($0) }
            switch value {
            case .text, .integer, .null: break
            default:
                problems.error(
                    "`\(path).\(entry.key)` cannot be \(entry.value.spelling.map { "`\($0)`" } ?? entry.value.kindName)",
                    at: entry.value.range, expected: "a string", next: "quote it")
                continue
            }
            entries.append(
                .init(
                    key: entry.key, keyRange: entry.keyRange, value: entry.value.becoming(text: value?.spelling ?? "")))
        }
        return Node(.mapping(Mapping(entries.sortedByKey())), range: node.range)
    }

    func multiOptions(_ node: Node) -> Node? {
        guard let mapping = node.mapping, !mapping.isEmpty else { return nil }
        let entries = mapping.entries.map { entry in
            let values = (entry.value.sequence ?? [entry.value]).map { value in
                value.becoming(text: value.scalar.flatMap { ComposeScalar($0).spelling } ?? "<nil>")
            }
            return Mapping.Entry(
                key: entry.key, keyRange: entry.keyRange, value: Node(.sequence(values), range: entry.value.range))
        }
        return Node(.mapping(Mapping(entries.sortedByKey())), range: node.range)
    }

    /// `default`, or `name=path`, sorted.
    func sshKeys(_ node: Node) -> Node? {
        guard let mapping = node.mapping, !mapping.isEmpty else { return nil }
        let keys = mapping.entries.sortedByKey().map { entry in
            let path = entry.value.scalar.flatMap { ComposeScalar($0).spelling }
            return entry.value.becoming(text: path.map { "\(entry.key)=\($0)" } ?? entry.key)
        }
        return Node(.sequence(keys), range: node.range)
    }
}

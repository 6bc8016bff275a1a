import YAML

extension FormWriter {
    /// Words of a command line; nothing for null, an empty list for an empty string.
    func command(_ node: Node) -> Node? {
        switch node.value {
        case .sequence(let items):
            return Node(.sequence(items.map { $0.becoming(text: $0.spelling ?? "") }), range: node.range)
        case .mapping: return nil
        case .scalar:
            guard let text = node.string else { return nil }
            do {
                let line = try CommandLine.split(text)
                if let cut = line.cut {
                    problems.warning(
                        "Compose ends the command of `\(path)` at `\(cut)`", at: node.range,
                        next: "call a shell: `[\"sh\", \"-c\", \"…\"]`")
                }
                return Node(.sequence(line.words.map { node.becoming(text: $0) }), range: node.range)
            } catch {
                refuse(node, "a command line with closed quotes and no parentheses", next: "write a list of words")
                return nil
            }
        }
    }

    func healthTest(_ node: Node) -> Node? {
        if let items = node.sequence {
            guard !items.isEmpty else { return nil }
            return Node(.sequence(items.map { $0.becoming(text: $0.spelling ?? "") }), range: node.range)
        }
        guard node.string != nil else { return nil }
        return Node(
            .sequence([node.becoming(text: "CMD-SHELL"), node.becoming(text: node.string ?? "")]), range: node.range)
    }

    func texts(_ node: Node) -> Node? {
        guard let items = node.sequence else {
            return node.string == nil
                ? nil : Node(.sequence([node.becoming(text: node.string ?? "")]), range: node.range)
        }
        return items.isEmpty
            ? nil : Node(.sequence(items.map { $0.becoming(text: $0.spelling ?? "") }), range: node.range)
    }

    func spellings(_ node: Node) -> Node? {
        guard let items = node.sequence, !items.isEmpty else { return nil }
        var result: [Node] = []
        for item in items {
            guard let scalar = item.scalar else { continue }
            let value = ComposeScalar(scalar)
            if case .number = value {
                refuse(item, "a string or a whole number")
                continue
            }
            result.append(item.becoming(text: value.spelling ?? ""))
        }
        return Node(.sequence(result), range: node.range)
    }

    /// `host=address`, sorted, brackets removed.
    func hosts(_ node: Node) -> Node? {
        var hosts: [(text: String, node: Node)] = []
        func add(_ host: String, _ address: String, _ item: Node) {
            guard !host.isEmpty, !host.contains(where: { $0 == ":" || $0 == "=" }) else {
                problems.error("`\(path)` cannot hold the host `\(host)`", at: item.range, expected: "a host's name")
                return
            }
            let isBracketed = address.utf8.count > 2 && address.hasPrefix("[") && address.hasSuffix("]")
            hosts.append(("\(host)=\(isBracketed ? String(address.dropFirst().dropLast()) : address)", item))
        }
        switch node.value {
        case .mapping(let mapping):
            for entry in mapping.entries {
                for value in entry.value.sequence ?? [entry.value] {
                    add(entry.key, value.scalar.flatMap { ComposeScalar($0).spelling } ?? "", value)
                }
            }
        case .sequence(let items):
            for item in items {
                let text = item.string ?? ""
                let separator = text.contains("=") ? "=" : ":"
                let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else {
                    problems.error(
                        "`\(path)` cannot hold `\(text)`", at: item.range, label: "the address is missing",
                        expected: "`host=address`")
                    continue
                }
                for address in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
                    add(String(parts[0]), String(address), item)
                }
            }
        case .scalar: return nil
        }
        if hosts.isEmpty { return nil }
        hosts.sort { $0.text < $1.text }
        return Node(.sequence(hosts.map { $0.node.becoming(text: $0.text) }), range: node.range)
    }
}

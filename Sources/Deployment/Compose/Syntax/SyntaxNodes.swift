import Diagnostics
import YAML

extension Node {
    /// The same mapping with the values that `change` gives another form; itself when there are none, or no mapping.
    func changing(_ change: (String, Node) -> Node?) -> Node {
        guard let mapping else { return self }
        var changes: [(index: Int, value: Node)] = []
        let entries = mapping.entries
        let borrowed = entries.span
        for index in borrowed.indices {
            if let changed = change(borrowed[index].key, borrowed[index].value) { changes.append((index, changed)) }
        }
        return changes.isEmpty ? self : Node(.mapping(mapping.replacing(changes)), range: range, tag: tag)
    }

    /// The same list with the items that `change` gives another form.
    func changingItems(_ change: (Node) -> Node?) -> Node {
        guard let sequence else { return self }
        return Node(.sequence(sequence.map { change($0) ?? $0 }), range: range, tag: tag)
    }

    /// A map of strings that all come from one place.
    static func record(at range: SourceRange, _ fields: [(key: String, text: String)]) -> Node {
        Node(.mapping(Mapping(fields.map { .text($0.key, $0.text, at: range) })), range: range)
    }
}

extension Mapping.Entry {
    /// The same key with another value, if there is one.
    func with(_ value: Node?) -> Mapping.Entry {
        guard let value else { return self }
        return Mapping.Entry(key: key, keyRange: keyRange, value: value)
    }

    static func text(_ key: String, _ text: String, at range: SourceRange) -> Mapping.Entry {
        var value = Node.string(text)
        value.range = range
        return Mapping.Entry(key: key, keyRange: range, value: value)
    }

    static func flag(_ key: String, _ flag: Bool, at range: SourceRange) -> Mapping.Entry {
        var value = Node.boolean(flag)
        value.range = range
        return Mapping.Entry(key: key, keyRange: range, value: value)
    }
}

extension PortSyntax {
    /// The long form.
    func node(at range: SourceRange) -> Node {
        var entries: [Mapping.Entry] = [.text("mode", "ingress", at: range)]
        if !hostIP.isEmpty { entries.append(.text("host_ip", hostIP, at: range)) }
        if target != 0 {
            var number = Node.integer(target)
            number.range = range
            entries.append(.init(key: "target", keyRange: range, value: number))
        }
        if !published.isEmpty { entries.append(.text("published", published, at: range)) }
        entries.append(.text("protocol", transport, at: range))
        return Node(.mapping(Mapping(entries)), range: range)
    }
}

extension VolumeSyntax {
    /// The long form. A path that is mounted is made on the host when it is not there, a named volume has options.
    func node(at range: SourceRange) -> Node {
        var entries: [Mapping.Entry] = [.text("type", isBind ? "bind" : "volume", at: range)]
        if !source.isEmpty { entries.append(.text("source", source, at: range)) }
        entries.append(.text("target", ComposePath.clean(target), at: range))
        if isReadOnly { entries.append(.flag("read_only", true, at: range)) }
        var bind: [Mapping.Entry] = []
        if let selinux { bind.append(.text("selinux", selinux, at: range)) }
        if let propagation { bind.append(.text("propagation", propagation, at: range)) }
        if isBind { bind.append(.flag("create_host_path", true, at: range)) }
        if !bind.isEmpty {
            entries.append(.init(key: "bind", keyRange: range, value: Node(.mapping(Mapping(bind)), range: range)))
        }
        if !isBind || !isCopied {
            let options: [Mapping.Entry] = isCopied ? [] : [.flag("nocopy", true, at: range)]
            entries.append(.init(key: "volume", keyRange: range, value: Node(.mapping(Mapping(options)), range: range)))
        }
        return Node(.mapping(Mapping(entries)), range: range)
    }
}

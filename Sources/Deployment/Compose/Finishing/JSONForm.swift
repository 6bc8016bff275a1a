import YAML

/// How the JSON of `docker compose config` differs from its YAML: `command` is always there, own fields below the top
/// are not, those at the top have nothing where they have an empty list, and a few records are there although they are
/// empty.
enum JSONForm {
    /// - Parameter hasOwnFields: whether there are `x-` keys below the top at all.
    static func project(_ node: Node, hasOwnFields: Bool) -> Node {
        guard let mapping = node.mapping else { return node }
        let entries = mapping.entries.filter { $0.key != "models" }.map { entry in
            var entry = entry
            switch entry.key {
            case "services": entry.value = entry.value.changing { _, service in self.service(service, hasOwnFields) }
            case "networks": entry.value = entry.value.changing { _, network in self.network(network, hasOwnFields) }
            case "volumes", "secrets", "configs":
                entry.value = entry.value.changing { _, resource in
                    hasOwnFields ? withoutOwnFields(resource, .volume) : nil
                }
            default: if Shape.isExtension(entry.key) { entry.value = withoutEmptyLists(entry.value) }
            }
            return entry
        }
        return Node(.mapping(Mapping(entries.sortedByKey())), range: node.range)
    }

    private static func withoutEmptyLists(_ node: Node) -> Node {
        switch node.value {
        case .scalar: node
        case .sequence(let items): items.isEmpty ? .null : node.changingItems(withoutEmptyLists)
        case .mapping: node.changing { _, value in withoutEmptyLists(value) }
        }
    }

    /// One service, its fields in their order.
    static func service(_ node: Node, _ hasOwnFields: Bool) -> Node {
        let cleaned = hasOwnFields ? withoutOwnFields(node, .service) : node
        guard let mapping = cleaned.mapping, let fields = Shape.service.fields else { return cleaned }
        var entries: [Mapping.Entry] = []
        entries.reserveCapacity(mapping.count + 2)
        for entry in mapping.entries { entries.append(.init(key: entry.key, value: field(entry.key, entry.value))) }
        for key in ["command", "entrypoint"] where mapping.index(of: key) == nil {
            entries.insert(.init(key: key, value: .null), at: fields.place(for: key, among: entries))
        }
        return Node(.mapping(Mapping(entries)))
    }

    private static func field(_ key: String, _ node: Node) -> Node {
        switch key {
        case "deploy":
            return with(with(node, "resources", .mapping([]), Shape.deploy), "placement", .mapping([]), Shape.deploy)
        case "build":
            return node.changing { key, value in key == "ulimits" ? value.changing { _, limit in ulimit(limit) } : nil }
        case "ulimits": return node.changing { _, limit in ulimit(limit) }
        case "develop":
            let rule = Shape.develop.child("watch")?.items
            return node.changing { key, rules in
                key == "watch"
                    ? rules.changingItems {
                        with($0, "exec", .mapping([]), rule).changing { $0 == "exec" ? hook($1) : nil }
                    }
                    : nil
            }
        case "post_start", "pre_stop": return node.changingItems(hook)
        case "blkio_config": return blkio(node)
        default: return node
        }
    }

    private static func network(_ node: Node, _ hasOwnFields: Bool) -> Node {
        with(hasOwnFields ? withoutOwnFields(node, .network) : node, "ipam", .mapping([]), .network)
    }

    private static func hook(_ node: Node) -> Node { with(node, "command", .null, hookShape) }

    private static let hookShape = Shape.hook()

    /// A limit of 0 is not written.
    private static func ulimit(_ node: Node) -> Node? {
        guard let mapping = node.mapping else { return nil }
        return Node(.mapping(Mapping(mapping.entries.filter { $0.value.integer != 0 })))
    }

    /// The records whose keys begin with capitals and are there even when they are empty.
    private static func blkio(_ node: Node) -> Node {
        node.changing { key, devices in
            guard devices.sequence != nil else { return nil }
            return devices.changingItems { device in
                let measure = key == "weight_device" ? "weight" : "rate"
                return .mapping([
                    ("Path", device["path"] ?? .string("")),
                    (
                        measure.prefix(1).uppercased() + measure.dropFirst(),
                        device[measure] ?? (key == "weight_device" ? .integer(0) : .string("0"))
                    ),
                ])
            }
        }
    }

    /// The record with one more field, in the place that the field has.
    private static func with(_ node: Node, _ key: String, _ value: Node, _ shape: Shape?) -> Node {
        guard let mapping = node.mapping, mapping.index(of: key) == nil else { return node }
        var entries = mapping.entries
        let place = shape?.fields?.place(for: key, among: entries) ?? entries.endIndex
        entries.insert(.init(key: key, value: value), at: place)
        return Node(.mapping(Mapping(entries)), range: node.range)
    }

    /// Removes `x-` keys from records, but not from maps whose keys are names.
    private static func withoutOwnFields(_ node: Node, _ shape: Shape) -> Node {
        stripped(node, shape) ?? node
    }

    private static func stripped(_ node: Node, _ shape: Shape?) -> Node? {
        switch node.value {
        case .scalar: return nil
        case .sequence(let items):
            guard let inner = shape?.items else { return nil }
            var result: [Node]?
            for (index, item) in items.enumerated() {
                guard let changed = stripped(item, inner) else { continue }
                if result == nil { result = items }
                result?[index] = changed
            }
            return result.map { Node(.sequence($0), range: node.range) }
        case .mapping(let mapping):
            var entries = mapping.entries
            var isChanged = false
            if shape?.fields != nil {
                let count = entries.count
                entries.removeAll { Shape.isExtension($0.key) }
                isChanged = entries.count < count
            }
            for index in entries.indices {
                guard let changed = stripped(entries[index].value, shape?.child(entries[index].key)) else { continue }
                entries[index].value = changed
                isChanged = true
            }
            return isChanged ? Node(.mapping(Mapping(entries)), range: node.range) : nil
        }
    }
}

import Diagnostics
import YAML

/// Adds to one service what Compose implies: networks, dependencies, a build's Dockerfile, values passed on by name.
struct ServiceNormalizer: Sendable {
    let switches: RenderSwitches
    let passedOn: PassedOnValues
    let isEnvironment: Bool
    let completion: PathCompletion?

    /// The service with all defaults, ready to be written.
    func normalized(_ node: Node, named name: String, recorder: RenderRecorder? = nil) -> Mapping {
        var service = node
        recorder?.pass(.merged, of: name, service)
        if let mapping = service.mapping {
            var entries = mapping.entries
            var isChanged = false
            for index in entries.indices {
                guard let changed = field(entries[index].key, entries[index].value) else { continue }
                entries[index].value = changed
                isChanged = true
            }
            if isChanged { service = Node(.mapping(Mapping(entries)), range: node.range) }
        }
        recorder?.pass(.defaults, of: name, service)
        if let completion { service = completion.service(service) }
        recorder?.pass(.paths, of: name, service)
        guard var mapping = service.mapping else { return Mapping() }
        if switches.normalizes {
            addNetworks(&mapping, node.range)
            addDependencies(&mapping)
        }
        recorder?.pass(.implied, of: name, Node(.mapping(mapping), range: node.range))
        return mapping
    }

    private func field(_ key: String, _ value: Node) -> Node? {
        switch key {
        case "build":
            let build = Defaults.field(key, value) ?? value
            return switches.normalizes ? normalized(build: build) : build
        case "environment": return passedOn(value, dropsUnknown: false)
        case "pull_policy":
            return switches.normalizes && value.string == "if_not_present" ? value.becoming(text: "missing") : nil
        case "volumes": return switches.normalizes ? value.changingItems(cleanTarget) : nil
        default: return Defaults.field(key, value)
        }
    }

    private func normalized(build: Node) -> Node {
        guard var mapping = build.mapping else { return build }
        if mapping["dockerfile"] == nil, mapping["dockerfile_inline"] == nil {
            mapping.append(.text("dockerfile", "Dockerfile", at: build.range))
        }
        // In an environment's rendering an argument without value is passed on when the image is built.
        if let arguments = mapping["args"], let resolved = passedOn(arguments, dropsUnknown: !isEnvironment) {
            mapping["args"] = resolved
        }
        return Node(.mapping(mapping), range: build.range)
    }

    /// Gives names without a value the value of the variable of that name; `nil` when nothing changes.
    private func passedOn(_ node: Node, dropsUnknown: Bool) -> Node? {
        switch node.value {
        case .scalar: return nil
        case .sequence(let items):
            return Node(
                .sequence(
                    items.compactMap { item in
                        guard let name = PassedOnValues.name(item) else { return item }
                        guard let value = passedOn[name] else { return dropsUnknown ? nil : item }
                        return item.becoming(text: "\(name)=\(value)")
                    }), range: node.range)
        case .mapping(let mapping):
            guard mapping.entries.contains(where: { $0.value.isNull }) else { return nil }
            var entries: [Mapping.Entry] = []
            for var entry in mapping.entries {
                if entry.value.isNull {
                    if let value = passedOn[entry.key] {
                        entry.value = Node.string(value)
                        entry.value.range = entry.keyRange
                    } else if dropsUnknown {
                        continue
                    }
                }
                entries.append(entry)
            }
            return Node(.mapping(Mapping(entries)), range: node.range)
        }
    }

    private func cleanTarget(_ volume: Node) -> Node? {
        guard let target = volume["target"], let text = target.string else { return nil }
        let clean = ComposePath.clean(text)
        guard clean != text else { return nil }
        return volume.changing { key, value in key == "target" ? value.becoming(text: clean) : nil }
    }

    /// A service that names no network is in the one called `default`.
    private func addNetworks(_ mapping: inout Mapping, _ range: SourceRange) {
        guard mapping["provider"] == nil, mapping["network_mode"] == nil else { return }
        let networks = mapping["networks"]
        guard networks == nil || networks?.mapping?.isEmpty == true || networks?.isNull == true else { return }
        mapping["networks"] = .mapping([("default", .null)])
    }

    /// Links, shared namespaces and shared volumes make a service wait for another one.
    private func addDependencies(_ mapping: inout Mapping) {
        var dependencies = mapping["depends_on"]?.mapping ?? Mapping()
        let before = dependencies.count
        func add(_ name: Substring, restarts: Bool, _ range: SourceRange) {
            guard dependencies.index(of: String(name)) == nil else { return }
            var entries: [Mapping.Entry] = [.text("condition", "service_started", at: range)]
            entries.append(.flag("restart", restarts, at: range))
            entries.append(.flag("required", true, at: range))
            dependencies.append(
                .init(key: String(name), keyRange: range, value: Node(.mapping(Mapping(entries)), range: range)))
        }
        for link in mapping["links"]?.sequence ?? [] {
            let parts = (link.string ?? "").split(separator: ":", omittingEmptySubsequences: false)
            add(parts.count == 2 ? parts[0] : Substring(link.string ?? ""), restarts: true, link.range)
        }
        for namespace in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
            if let node = mapping[namespace], let text = node.string, text.hasPrefix("service:") {
                add(text.dropFirst("service:".count), restarts: true, node.range)
            }
        }
        for source in mapping["volumes_from"]?.sequence ?? [] {
            guard let text = source.string, !text.hasPrefix("container:") else { continue }
            add(text.split(separator: ":", omittingEmptySubsequences: false)[0], restarts: false, source.range)
        }
        guard dependencies.count > before else { return }
        mapping["depends_on"] = Node(.mapping(dependencies), range: mapping["depends_on"]?.range ?? .none)
    }
}

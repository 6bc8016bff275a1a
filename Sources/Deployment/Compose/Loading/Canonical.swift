import Diagnostics
import YAML

/// Turns short syntax into long syntax, and removes what a later item of a list replaces.
///
/// Runs after each file is merged, because a later file merges with the long form.
struct Canonical {
    private let problems: Problems
    /// False while variables are not resolved: what cannot be read stays as it is.
    private let isStrict: Bool
    private let unique: Unique

    init(problems: Problems, isStrict: Bool = true) {
        self.problems = problems
        self.isStrict = isStrict
        unique = Unique(problems: problems)
    }

    func project(_ node: Node) -> Node {
        node.changing { key, value in field(key, value) }
    }

    /// Some fields of a project.
    func fields(_ entries: ArraySlice<Mapping.Entry>) -> [Mapping.Entry] {
        entries.map { $0.with(field($0.key, $0.value)) }
    }

    /// Some services of a project.
    func services(_ entries: ArraySlice<Mapping.Entry>) -> [Mapping.Entry] {
        entries.map { $0.with(service($0.value, "services.\($0.key)")) }
    }

    private func field(_ key: String, _ value: Node) -> Node? {
        switch key {
        case "services": value.changing { name, service in self.service(service, "services.\(name)") }
        case "networks", "volumes", "secrets", "configs":
            value.changing { name, resource in self.resource(resource, "\(key).\(name)", of: key) }
        default: nil
        }
    }

    // MARK: - Services

    private func service(_ node: Node, _ path: @autoclosure () -> String) -> Node? {
        guard node.mapping != nil else { return nil }
        return node.changing { key, value in
            if isStrict { checkForm(value, key, path) }
            return switch key {
            case "build": build(value)
            case "depends_on": value.sequence == nil ? dependencies(value) : NamedMap.dependencies(value)
            case "env_file": envFiles(value)
            case "label_file": listed(value)
            case "dns": nameservers(value)
            case "develop": develop(value)
            case "extends": value.string == nil ? nil : Self.map(value, "service")
            case "gpus": gpus(value)
            case "networks": value.sequence == nil ? attachments(value) : NamedMap.empty(value)
            case "models": value.sequence == nil ? nil : NamedMap.empty(value)
            case "ports": ports(value, path)
            case "volumes": volumes(value, path)
            case "devices": devices(value, path)
            case "secrets": references(value, by: .mount(folder: "/run/secrets"), path)
            case "configs": references(value, by: .mount(folder: ""), path)
            case "deploy": value.changing { $0 == "labels" ? distinct($1, .deploy.child("labels")) : nil }
            default: distinct(value, Shape.service.child(key))
            }
        }
    }

    /// What has a short syntax must have one of its forms here already: an extended file is checked only when it is merged,
    /// and then this may be hidden.
    private func checkForm(_ node: Node, _ key: String, _ path: () -> String) {
        let types: ValueTypes
        switch key {
        case "build", "extends": types = [.map, .text]
        case "depends_on": types = [.map, .list]
        case "env_file", "gpus": types = [.text, .list]
        case "ports": types = .list
        default: return
        }
        let found: ValueTypes =
            node.mapping != nil ? .map : node.sequence != nil ? .list : node.string != nil ? .text : .null
        guard !types.contains(found) else { return }
        problems.error(
            "`\(path()).\(key)` cannot be \(node.spelling.map { "`\($0)`" } ?? node.kindName)", at: node.range,
            expected: types.wording)
    }

    /// Lists of plain strings that have an identity.
    private func distinct(_ node: Node, _ shape: Shape?) -> Node? {
        guard let items = node.sequence, items.count > 1, let identity = shape?.identity else { return nil }
        let kept = unique.items(items, by: identity, at: "")
        return kept.count == items.count ? nil : Node(.sequence(kept), range: node.range)
    }

    private func build(_ node: Node) -> Node? {
        if node.string != nil { return Self.map(node, "context") }
        return node.changing { key, value in
            switch key {
            case "secrets": value.changingItems { $0.string == nil ? nil : Self.map($0, "source") }
            case "provenance", "sbom":
                value.boolean.map {
                    Node(
                        .scalar(Scalar($0 ? "true" : "false", kind: .string, style: .doubleQuoted)), range: value.range)
                }
            case "additional_contexts": additionalContexts(value)
            case "ssh": sshKeys(value)
            default: distinct(value, Shape.build.child(key))
            }
        }
    }

    private func additionalContexts(_ node: Node) -> Node? {
        guard let items = node.sequence else { return nil }
        var mapping = Mapping()
        for item in items {
            guard let (key, value) = KeyValue.split(item) else {
                if !isStrict { return nil }
                problems.error(
                    "`\(item.spelling ?? "")` is no additional context", at: item.range, expected: "`NAME=CONTEXT`")
                continue
            }
            mapping.put(.init(key: key, keyRange: item.range, value: value))
        }
        return Node(.mapping(mapping), range: node.range)
    }

    private func sshKeys(_ node: Node) -> Node? {
        guard let items = node.sequence else { return nil }
        var mapping = Mapping()
        for item in items {
            if let (key, value) = KeyValue.split(item) {
                mapping.put(.init(key: key, keyRange: item.range, value: value))
            } else if item.string == "default" {
                mapping.put(.init(key: "default", keyRange: item.range, value: .null))
            } else {
                problems.error(
                    "`\(item.spelling ?? "")` is no SSH key", at: item.range, expected: "`default` or `NAME=PATH`")
            }
        }
        return Node(.mapping(mapping), range: node.range)
    }

    private func dependencies(_ node: Node) -> Node? {
        node.changing { _, value in
            guard var mapping = value.mapping else { return nil }
            // In an extended file, which is not checked by itself, it may be missing.
            if mapping.index(of: "condition") == nil {
                mapping.append(.init(key: "condition", keyRange: value.range, value: .string("service_started")))
            }
            if mapping.index(of: "required") == nil {
                mapping.append(.init(key: "required", keyRange: value.range, value: .boolean(true)))
            }
            return Node(.mapping(mapping), range: value.range)
        }
    }

    private func develop(_ node: Node) -> Node {
        node.changing { key, rules in
            guard key == "watch" else { return nil }
            return rules.changingItems { rule in
                rule.changing { key, value in key == "ignore" || key == "include" ? listed(value) : nil }
            }
        }
    }

    private func attachments(_ node: Node) -> Node {
        node.changing { _, network in
            network.changing { key, value in
                key == "aliases" || key == "link_local_ips" ? distinct(value, .keyedNames) : nil
            }
        }
    }

    private func envFiles(_ node: Node) -> Node? {
        let items = (node.sequence ?? [node]).map { item in
            var mapping = item.mapping ?? Mapping([.init(key: "path", keyRange: item.range, value: item)])
            if mapping.index(of: "required") == nil {
                mapping.append(.init(key: "required", keyRange: item.range, value: .boolean(true)))
            }
            return Node(.mapping(mapping), range: item.range)
        }
        return Node(.sequence(unique.items(items, by: .envFile, at: "")), range: node.range)
    }

    private func listed(_ node: Node) -> Node? {
        node.string == nil ? nil : Node(.sequence([node]), range: node.range)
    }

    private func nameservers(_ node: Node) -> Node? {
        let items = (node.sequence ?? [node]).filter { $0.string != "" && !$0.isNull }
        return Node(.sequence(unique.items(items, by: .key, at: "")), range: node.range)
    }

    private func gpus(_ node: Node) -> Node? {
        guard node.string != nil else { return nil }
        var all = Node.string("all")
        all.range = node.range
        return Node(
            .sequence([
                Node(.mapping(Mapping([.init(key: "count", keyRange: node.range, value: all)])), range: node.range)
            ]),
            range: node.range)
    }

    private func ports(_ node: Node, _ path: () -> String) -> Node? {
        guard let items = node.sequence else { return nil }
        var ports: [Node] = []
        for item in items {
            guard let scalar = item.scalar else {
                ports.append(item)
                continue
            }
            do {
                ports += try PortSyntax.parse(ComposeScalar(scalar).spelling ?? "").map { $0.node(at: item.range) }
            } catch {
                if !isStrict { return nil }
                problems.error(
                    "`\(path()).ports` cannot hold `\(scalar.text)`", at: item.range, label: error.message,
                    expected: PortSyntax.expected)
            }
        }
        return Node(.sequence(unique.items(ports, by: .port, at: path())), range: node.range)
    }

    private func volumes(_ node: Node, _ path: () -> String) -> Node? {
        guard let items = node.sequence else { return nil }
        var volumes: [Node] = []
        for item in items {
            guard let text = item.string else {
                volumes.append(item)
                if isStrict, item["type"]?.string == "bind", item["source"] == nil {
                    problems.error(
                        "a bind mount of `\(path())` has no `source`",
                        at: item.mapping?.entries.first?.keyRange ?? item.range, expected: "a path of the host")
                }
                continue
            }
            do {
                volumes.append(try VolumeSyntax.parse(text).node(at: item.range))
            } catch {
                if !isStrict { return nil }
                problems.error(
                    "`\(path()).volumes` cannot hold `\(text)`", at: item.range, label: error.message,
                    expected: VolumeSyntax.expected)
            }
        }
        return Node(.sequence(unique.items(volumes, by: .volumeTarget, at: path())), range: node.range)
    }

    private func devices(_ node: Node, _ path: () -> String) -> Node? {
        guard let items = node.sequence else { return nil }
        let devices = items.map { item -> Node in
            guard let text = item.string else { return item }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count <= 3 else {
                if isStrict {
                    problems.error(
                        "`\(path()).devices` cannot hold `\(text)`", at: item.range, label: "there are too many colons",
                        expected: "`/dev/host:/dev/container:rwm`")
                }
                return item
            }
            let target = parts.count > 1 && !parts[1].isEmpty ? parts[1] : parts[0]
            return Node.record(
                at: item.range,
                [("source", parts[0]), ("target", target), ("permissions", parts.count > 2 ? parts[2] : "rwm")])
        }
        return Node(.sequence(unique.items(devices, by: .deviceTarget, at: path())), range: node.range)
    }

    private func references(_ node: Node, by identity: Shape.ItemIdentity, _ path: () -> String) -> Node? {
        guard let items = node.sequence else { return nil }
        let references = items.map { $0.string == nil ? $0 : Self.map($0, "source") }
        return Node(.sequence(unique.items(references, by: identity, at: path())), range: node.range)
    }

    // MARK: - Resources

    /// `external: {name: x}` is the old way of `external: true` and `name: x`.
    private func resource(_ node: Node, _ path: @autoclosure () -> String, of kind: String) -> Node? {
        guard var mapping = node.mapping else { return nil }
        var isChanged = false
        if kind == "networks", let labels = mapping["labels"],
            let distinct = distinct(labels, Shape.network.child("labels"))
        {
            mapping["labels"] = distinct
            isChanged = true
        }
        if let external = mapping.entry("external"), let inner = external.value.mapping {
            isChanged = true
            var flag = Node.boolean(true)
            flag.range = external.value.range
            mapping["external"] = flag
            if let name = inner.entry("name") {
                problems.warning(
                    "`external.name` is deprecated", at: name.keyRange, next: "write `name:` and `external: true`")
                if let own = mapping["name"] {
                    if own.spelling != name.value.spelling {
                        problems.error(
                            "`\(path())` has two names", at: name.value.range,
                            related: [Diagnostic.Related(range: own.range, label: "the other one")],
                            expected: "`name` only")
                    }
                } else {
                    mapping.append(name)
                }
            }
        }
        return isChanged ? Node(.mapping(mapping), range: node.range) : nil
    }

    static func map(_ node: Node, _ key: String) -> Node {
        Node(.mapping(Mapping([.init(key: key, keyRange: node.range, value: node)])), range: node.range)
    }
}

import Diagnostics
import YAML

/// Networks, volumes, secrets and configs on Swarm.
struct StackResources {
    let document: Node
    let projectName: String
    let notes: StackNotes

    /// The sections that have something in them, in the order of the normal form.
    ///
    /// - Parameter added: networks that services need beside the project's own.
    func fitted(adding added: Mapping) -> [Mapping.Entry] {
        let sections: [(key: String, record: StackRecord)] = [
            ("networks", .network), ("volumes", .volume), ("secrets", .secret), ("configs", .config),
        ]
        for model in document["models"]?.mapping?.entries ?? [] {
            notes.dropped("models.\(model.key)", model, "Swarm runs no models")
        }
        return sections.compactMap { section in
            let written = document.mapping?.entry(section.key)
            var resources = written?.value.mapping?.entries ?? []
            if section.key == "networks" {
                resources += added.entries.filter { written?.value.mapping?.index(of: $0.key) == nil }
            }
            guard !resources.isEmpty else { return nil }
            let fitted = resources.map { resource in
                var resource = resource
                resource.value = self.resource(resource, in: section.key, section.record)
                return resource
            }
            return .init(
                key: section.key, keyRange: written?.keyRange ?? .none,
                value: Node(.mapping(Mapping(fitted)), range: written?.value.range ?? .none))
        }
    }

    private func resource(_ entry: Mapping.Entry, in section: String, _ record: StackRecord) -> Node {
        var fields = entry.value.mapping ?? Mapping()
        let path = "\(section).\(entry.key)"
        if section == "networks" { fitNetwork(&fields, path) }
        if section == "secrets" || section == "configs" { fitFile(&fields, entry.key, section, path) }
        // The name that Compose gives is the one that the stack gives, when it has the project's name.
        if let name = fields.entry("name"), name.place == nil, fields["external"] == nil,
            name.value.string == "\(projectName)_\(entry.key)"
        {
            fields["name"] = nil
        }
        var writer = StackWriter(notes, at: [section, entry.key])
        return Node(.mapping(writer.record(fields, record)), range: entry.value.range)
    }

    // MARK: - Networks

    private static let localDrivers: Set<String> = ["host", "ipvlan", "macvlan", "none", "null"]
    private static let bridgeOptions = "com.docker.network.bridge."

    private func fitNetwork(_ fields: inout Mapping, _ path: String) {
        guard fields["external"]?.boolean != true else { return }
        if let entry = fields.entry("driver"), let driver = entry.value.string {
            if driver == "bridge" {
                fields["driver"] = nil
                notes.rewritten("\(path).driver", entry, "an overlay network, which reaches every node")
            } else if Self.localDrivers.contains(driver) {
                notes.problems.error(
                    "`\(path)` uses `\(driver)`, which `docker stack deploy` cannot make for services",
                    at: entry.value.range,
                    expected: "an overlay network, or `external: true`",
                    next: "docker network create --scope swarm --config-from CONFIG --driver \(driver) NAME")
            }
        }
        guard let options = fields["driver_opts"], let mapping = options.mapping else { return }
        var kept: [Mapping.Entry] = []
        for option in mapping.entries {
            if option.key.hasPrefix(Self.bridgeOptions) {
                notes.dropped("\(path).driver_opts.\(option.key)", option, "an overlay network has no such option")
            } else {
                kept.append(option)
            }
        }
        fields["driver_opts"] = kept.isEmpty ? nil : Node(.mapping(Mapping(kept)), range: options.range)
    }

    // MARK: - Secrets and configs

    /// `docker stack deploy` takes them from files alone; others have to be there before.
    private func fitFile(_ fields: inout Mapping, _ key: String, _ section: String, _ path: String) {
        for source in ["environment", "content"] {
            guard let entry = fields.entry(source) else { continue }
            let name = fields["name"]?.string ?? "\(projectName)_\(key)"
            let kind = section == "secrets" ? "secret" : "config"
            let isVariable = source == "environment"
            fields = Mapping([
                .text("name", name, at: entry.value.range), .flag("external", true, at: entry.value.range),
            ])
            let variable = entry.value.string ?? "NAME"
            notes.rewritten(
                "\(path).\(source)", entry, "`external`, as `docker stack deploy` reads only files: make it before",
                next: isVariable
                    ? "printenv \(variable) | docker \(kind) create \(name) -" : "docker \(kind) create \(name) FILE")
        }
    }
}

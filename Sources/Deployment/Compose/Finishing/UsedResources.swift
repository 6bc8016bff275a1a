import YAML

/// Which networks, volumes, secrets, configs and models the enabled services use.
struct UsedResources {
    private var names: [String: Set<String>] = [:]

    init(_ services: [Mapping.Entry]) {
        for service in services {
            for entry in service.value.mapping?.entries ?? [] {
                switch entry.key {
                case "networks", "models": add(entry.value.mapping?.keys ?? [], to: entry.key)
                case "volumes":
                    for volume in entry.value.sequence ?? [] where volume["type"]?.string == "volume" {
                        add([volume["source"]?.string].compactMap { $0 }, to: "volumes")
                    }
                case "secrets", "configs": add(Self.sources(entry.value), to: entry.key)
                case "build": add(Self.sources(entry.value["secrets"]), to: "secrets")
                default: break
                }
            }
        }
    }

    /// The sections without the resources that nobody uses, and without sections that become empty.
    func only(_ sections: [Mapping.Entry]) -> [Mapping.Entry] {
        sections.compactMap { section in
            let used = names[section.key] ?? []
            guard let mapping = section.value.mapping else { return nil }
            let kept = mapping.entries.filter { used.contains($0.key) }
            if kept.isEmpty { return nil }
            var section = section
            section.value = Node(.mapping(Mapping(kept)), range: section.value.range)
            return section
        }
    }

    static func sources(_ node: Node?) -> [String] { node?.sequence?.compactMap { $0["source"]?.string } ?? [] }

    private mutating func add(_ more: [String], to section: String) { names[section, default: []].formUnion(more) }
}

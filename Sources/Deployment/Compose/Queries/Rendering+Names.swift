import YAML

/// What the flags of `docker compose config` that print names print: one a line, in an order that never changes.
extension Rendering {
    /// Every service that is enabled, each behind those that it depends on.
    ///
    /// Without interpolation nobody decides about profiles: then every service, sorted.
    package var serviceNames: [String] {
        let services = document["services"]?.mapping ?? Mapping()
        guard writing.isResolved else { return services.keys.sorted() }
        var result: [String] = []
        var seen: Set<String> = []
        func visit(_ name: String) {
            guard let service = services[name], seen.insert(name).inserted else { return }
            for dependency in (service["depends_on"]?.mapping?.keys ?? []).sorted() { visit(dependency) }
            result.append(name)
        }
        for name in services.keys.sorted() { visit(name) }
        return result
    }

    /// The image of each enabled service, in the order of the services' names; one that is built without naming its
    /// image gets the name that Compose gives it.
    package var images: [String] {
        let separator = BooleanWord.isOn(writing.variables["COMPOSE_COMPATIBILITY"]) ? "_" : "-"
        return enabledServices.map { service in
            service.value["image"]?.string.flatMap { $0.isEmpty ? nil : $0 }
                ?? "\(projectName)\(separator)\(service.key)"
        }
    }

    package var networkNames: [String] { names(in: "networks") }
    package var volumeNames: [String] { names(in: "volumes") }

    /// The models, not their names in the project, in the order of those names.
    package var models: [String] {
        used.first { $0.key == "models" }?.value.mapping?.entries.sortedByKey()
            .compactMap { $0.value["model"]?.string }.filter { !$0.isEmpty } ?? []
    }

    /// Every profile that a service names, enabled or not, sorted.
    package var profileNames: [String] {
        guard !writing.isResolved else { return profiles }
        let services = document["services"]?.mapping?.entries ?? []
        return Set(services.flatMap { Self.profiles(of: $0.value) }).sorted()
    }

    /// `NAME=value` for everything that interpolation had, sorted; a secret is `NAME=${NAME}`.
    package var variableAssignments: [String] {
        writing.variables.map { "\($0.key)=\($0.value)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Sorted by name.
    private var enabledServices: [Mapping.Entry] {
        let services = (document["services"]?.mapping?.entries ?? []).sortedByKey()
        guard !writing.isResolved else { return services }
        return services.filter {
            ServiceSelection.isEnabled(Self.profiles(of: $0.value), by: writing.enabledProfiles)
        }
    }

    private static func profiles(of service: Node) -> [String] {
        service["profiles"]?.sequence?.compactMap(\.string) ?? []
    }

    private func names(in section: String) -> [String] {
        used.first { $0.key == section }?.value.mapping?.keys.sorted() ?? []
    }

    private var used: [Mapping.Entry] {
        let sections = (document.mapping?.entries ?? []).filter { $0.key != "services" }
        return writing.isResolved ? sections : UsedResources(enabledServices).only(sections)
    }
}

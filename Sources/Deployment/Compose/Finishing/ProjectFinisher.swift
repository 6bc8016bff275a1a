import Diagnostics
import YAML

/// Makes the normal form of a whole project out of the merged tree.
struct ProjectFinisher {
    let loader: ComposeLoader
    let scope: VariableScope
    let switches: RenderSwitches
    let isEnvironment: Bool
    let folder: String
    let projectName: String
    let enabledProfiles: [String]
    /// The services that were asked for by name; empty for all that are enabled.
    var selected: [String] = []

    struct Finished {
        var document: Node
        var disabled: [String]
        var profiles: [String]
        /// Whether any record has an `x-` key.
        var hasOwnFields: Bool
    }

    /// `nil` after an error.
    func finished(_ model: Node) -> Finished? {
        guard switches.interpolates else { return unresolved(model) }
        let problems = loader.problems
        let before = problems.errorCount
        ResourceCheck(problems: problems).check(model)
        warnAboutIgnored(model)
        let completion = switches.completesPaths ? PathCompletion(folder: folder, home: loader.home) : nil
        let resources = completion?.project(withoutServices(model)) ?? withoutServices(model)
        loader.recorder?.pass(.merged, ofResources: model)
        loader.recorder?.pass(.paths, ofResources: resources)
        var services = finishedServices(model, completion)
        var sections = finishedSections(resources, usesDefault: services.usesDefaultNetwork)
        guard problems.errorCount == before else { return nil }
        if switches.checksConsistency {
            ConsistencyCheck(
                services: services.enabled, disabled: services.disabled, sections: sections.all, problems: problems
            ).check()
        }
        if let selection = ServiceSelection(selected, problems: loader.problems) {
            selection.apply(to: &services.enabled, disabled: &services.disabled)
        }
        if switches.dropsUnused { sections.all = UsedResources(services.enabled).only(sections.all) }
        if switches.warnsAboutIgnored { IgnoredFields(problems: problems).check(services.enabled, sections.all) }
        if isEnvironment {
            EnvFileCheck(loader: loader, scope: scope).check(services.enabled)
        } else {
            resolveFiles(&services.enabled)
        }
        guard problems.errorCount == before else { return nil }
        return Finished(
            document: document(model, services.enabled, sections.all),
            disabled: services.disabled.map(\.key),
            profiles: services.profiles.sorted(),
            hasOwnFields: services.hasOwnFields || sections.hasOwnFields)
    }

    // MARK: - Without interpolation

    /// The merged tree in long syntax and nothing more, because nobody knows what its variables are: every service and
    /// resource, keys sorted.
    private func unresolved(_ model: Node) -> Finished? {
        let before = loader.problems.errorCount
        ResourceCheck(problems: loader.problems).check(model)
        guard loader.problems.errorCount == before, let mapping = model.mapping else { return nil }
        let completion = switches.completesPaths ? PathCompletion(folder: folder, home: loader.home) : nil
        let normalizer = ServiceNormalizer(
            switches: switches, scope: scope, isEnvironment: isEnvironment, completion: completion,
            recorder: loader.recorder)
        var usesDefault = false
        let services = model["services"]?.changing { name, service in
            let normalized = normalizer.normalized(service, named: name)
            if usesDefaultNetwork(normalized) { usesDefault = true }
            return Node(.mapping(normalized), range: service.range)
        }
        var result = mapping
        result["services"] = services
        result["version"] = nil
        if switches.normalizes {
            result["name"] = .string(projectName)
            if usesDefault {
                var networks = result["networks"]?.mapping ?? Mapping()
                if networks["default"] == nil { networks["default"] = .null }
                result["networks"] = Node(.mapping(networks))
            }
            for section in ["networks", "volumes", "secrets", "configs"] {
                result[section] = result[section].map(named)
            }
        }
        let tree = completion?.project(Node(.mapping(result), range: model.range)) ?? Node(.mapping(result))
        return Finished(
            document: FormWriter(problems: loader.problems).anything(tree).sortedByKeys(), disabled: [],
            profiles: [], hasOwnFields: true)
    }

    private func named(_ section: Node) -> Node {
        guard let mapping = section.mapping else { return section }
        let entries = mapping.entries.map { resource in
            var resource = resource
            var fields = resource.value.mapping ?? Mapping()
            if fields["name"] == nil {
                let isExternal = fields["external"]?.boolean == true
                fields["name"] = .string(isExternal ? resource.key : "\(projectName)_\(resource.key)")
            }
            resource.value = Node(.mapping(fields), range: resource.value.range)
            return resource
        }
        return Node(.mapping(Mapping(entries)), range: section.range)
    }

    // MARK: - Services

    private struct Services {
        var enabled: [Mapping.Entry] = []
        var disabled: [Mapping.Entry] = []
        var profiles: Set<String> = []
        var usesDefaultNetwork = false
        var hasOwnFields = false
    }

    /// Sorted by name.
    private func finishedServices(_ model: Node, _ completion: PathCompletion?) -> Services {
        let normalizer = ServiceNormalizer(
            switches: switches, scope: scope, isEnvironment: isEnvironment, completion: completion,
            recorder: loader.recorder)
        var writer = FormWriter(problems: loader.problems)
        var result = Services()
        guard let fields = Shape.service.fields else { return result }
        let enabledProfiles = ServiceSelection.profiles(of: selected, in: model, enabled: enabledProfiles)
        writer.enter("services")
        for entry in (model["services"]?.mapping?.entries ?? []).sortedByKey() {
            writer.enter(entry.key)
            let normalized = normalizer.normalized(entry.value, named: entry.key)
            if usesDefaultNetwork(normalized) { result.usesDefaultNetwork = true }
            var service = writer.record(normalized, fields)
            writer.leave()
            let profiles = normalized["profiles"]?.sequence?.compactMap(\.string) ?? []
            result.profiles.formUnion(profiles)
            let isEnabled = ServiceSelection.isEnabled(profiles, by: enabledProfiles)
            if switches.checksConsistency { spreadScale(&service) }
            loader.recorder?.pass(.form, of: entry.key, Node(.mapping(Mapping(service)), range: entry.value.range))
            if isEnvironment { service = forEnvironment(service) }
            let finished = Mapping.Entry(
                key: entry.key, keyRange: entry.keyRange,
                value: Node(.mapping(Mapping(service)), range: entry.value.range))
            if isEnabled { result.enabled.append(finished) } else { result.disabled.append(finished) }
        }
        result.hasOwnFields = writer.hasOwnFields
        return result
    }

    /// Services that are run by a provider have no networks of their own, whatever they say.
    private func usesDefaultNetwork(_ service: Mapping) -> Bool {
        service["networks"]?.mapping?.index(of: "default") != nil && service["provider"] == nil
            && service["network_mode"] == nil
    }

    /// Profiles are decided here, so the rendering starts the same services without them; short env files stay short.
    private func forEnvironment(_ service: [Mapping.Entry]) -> [Mapping.Entry] {
        var result = service.filter { $0.key != "profiles" }
        for index in result.indices where result[index].key == "env_file" {
            result[index].value = result[index].value.changingItems { file in
                file["required"]?.boolean != false && file["format"] == nil ? file["path"] : nil
            }
        }
        return result
    }

    /// `scale` is also the number of replicas where there is a `deploy`.
    private func spreadScale(_ service: inout [Mapping.Entry]) {
        guard let scale = service.first(where: { $0.key == "scale" }),
            let index = service.firstIndex(where: { $0.key == "deploy" }), service[index].value["replicas"] == nil,
            let deploy = service[index].value.mapping
        else { return }
        var entries = deploy.entries
        let place = entries.first?.key == "mode" ? 1 : 0
        entries.insert(.init(key: "replicas", keyRange: scale.keyRange, value: scale.value), at: place)
        service[index].value = Node(.mapping(Mapping(entries)), range: service[index].value.range)
    }

    private func resolveFiles(_ services: inout [Mapping.Entry]) {
        let files = ServiceFiles(loader: loader, scope: scope, readsEnvFiles: switches.readsEnvFiles)
        for index in services.indices {
            let service = services[index].value
            guard let mapping = service.mapping,
                mapping.index(of: "env_file") != nil || mapping.index(of: "label_file") != nil
            else { continue }
            let resolved = files.resolved(mapping.entries, service: services[index].key)
            services[index].value = Node(.mapping(Mapping(resolved)), range: service.range)
        }
    }

    // MARK: - Sections

    private func withoutServices(_ model: Node) -> Node {
        guard var mapping = model.mapping else { return model }
        mapping["services"] = nil
        return Node(.mapping(mapping), range: model.range)
    }

    /// Networks, volumes, secrets, configs and models, each with its name.
    private func finishedSections(_ model: Node, usesDefault: Bool) -> (all: [Mapping.Entry], hasOwnFields: Bool) {
        var writer = FormWriter(problems: loader.problems)
        var sections: [Mapping.Entry] = []
        for section in ["networks", "volumes", "secrets", "configs", "models"] {
            let written = model.mapping?.entry(section)
            var resources = written?.value.mapping ?? Mapping()
            if section == "networks", switches.normalizes, usesDefault, resources.index(of: "default") == nil {
                resources.append(.init(key: "default", value: .null))
            }
            guard !resources.isEmpty, let fields = Shape.project.child(section)?.values?.fields else { continue }
            writer.enter(section)
            var entries: [Mapping.Entry] = []
            for resource in resources.entries.sortedByKey() {
                writer.enter(resource.key)
                var mapping = resource.value.mapping ?? Mapping()
                if section != "models", switches.normalizes, mapping["name"].map(\.isNull) ?? true {
                    let isExternal = mapping["external"]?.boolean == true
                    mapping["name"] = .string(isExternal ? resource.key : "\(projectName)_\(resource.key)")
                }
                let value = Node(.mapping(Mapping(writer.record(mapping, fields))), range: resource.value.range)
                writer.leave()
                entries.append(.init(key: resource.key, keyRange: resource.keyRange, value: value))
            }
            writer.leave()
            sections.append(
                .init(
                    key: section, keyRange: written?.keyRange ?? .none,
                    value: Node(.mapping(Mapping(entries)), range: written?.value.range ?? .none)))
        }
        return (sections, writer.hasOwnFields)
    }

    private func document(_ model: Node, _ services: [Mapping.Entry], _ sections: [Mapping.Entry]) -> Node {
        let written = model.mapping?.entry("services")
        var name = Node.string(projectName)
        name.range = model["name"]?.range ?? .none
        var entries: [Mapping.Entry] = [
            .init(key: "name", keyRange: model.mapping?.entry("name")?.keyRange ?? .none, value: name),
            .init(
                key: "services", keyRange: written?.keyRange ?? .none,
                value: Node(.mapping(Mapping(services)), range: written?.value.range ?? .none)),
        ]
        entries += sections
        let writer = FormWriter(problems: loader.problems)
        for own in (model.mapping?.entries ?? []).filter({ Shape.isExtension($0.key) }).sortedByKey() {
            entries.append(.init(key: own.key, keyRange: own.keyRange, value: writer.anything(own.value)))
        }
        return Node(.mapping(Mapping(entries)), range: model.range)
    }

    private func warnAboutIgnored(_ model: Node) {
        guard let version = model.mapping?.entry("version") else { return }
        loader.problems.warning("Compose ignores `version`", at: version.keyRange, next: "remove it")
    }
}

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
            let project = ConsistencyCheck.Project(
                services: services.enabled, disabled: services.disabled, sections: sections.all)
            ConsistencyCheck(project, problems: problems).check(workers: loader.workers)
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
        let normalizer = normalizer(of: model["services"]?.mapping?.entries ?? [], completion)
        var usesDefault = false
        let services = model["services"]?.changing { name, service in
            let normalized = normalizer.normalized(service, named: name, recorder: loader.recorder)
            if ServiceFinishing.usesDefaultNetwork(normalized) { usesDefault = true }
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

    /// Sorted by name.
    private func finishedServices(_ model: Node, _ completion: PathCompletion?) -> ServiceFinishing.Part {
        let services = (model["services"]?.mapping?.entries ?? []).sortedByKey()
        let finishing = ServiceFinishing(
            normalizer: normalizer(of: services, completion), switches: switches, isEnvironment: isEnvironment,
            enabledProfiles: ServiceSelection.profiles(of: selected, in: model, enabled: enabledProfiles))
        var result = ServiceFinishing.Part()
        if let recorder = loader.recorder {
            result = finishing.finished(services[...], recorder: recorder)
        } else {
            for part in loader.workers.map(services, { finishing.finished($0) }) { result.append(part) }
        }
        loader.problems.add(result.problems)
        return result
    }

    private func normalizer(of services: [Mapping.Entry], _ completion: PathCompletion?) -> ServiceNormalizer {
        ServiceNormalizer(
            switches: switches,
            passedOn: PassedOnValues(of: services, in: scope, coversBuilds: switches.normalizes),
            isEnvironment: isEnvironment, completion: completion)
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

import Diagnostics
import YAML

/// Gives services their normal form.
///
/// Knows nothing of other services, so that parts of a project can be worked on at the same time.
struct ServiceFinishing: Sendable {
    let normalizer: ServiceNormalizer
    let switches: RenderSwitches
    let isEnvironment: Bool
    let enabledProfiles: [String]

    /// Some services of a project, in the order in which they were given.
    struct Part: Sendable {
        var enabled: [Mapping.Entry] = []
        var disabled: [Mapping.Entry] = []
        var profiles: Set<String> = []
        var usesDefaultNetwork = false
        /// Whether any record has an `x-` key.
        var hasOwnFields = false
        var problems: [Diagnostic] = []

        mutating func append(_ other: Part) {
            enabled += other.enabled
            disabled += other.disabled
            profiles.formUnion(other.profiles)
            usesDefaultNetwork = usesDefaultNetwork || other.usesDefaultNetwork
            hasOwnFields = hasOwnFields || other.hasOwnFields
            problems += other.problems
        }
    }

    func finished(_ services: ArraySlice<Mapping.Entry>, recorder: RenderRecorder? = nil) -> Part {
        let problems = Problems()
        var writer = FormWriter(problems: problems)
        var part = Part()
        guard let fields = Shape.service.fields else { return part }
        writer.enter("services")
        for index in services.indices {
            let key = services[index].key
            let range = services[index].value.range
            writer.enter(key)
            let normalized = normalizer.normalized(services[index].value, named: key, recorder: recorder)
            if Self.usesDefaultNetwork(normalized) { part.usesDefaultNetwork = true }
            var service = writer.record(normalized, fields)
            writer.leave()
            let profiles = normalized["profiles"]?.sequence?.compactMap(\.string) ?? []
            part.profiles.formUnion(profiles)
            if switches.checksConsistency { Self.spreadScale(&service) }
            recorder?.pass(.form, of: key, Node(.mapping(Mapping(service)), range: range))
            if isEnvironment { service = Self.forEnvironment(service) }
            let finished = Mapping.Entry(
                key: key, keyRange: services[index].keyRange, value: Node(.mapping(Mapping(service)), range: range))
            if ServiceSelection.isEnabled(profiles, by: enabledProfiles) {
                part.enabled.append(finished)
            } else {
                part.disabled.append(finished)
            }
        }
        part.hasOwnFields = writer.hasOwnFields
        part.problems = problems.all
        return part
    }

    /// Services that are run by a provider have no networks of their own, whatever they say.
    static func usesDefaultNetwork(_ service: Mapping) -> Bool {
        service["networks"]?.mapping?.index(of: "default") != nil && service["provider"] == nil
            && service["network_mode"] == nil
    }

    /// Profiles are decided here, so the rendering starts the same services without them; short env files stay short.
    private static func forEnvironment(_ service: [Mapping.Entry]) -> [Mapping.Entry] {
        var result = service.filter { $0.key != "profiles" }
        for index in result.indices where result[index].key == "env_file" {
            result[index].value = result[index].value.changingItems { file in
                file["required"]?.boolean != false && file["format"] == nil ? file["path"] : nil
            }
        }
        return result
    }

    /// `scale` is also the number of replicas where there is a `deploy`.
    private static func spreadScale(_ service: inout [Mapping.Entry]) {
        guard let scale = service.first(where: { $0.key == "scale" }),
            let index = service.firstIndex(where: { $0.key == "deploy" }), service[index].value["replicas"] == nil,
            let deploy = service[index].value.mapping
        else { return }
        var entries = deploy.entries
        let place = entries.first?.key == "mode" ? 1 : 0
        entries.insert(.init(key: "replicas", keyRange: scale.keyRange, value: scale.value), at: place)
        service[index].value = Node(.mapping(Mapping(entries)), range: service[index].value.range)
    }
}

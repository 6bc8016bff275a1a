import Diagnostics
import YAML

/// The services that were asked for by name, with those that they depend on.
///
/// Naming a service enables its profiles. https://docs.docker.com/compose/how-tos/profiles/
struct ServiceSelection {
    let names: [String]
    let problems: Problems

    /// `nil` when nothing was asked for.
    init?(_ names: [String], problems: Problems) {
        guard !names.isEmpty else { return nil }
        self.names = names
        self.problems = problems
    }

    static func isEnabled(_ profiles: [String], by enabled: [String]) -> Bool {
        profiles.isEmpty || enabled.contains { $0 == "*" || profiles.contains($0) }
    }

    /// The enabled profiles with those of named services that would not be enabled otherwise.
    static func profiles(of names: [String], in model: Node, enabled: [String]) -> [String] {
        var result = enabled
        for name in names {
            let profiles = model["services"]?[name]?["profiles"]?.sequence?.compactMap(\.string) ?? []
            if !isEnabled(profiles, by: enabled) { result += profiles }
        }
        return result
    }

    /// Disables every service that is neither named nor needed, and drops dependencies on what is then gone.
    func apply(to enabled: inout [Mapping.Entry], disabled: inout [Mapping.Entry]) {
        let services = Dictionary(uniqueKeysWithValues: enabled.map { ($0.key, $0.value) })
        var kept: Set<String> = []
        var open = names.filter { name in
            if services[name] != nil { return true }
            problems.error(
                "there is no service `\(name)`", at: .none, label: Wording.didYouMean(name, enabled.map(\.key)),
                expected: enabled.isEmpty ? "a service of the project" : "one of \(Wording.list(enabled.map(\.key)))")
            return false
        }
        while let name = open.popLast() {
            guard let service = services[name], kept.insert(name).inserted else { continue }
            open += service["depends_on"]?.mapping?.keys ?? []
        }
        disabled = (disabled + enabled.filter { !kept.contains($0.key) }).sortedByKey()
        enabled = enabled.compactMap { entry in
            guard kept.contains(entry.key) else { return nil }
            var entry = entry
            entry.value = Self.dependencies(of: entry.value, among: kept)
            return entry
        }
    }

    private static func dependencies(of service: Node, among kept: Set<String>) -> Node {
        guard var mapping = service.mapping, let dependencies = mapping["depends_on"]?.mapping else { return service }
        let left = dependencies.entries.filter { kept.contains($0.key) }
        guard left.count < dependencies.count else { return service }
        let range = mapping["depends_on"]?.range ?? .none
        mapping["depends_on"] = left.isEmpty ? nil : Node(.mapping(Mapping(left)), range: range)
        return Node(.mapping(mapping), range: service.range)
    }
}

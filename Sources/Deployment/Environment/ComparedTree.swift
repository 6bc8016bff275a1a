package import Diagnostics
package import YAML

/// What of an environment is compared: one tree with a key for each section.
///
/// Every section but `url` is there even when it is empty, so that what only one environment has is told value by
/// value and not as a whole section.
package enum ComparedTree {
    /// In the order in which they are written.
    package static let sections = ["values", "secrets", "config", "url", "jobs", "compose"]

    /// - Parameter compose: the rendered result.
    package static func root(of environment: EnvironmentManifest, compose: Node?) -> Node {
        var entries = (environment.tree.mapping?.entries ?? []).filter { $0.key != "compose" }
        if let compose { entries.append(Mapping.Entry(key: "compose", keyRange: compose.range, value: compose)) }
        return root(of: entries, at: environment.tree.range)
    }

    /// - Parameter range: where a section stands that is not there.
    package static func root(of entries: [Mapping.Entry], at range: SourceRange) -> Node {
        let given = Mapping(entries.filter { sections.contains($0.key) && !$0.value.isNull })
        var mapping = Mapping()
        for section in sections {
            if let entry = given.entry(section) {
                mapping.append(entry)
            } else if section != "url" {
                let empty: Node = section == "jobs" ? .sequence([]) : .mapping([])
                mapping.append(Mapping.Entry(key: section, keyRange: range.startOnly, value: empty))
            }
        }
        return Node(.mapping(mapping), range: range)
    }
}

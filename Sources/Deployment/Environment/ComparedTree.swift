package import Diagnostics
package import YAML

/// What of an environment is compared: one tree with a key for each section that it has.
package enum ComparedTree {
    /// In the order in which they are written.
    package static let sections = ["values", "secrets", "config", "url", "jobs", "compose"]

    /// - Parameter compose: the rendered result.
    package static func root(of environment: EnvironmentManifest, compose: Node?) -> Node {
        var entries = (environment.tree.mapping?.entries ?? []).filter { $0.key != "compose" }
        if let compose { entries.append(Mapping.Entry(key: "compose", keyRange: compose.range, value: compose)) }
        return root(of: entries, at: environment.tree.range)
    }

    /// - Parameter range: of the whole manifest.
    package static func root(of entries: [Mapping.Entry], at range: SourceRange) -> Node {
        let given = Mapping(entries.filter { sections.contains($0.key) && !$0.value.isNull })
        return Node(.mapping(Mapping(sections.compactMap { given.entry($0) })), range: range)
    }

    /// The tree with an empty section for each that only the other one has, so that what is in it is told value by value
    /// and not as a whole section.
    package static func filled(_ root: Node, beside other: Node) -> Node {
        guard let own = root.mapping, let others = other.mapping else { return root }
        let filled = sections.compactMap { section -> Mapping.Entry? in
            if let entry = own.entry(section) { return entry }
            guard let counterpart = others[section] else { return nil }
            switch counterpart.value {
            case .mapping: return Mapping.Entry(key: section, keyRange: root.range.startOnly, value: .mapping([]))
            case .sequence: return Mapping.Entry(key: section, keyRange: root.range.startOnly, value: .sequence([]))
            case .scalar: return nil
            }
        }
        return Node(.mapping(Mapping(filled)), range: root.range)
    }
}

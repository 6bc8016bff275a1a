package import YAML

/// What of an environment is compared: `values`, `secrets`, `config`, `url`, `jobs`, `compose`.
package enum ComparedTree {
    private static let keys = ["values", "secrets", "config", "url", "jobs"]

    /// - Parameter compose: the rendered result.
    package static func root(of environment: EnvironmentManifest, compose: Node?) -> Node {
        var mapping = Mapping()
        for key in keys {
            guard let entry = environment.tree.mapping?.entry(key) else { continue }
            mapping.append(entry)
        }
        if let compose { mapping.append(Mapping.Entry(key: "compose", keyRange: compose.range, value: compose)) }
        return Node(.mapping(mapping), range: environment.tree.range)
    }
}

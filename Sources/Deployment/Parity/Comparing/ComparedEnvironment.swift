package import YAML

/// An environment as `diff` compares it: a name, and one tree with a key for each section.
///
/// Every section but `url` is there even when it is empty, so that what only one environment has is told value by
/// value and not as a whole section.
package struct ComparedEnvironment: Sendable {
    package let name: String
    /// `compose`, `config`, `jobs`, `secrets`, `url` and `values`, with the ranges of the source files.
    package let root: Node

    /// - Parameters:
    ///   - secrets: names and where their values come from: `{NAME: {env: …}}`. With `--secret-digests` each has a
    ///     `digest` too, which is compared and never shown.
    ///   - jobs: the list of jobs, known by their names.
    ///   - compose: the rendered Compose file.
    package init(
        name: String,
        values: Node? = nil,
        secrets: Node? = nil,
        config: Node? = nil,
        url: Node? = nil,
        jobs: Node? = nil,
        compose: Node? = nil
    ) {
        self.name = name
        var sections: [(key: String, value: Node)] = [
            (key: "compose", value: compose ?? .mapping([])),
            (key: "config", value: config ?? .mapping([])),
            (key: "jobs", value: jobs ?? .sequence([])),
            (key: "secrets", value: secrets ?? .mapping([])),
            (key: "values", value: values ?? .mapping([])),
        ]
        if let url { sections.append((key: "url", value: url)) }
        root = .mapping(sections)
    }
}

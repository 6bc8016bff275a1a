import YAML

// What the process in the container gets, and when it starts.
extension StackService {
    /// `docker stack deploy` gives an empty value what its own environment has under that name.
    mutating func fitEnvironment() {
        for entry in fields["environment"]?.mapping?.entries ?? [] where entry.value.string == "" {
            notes.warn(
                "`docker stack deploy` replaces the empty `\(path("environment.\(entry.key)"))` when its own environment "
                    + "has `\(entry.key)`", entry, next: "deploy with `env -u \(entry.key)`")
        }
        var seen: Set<String> = []
        changeItems(of: "env_file") { service, _, file in
            guard let path = file["path"]?.string ?? file.string, seen.insert(path).inserted else { return nil }
            service.warnOfEnvFile(file)
            return file["path"] ?? file
        }
    }

    private func warnOfEnvFile(_ file: Node) {
        let entry = Mapping.Entry(key: "env_file", keyRange: file["path"]?.range ?? file.range, value: file)
        if file["required"]?.boolean == false {
            notes.dropped(path("env_file.required"), entry, "`docker stack deploy` fails without the file")
        }
        if file["format"]?.string != "raw" {
            notes.warn(
                "`docker stack deploy` reads the files of `\(path("env_file"))` raw: quotes and `$` in them stand for "
                    + "themselves", entry)
        }
    }

    mutating func fitHealthcheck() {
        guard let health = fields["healthcheck"], health["disable"]?.boolean == true else { return }
        // With `disable` every other field is refused, and means nothing.
        fields["healthcheck"] = Node(
            .mapping(Mapping(health.mapping?.entries.filter { $0.key == "disable" } ?? [])), range: health.range)
    }

    mutating func dropDependencies() {
        guard let entry = take("depends_on") else { return }
        // Those that come from links and shared namespaces have been spoken of.
        guard entry.place != nil else { return }
        let others = (entry.value.mapping?.keys ?? []).map { "`\($0)`" }.joined(separator: ", ")
        notes.dropped(
            path("depends_on"), entry, "Swarm starts all services at once",
            next: "let `\(name)` wait for \(others), or fail and be started again")
    }
}

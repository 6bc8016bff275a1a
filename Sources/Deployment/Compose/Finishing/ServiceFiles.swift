import Diagnostics
import YAML

/// Reads the files that a service names for its environment and labels.
struct ServiceFiles {
    let loader: ComposeLoader
    let scope: VariableScope
    /// Otherwise `env_file` stays, in the form of `docker compose config --no-env-resolution`.
    var readsEnvFiles = true

    /// Puts what `env_file` and `label_file` say below what the service itself says, and removes both.
    func resolved(_ entries: [Mapping.Entry], service: String) -> [Mapping.Entry] {
        var result = entries
        if !readsEnvFiles {
            if let place = result.firstIndex(where: { $0.key == "env_file" }) {
                result[place].value = Self.kept(result[place].value)
            }
        } else if let files = take("env_file", from: &result) {
            let merged = environment(files, own: result.first { $0.key == "environment" }?.value, service)
            put("environment", merged, into: &result)
        }
        if let files = take("label_file", from: &result) {
            let merged = labels(files, own: result.first { $0.key == "labels" }?.value)
            put("labels", merged, into: &result)
        }
        return result
    }

    /// A required file is its path alone, unless that would lose its format.
    private static func kept(_ files: Node) -> Node {
        files.changingItems { file in
            file["required"]?.boolean != false && file["format"] == nil ? file["path"] : nil
        }
    }

    private func environment(_ files: Node, own: Node?, _ service: String) -> Node? {
        var known: [String: String] = [:]
        for entry in own?.mapping?.entries ?? [] {
            if let text = entry.value.string { known[entry.key] = text }
        }
        var values = known
        var places: [String: SourceRange] = [:]
        for file in files.sequence ?? [] {
            guard let path = file["path"]?.string else { continue }
            let isRequired = file["required"]?.boolean ?? true
            guard
                let bytes = loader.bytes(
                    path, at: file["path"]?.range ?? file.range, mayBeMissing: !isRequired, role: "env file")
            else { continue }
            let id = loader.add(bytes, path: path)
            switch file["format"]?.string ?? "" {
            case "", ".env":
                loader.problems.add(
                    Dotenv.parse(bytes, id: id, into: &values, places: &places) { name, soFar in
                        scope.value(name) ?? known[name] ?? soFar[name]
                    })
            case "raw":
                loader.problems.add(
                    Dotenv.parseRaw(bytes, id: id, into: &values, places: &places) { name, _ in
                        scope.value(name) ?? known[name]
                    })
            case let format:
                loader.problems.error(
                    "`services.\(service).env_file` cannot have the format `\(format)`",
                    at: file["format"]?.range ?? file.range, expected: "`raw`, or nothing")
            }
        }
        for entry in own?.mapping?.entries ?? [] { values[entry.key] = nil }
        return merged(values, places, files.range, below: own)
    }

    private func labels(_ files: Node, own: Node?) -> Node? {
        var values: [String: String] = [:]
        var places: [String: SourceRange] = [:]
        for file in files.sequence ?? [] {
            guard let path = file.string,
                let bytes = loader.bytes(path, at: file.range, role: "label file")
            else { continue }
            let id = loader.add(bytes, path: path)
            loader.problems.add(
                Dotenv.parse(bytes, id: id, into: &values, places: &places) { name, soFar in soFar[name] })
        }
        for entry in own?.mapping?.entries ?? [] { values[entry.key] = nil }
        return merged(values, places, files.range, below: own)
    }

    private func merged(
        _ values: [String: String], _ places: [String: SourceRange], _ range: SourceRange, below own: Node?
    ) -> Node? {
        var entries = own?.mapping?.entries ?? []
        for (name, value) in values { entries.append(.text(name, value, at: places[name] ?? range)) }
        return entries.isEmpty ? nil : Node(.mapping(Mapping(entries.sortedByKey())), range: own?.range ?? range)
    }

    private func take(_ key: String, from entries: inout [Mapping.Entry]) -> Node? {
        entries.firstIndex { $0.key == key }.map { entries.remove(at: $0).value }
    }

    /// Puts a field where the order of the fields wants it.
    private func put(_ key: String, _ value: Node?, into entries: inout [Mapping.Entry]) {
        guard let value else { return }
        if let known = entries.firstIndex(where: { $0.key == key }) {
            entries[known].value = value
            return
        }
        guard let fields = Shape.service.fields, let position = fields.position(of: key) else { return }
        let place =
            entries.indices.first { (fields.position(of: entries[$0].key) ?? .max) > position } ?? entries.endIndex
        entries.insert(.init(key: key, keyRange: value.range, value: value), at: place)
    }
}

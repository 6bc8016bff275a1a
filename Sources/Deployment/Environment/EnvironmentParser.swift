import Diagnostics
import YAML

/// Turns the merged tree of an environment into a manifest; every problem goes to `problems`.
struct EnvironmentParser {
    let problems: Problems

    func manifest(_ name: EnvironmentName, tree: Node, files: [String]) -> EnvironmentManifest? {
        guard let fields = Fields(tree, of: "environment", known: nil, problems: problems) else { return nil }
        let values = self.values(fields)
        let secrets = self.secrets(fields)
        for secret in secrets {
            guard let value = values.first(where: { $0.name == secret.name }) else { continue }
            problems.error(
                "`\(secret.name)` is both a value and a secret", at: secret.range,
                related: [.init(range: value.nameRange, label: "the value")], expected: "one of the two")
        }
        return EnvironmentManifest(
            name: name,
            description: fields.string("description")?.value,
            owner: fields.string("owner")?.value,
            url: url(fields),
            compose: compose(fields),
            values: values,
            secrets: secrets,
            config: fields.map("config").map { Node(.mapping($0), range: fields.node("config")?.range ?? .none) },
            jobs: jobs(fields),
            gate: gate(fields),
            history: history(fields, of: name),
            files: files,
            tree: tree
        )
    }

    private func url(_ fields: Fields) -> String? {
        guard let url = fields.string("url") else { return nil }
        guard url.value.hasPrefix("http://") || url.value.hasPrefix("https://"), !url.value.contains(" ") else {
            problems.error(
                "`url` cannot be `\(url.value)`", at: url.range,
                expected: "an address that begins with http:// or https://")
            return nil
        }
        return url.value
    }

    private func compose(_ fields: Fields) -> EnvironmentManifest.Compose? {
        guard let node = fields.node("compose"),
            let inner = Fields(
                node, of: "compose setting", known: ["project", "files", "profiles"], problems: problems)
        else { return nil }
        let files = inner.strings("files") ?? []
        if files.isEmpty, inner.list("files")?.isEmpty ?? !inner.contains("files") {
            problems.error(
                "`compose` names no files", at: inner.keyRange("files"),
                expected: "`files: [compose.yaml]`, under `templates/`")
        }
        for file in files where file.value.hasPrefix("/") || file.value.split(separator: "/").contains("..") {
            problems.error(
                "`\(file.value)` is not under `templates/`", at: file.range, expected: "a path below `templates/`")
        }
        return EnvironmentManifest.Compose(
            project: inner.string("project")?.value, files: files,
            profiles: inner.strings("profiles")?.map(\.value) ?? [])
    }

    private func values(_ fields: Fields) -> [EnvironmentManifest.Value] {
        guard let mapping = fields.map("values") else { return [] }
        return mapping.entries.sorted { $0.key < $1.key }.compactMap { entry in
            guard isUsable(entry) else { return nil }
            guard let scalar = entry.value.scalar, scalar.kind != .null else {
                problems.error(
                    "the value `\(entry.key)` is \(entry.value.kindName)", at: entry.value.range,
                    expected: "a string, a number or a boolean",
                    next: entry.value.isNull ? "write `\"\"` for an empty one" : nil)
                return nil
            }
            guard !scalar.text.utf8.contains(0) else {
                problems.error("the value `\(entry.key)` has a zero byte", at: entry.value.range, expected: "a text")
                return nil
            }
            return EnvironmentManifest.Value(
                name: entry.key, nameRange: entry.keyRange, scalar: scalar, range: entry.value.range)
        }
    }

    private func isUsable(_ entry: Mapping.Entry) -> Bool {
        if !VariableName.isValid(entry.key) {
            problems.error(
                "`\(entry.key)` cannot be a variable's name", at: entry.keyRange, expected: VariableName.rule)
            return false
        }
        if VariableName.isReserved(entry.key) {
            problems.error(
                "`\(entry.key)` is a name of rehearse's own", at: entry.keyRange, expected: "a name without `REHEARSE_`"
            )
            return false
        }
        return true
    }

    private func secrets(_ fields: Fields) -> [SecretDeclaration] {
        guard let mapping = fields.map("secrets") else { return [] }
        return mapping.entries.sorted { $0.key < $1.key }.compactMap { entry in
            isUsable(entry) ? secret(entry) : nil
        }
    }

    private static let sourceExample = "one of `{env: NAME}`, `{file: PATH}` or `{command: [PROGRAM, …]}`"

    private func secret(_ entry: Mapping.Entry) -> SecretDeclaration? {
        guard let mapping = entry.value.mapping else {
            problems.add(
                Diagnostic(
                    "the secret `\(entry.key)` must name a source", at: entry.value.range.startOnly,
                    label: "the value is not shown", isWithheld: entry.value.scalar != nil, expected: Self.sourceExample
                ))
            return nil
        }
        guard
            let fields = Fields(
                Node(.mapping(mapping), range: entry.value.range), of: "secret", known: ["env", "file", "command"],
                problems: problems)
        else { return nil }
        var found: [SecretDeclaration.Source] = []
        if let name = fields.string("env") {
            if VariableName.isValid(name.value) {
                found.append(.variable(name.value))
            } else {
                problems.error(
                    "`\(name.value)` cannot be a variable's name", at: name.range, expected: VariableName.rule)
                return nil
            }
        }
        if let path = fields.string("file") { found.append(.file(path.value)) }
        if let arguments = fields.strings("command") {
            if arguments.isEmpty {
                problems.error(
                    "`command` is empty", at: fields.keyRange("command"), expected: "a program and its arguments")
                return nil
            }
            found.append(.command(arguments.map(\.value)))
        }
        guard found.count == 1 else {
            if found.count > 1 || mapping.isEmpty {
                problems.error(
                    "the secret `\(entry.key)` has \(Wording.count(found.count, "source"))", at: entry.keyRange,
                    expected: Self.sourceExample)
            }
            return nil
        }
        return SecretDeclaration(name: entry.key, source: found[0], range: entry.keyRange)
    }

    private func jobs(_ fields: Fields) -> [EnvironmentManifest.Job] {
        guard let items = fields.list("jobs") else { return [] }
        var seen: [String: SourceRange] = [:]
        return items.compactMap { item in
            guard let job = Fields(item, of: "job", known: ["name", "owner", "run"], problems: problems) else {
                return nil
            }
            let name = job.requiredString("name", expected: "what the job is called")
            let owner = job.requiredString("owner", expected: "who looks after it")
            let run = job.required("run", expected: "a command that exits 0 when the job is healthy")
                .flatMap { Script.read($0, "run", fields: job) }
            if let name {
                if let first = seen[name.value] {
                    problems.error(
                        "there are two jobs called `\(name.value)`", at: name.range,
                        related: [.init(range: first, label: "first here")], expected: "each name once")
                }
                seen[name.value] = name.range
            }
            guard let name, let owner, let run else { return nil }
            return EnvironmentManifest.Job(name: name.value, owner: owner.value, run: run)
        }
    }
}

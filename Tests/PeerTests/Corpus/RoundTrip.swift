import Diagnostics
import Host
import TestSupport
import YAML

/// What docker compose makes of our output, held against what it makes of the original.
struct RoundTrip {
    let folder: CaseFolder
    /// The original as JSON.
    let original: String

    private var arguments: [String] { folder.project.arguments }

    /// The words after each use of a flag.
    private func values(of flag: String) -> [String] {
        zip(arguments, arguments.dropFirst()).compactMap { $0 == flag ? $1 : nil }
    }

    private var profiles: [String] { values(of: "--profile").flatMap { ["--profile", $0] } }

    /// Plain mode: our YAML is docker compose's own, and read from another folder it is the original again.
    func plain() -> Comparison {
        let written = folder.rehearse(["render"] + arguments + ["--absolute-paths"])
        guard written.status == 0 else { return .different("no YAML: \(written)") }
        CaseFolder.write(written.output, to: "\(folder.root)/again/compose.yaml")
        let result = compared(original, in: "again")
        var isSame = true
        if case .different = result { isSame = false }
        // One more call; what is read back as the same says most of it.
        guard !isSame || folder.project.number % 4 == 0 else { return result }
        let own = folder.compose(arguments + ["config"])
        // Compose writes U+2028 as it is, which our reader refuses.
        if let ours = document(written.output), let theirs = document(own.output) {
            let found = Comparison.differences(theirs, ours)
            guard found.isEmpty else { return .different("as YAML: " + found.prefix(6).joined(separator: "\n")) }
        }
        if isSame { return result }
        CaseFolder.write(own.output, to: "\(folder.root)/again-own/compose.yaml")
        if case .different = compared(original, in: "again-own") { return .known(.ownOutput) }
        return result
    }

    private func document(_ text: String) -> Node? {
        var problems: [Diagnostic] = []
        let source = SourceFile(path: "output", text: text)
        let node = Loading.document(source, id: .none, options: .template, problems: &problems)
        return problems.hasErrors ? nil : node
    }

    /// Environment mode: the same values in a manifest, the output in a folder two levels away.
    ///
    /// - Returns: `nil` when docker compose refuses the case without its `.env` files, which environment mode never reads.
    func environment() -> Comparison? {
        let envFiles = folder.project.files.keys.filter { $0 == ".env" || $0 == "inc/.env" }
        var reference = original
        if !envFiles.isEmpty || !values(of: "--env-file").isEmpty {
            for path in envFiles { try? Files.live.removeTree("\(folder.templates)/\(path)") }
            let files = values(of: "-f").flatMap { ["-f", $0] } + values(of: "-p").flatMap { ["-p", $0] }
            let answer = folder.compose(files + profiles + ["config", "--format", "json"])
            guard answer.status == 0 else { return nil }
            reference = answer.output
        }
        CaseFolder.write(manifest(named: reference), to: "\(folder.root)/environments/prod.yaml")
        CaseFolder.write("", to: "\(folder.root)/out/deep/compose.yaml")
        let written = folder.rehearse([
            "-C", folder.root, "render", "prod", "-o", "\(folder.root)/out/deep/compose.yaml",
        ])
        guard written.status == 0 else {
            let messages = written.error.split(separator: "\n").filter { $0.hasPrefix("error: ") }
            // What an environment asks for beyond docker compose: each name has a value, and no `$` changes one.
            let isMeant = messages.allSatisfy {
                $0.hasPrefix("error: no value for ") || $0.hasPrefix("error: Compose reads the `$` in the value of ")
            }
            return written.status == 2 && !messages.isEmpty && isMeant
                ? .bothRefused : .different("environment mode: \(written)")
        }
        return compared(reference, in: "out/deep")
    }

    private func compared(_ original: String, in name: String) -> Comparison {
        let again = folder.compose(
            ["-f", "compose.yaml"] + profiles + ["config", "--format", "json"], in: "\(folder.root)/\(name)")
        guard again.status == 0 else {
            return .different("docker compose refuses our output in \(name): \(again.error.suffix(600))")
        }
        // Profiles are decided when an environment is rendered.
        let found = Comparison.differences(original, again.output)
            .filter { name.hasPrefix("again") || !$0.contains(".profiles: missing ") }
        return found.isEmpty ? .same : .different("from \(name): " + found.prefix(6).joined(separator: "\n"))
    }

    private func manifest(named reference: String) -> String {
        let name = (try? JSONReader.read(Array(reference.utf8)))?["name"]?.string ?? ""
        let variables = folder.project.environment
        var profiles = values(of: "--profile")
        if profiles.isEmpty {
            profiles = (variables["COMPOSE_PROFILES"] ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }
        }
        let values = variables.filter {
            !["PATH", "HOME", "REGISTRY"].contains($0.key) && !$0.key.hasPrefix("COMPOSE_")
        }
        return YAMLWriter.text(
            of: .mapping([
                ("environment", .string("prod")), ("description", .string("a generated case")),
                ("owner", .string("tests")),
                (
                    "compose",
                    .mapping([
                        ("project", .string(name)), ("files", .sequence(self.values(of: "-f").map(Node.string))),
                        ("profiles", .sequence(profiles.map(Node.string))),
                    ])
                ),
                ("values", .mapping(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
                ("secrets", .mapping([("REGISTRY", .mapping([("env", .string("REGISTRY"))]))])),
            ]))
    }
}

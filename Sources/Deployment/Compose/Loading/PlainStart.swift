import Diagnostics
import YAML

/// Finds the files and variables of a project as `docker compose` does: flags, then the process environment, then `.env`.
struct PlainStart {
    let request: RenderRequest
    let plain: PlainRendering
    let loader: ComposeLoader
    private(set) var environment: [String: String]
    private(set) var origins = VariableOrigins()
    /// Env files that were read; each is read, and its problems told, once.
    private var envFiles: Set<String> = []

    private static let fileNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
    private static let overrideNames = [
        "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
    ]

    init(request: RenderRequest, plain: PlainRendering, loader: ComposeLoader) {
        self.request = request
        self.plain = plain
        self.loader = loader
        environment = plain.environment
        if environment["PWD"] == nil { environment["PWD"] = plain.workingDirectory }
    }

    /// The Compose files, complete; `nil` after an error.
    mutating func files() -> [String]? {
        if !request.files.isEmpty { return request.files.map(complete) }
        guard readDotEnv(in: projectDirectory ?? plain.workingDirectory) else { return nil }
        if let listed = environment["COMPOSE_FILE"] {
            let separator = environment["COMPOSE_PATH_SEPARATOR"].flatMap { $0.isEmpty ? nil : $0 } ?? ":"
            return Self.split(listed, separator).map(complete)
        }
        var folder = projectDirectory ?? plain.workingDirectory
        while true {
            if let file = first(of: Self.fileNames, in: folder) {
                return [file] + (first(of: Self.overrideNames, in: folder).map { [$0] } ?? [])
            }
            let parent = ComposePath.folder(of: folder)
            if parent == folder { break }
            folder = parent
        }
        loader.problems.error(
            "no Compose file here or in a folder above", at: .none, expected: Wording.list(Self.fileNames),
            next: "name one with `-f FILE`")
        return nil
    }

    /// The folder that relative paths are relative to, complete: that of the first file that has one.
    func folder(of files: [String]) -> String {
        projectDirectory
            ?? files.first { $0 != Self.standardInput }.map(ComposePath.folder) ?? plain.workingDirectory
    }

    /// Adds the variables of `--env-file`s, or of the `.env` in a folder; those that are there stay. False after an error.
    mutating func readDotEnv(in folder: String) -> Bool {
        var files = plain.envFiles
        if files.isEmpty, let listed = plain.environment["COMPOSE_ENV_FILES"] { files = Self.split(listed, ",") }
        var paths = files.map { (complete($0), false) }
        if paths.isEmpty {
            if BooleanWord.isOn(plain.environment["COMPOSE_DISABLE_ENV_FILE"]) { return true }
            paths = [(ComposePath.join(folder, ".env"), true)]
        }
        var values: [String: String] = [:]
        var places: [String: SourceRange] = [:]
        let known = environment
        for (path, mayBeMissing) in paths where envFiles.insert(path).inserted {
            guard let bytes = loader.bytes(path, at: .none, mayBeMissing: mayBeMissing, role: "env file") else {
                if mayBeMissing { continue }
                return false
            }
            let id = loader.add(bytes, path: path)
            let found = Dotenv.parse(bytes, id: id, into: &values, places: &places) { known[$0] ?? $1[$0] }
            loader.problems.add(found)
            if found.hasErrors { return false }
        }
        environment.merge(values) { known, _ in known }
        origins.add(places) { known[$0] != nil }
        return true
    }

    private var projectDirectory: String? { plain.projectDirectory.flatMap { $0.isEmpty ? nil : complete($0) } }

    /// `-` is what is piped in; it reaches the reader as it is.
    private static let standardInput = "-"

    private func complete(_ path: String) -> String {
        path == Self.standardInput ? path : ComposePath.join(plain.workingDirectory, path)
    }

    private func first(of names: [String], in folder: String) -> String? {
        names.lazy.map { ComposePath.join(folder, $0) }.first { loader.exists($0) }
    }

    private static func split(_ text: String, _ separator: String) -> [String] {
        guard let mark = separator.first, separator.count == 1 else { return [text] }
        return text.split(separator: mark).map(String.init)
    }
}

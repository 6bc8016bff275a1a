import Diagnostics
import YAML

/// What must be known before the first file is laid: which files, from where, with which variables, under which name.
struct ProjectStart {
    var files: [String]
    var folder: String
    var scope: VariableScope
    var projectName: String
    var profiles: [String]
    /// In plain mode the variables before the project's final name was among them.
    var given: [String: String] = [:]
}

// MARK: - Environments

extension ProjectStart {
    /// Files and paths are relative to the project; only the environment's variables count.
    static func environment(
        _ request: RenderRequest, _ environment: EnvironmentRendering, _ loader: ComposeLoader, _ report: VariableReport
    ) -> ProjectStart? {
        let files = request.files.map { ComposePath.join(ComposePath.projectRoot, $0) }
        guard let first = files.first else {
            loader.problems.error("the environment names no Compose file", at: .none, expected: "`compose.files`")
            return nil
        }
        var variables = environment.variables
        let scope = VariableScope(.manifest(variables, environment.dollars), report: report)
        guard let name = ProjectName(loader: loader).name(request.projectName, files: files, scope, fallback: nil)
        else { return nil }
        if variables["COMPOSE_PROJECT_NAME"] == nil { variables["COMPOSE_PROJECT_NAME"] = .value(name, .none) }
        return ProjectStart(
            files: files,
            folder: ComposePath.folder(of: first),
            scope: VariableScope(.manifest(variables, environment.dollars), report: report),
            projectName: name,
            profiles: request.profiles)
    }
}

// MARK: - As docker compose does it

extension ProjectStart {
    /// https://docs.docker.com/compose/how-tos/environment-variables/envvars/
    static func plain(
        _ request: RenderRequest, _ plain: PlainRendering, _ loader: ComposeLoader, _ report: VariableReport
    ) -> ProjectStart? {
        var start = PlainStart(request: request, plain: plain, loader: loader)
        guard let files = start.files() else { return nil }
        let folder = start.folder(of: files)
        guard start.readDotEnv(in: folder) else { return nil }
        var environment = start.environment
        let scope = VariableScope(.process(environment), origins: start.origins, report: report)
        let asked = request.projectName ?? environment["COMPOSE_PROJECT_NAME"].flatMap { $0.isEmpty ? nil : $0 }
        guard
            let name = ProjectName(loader: loader).name(
                asked, files: files, scope, fallback: ComposePath.lastPart(folder))
        else { return nil }
        environment["COMPOSE_PROJECT_NAME"] = name
        let profiles =
            request.profiles.isEmpty
            ? (environment["COMPOSE_PROFILES"] ?? "").split(separator: ",").map(Self.trimmed) : request.profiles
        return ProjectStart(
            files: files,
            folder: folder,
            scope: VariableScope(.process(environment), origins: start.origins, report: report),
            projectName: name,
            profiles: profiles,
            given: start.environment)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}

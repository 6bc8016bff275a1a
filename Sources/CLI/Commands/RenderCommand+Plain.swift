import Deployment
import Diagnostics
import Engine
import Host

extension RenderCommand {
    /// - Parameter files: as typed; empty for what `docker compose` finds.
    func renderFiles(_ files: [String]) throws -> ExitCode {
        let loader = ProjectLoader(Project(root: directory, host: context.host), reader: reader(files))
        var request = RenderRequest(
            files: files,
            projectName: context.arguments.text(of: .projectName),
            profiles: context.arguments.texts(of: .profile),
            mode: .plain(
                PlainRendering(
                    environment: context.host.surroundings.variables, envFiles: context.arguments.texts(of: .envFile),
                    projectDirectory: context.arguments.text(of: .projectDirectory), workingDirectory: directory)))
        adjust(&request)
        if let explanation = RenderExplanation(context, of: nil, loader) {
            return try explanation.print(loader.render(request), loader)
        }
        return try deliver(
            loader.render(request), loader, to: target(default: fileName()),
            files.isEmpty ? "the Compose file" : Wording.list(files, "and"))
    }

    /// Within a project files may be read that are in it, beside the first Compose file, or named by a person; without
    /// one there is nothing to be outside of.
    private func reader(_ files: [String]) -> SourceReader {
        let anywhere = Project(root: directory, host: context.host).openReader
        guard !context.arguments.has(.allowOutside), let project = Project.find(from: directory, host: context.host)
        else { return anywhere }
        let variables = context.host.surroundings.variables
        func listed(_ name: String, _ separator: String) -> [String] {
            variables[name]?.split(separator: separator).map(String.init) ?? []
        }
        let composeFiles =
            files.isEmpty ? listed("COMPOSE_FILE", variables["COMPOSE_PATH_SEPARATOR"] ?? ":") : files
        let typed =
            (composeFiles + context.arguments.texts(of: .envFile) + listed("COMPOSE_ENV_FILES", ","))
            .map { RelativePath.absolute($0, from: directory) }
        let folder =
            context.arguments.text(of: .projectDirectory).map { RelativePath.absolute($0, from: directory) }
            ?? (composeFiles.isEmpty ? nil : typed.first.map { RelativePath.folder(of: $0) })
        let confined = project.reader(typed: typed, folders: [directory] + (folder.map { [$0] } ?? []))
        return SourceReader { path throws(SourceReader.Refusal) in
            path == "-" ? try anywhere.bytes(path) : try confined.bytes(path)
        }
    }
}

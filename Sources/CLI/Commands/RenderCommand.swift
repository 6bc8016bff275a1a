import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `render ENV`: one resolved Compose file; `render -f FILE…`: what `docker compose config` prints.
struct RenderCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let environment = context.arguments.word(for: .renderedEnvironment)
        let files = context.arguments.texts(of: .composeFile)
        switch (environment, files.isEmpty) {
        case (let name?, true): return try renderEnvironment(name)
        case (nil, false): return try renderFiles(files)
        case (.some, false):
            throw CommandFailure(
                .invalid, [Diagnostic("both an environment and `-f` are given", expected: "one of the two")])
        case (nil, true):
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "nothing to render", expected: "an environment, or `-f FILE`", next: "rehearse render staging")
                ])
        }
    }

    // MARK: - An environment

    private static let plainOnly: [FlagSpecification] = [.envFile, .profile, .projectName, .projectDirectory]

    private func renderEnvironment(_ name: String) throws -> ExitCode {
        let switches: [FlagSpecification] = [.absolutePaths, .noInterpolate]
        let wrong =
            (Self.plainOnly.filter { !context.arguments.texts(of: $0).isEmpty } + switches.filter(context.arguments.has))
            .map { "--\($0.name)" }
        guard wrong.isEmpty else {
            throw CommandFailure(
                .invalid,
                [Diagnostic("\(Wording.list(wrong, "and")) only goes with `-f`", expected: "an environment alone")])
        }
        let project = try context.project()
        let loader = ProjectLoader(project)
        let target = outputFile(default: "compose.\(name).yaml")
        let manifest = loader.environment(name)
        if let manifest, manifest.compose == nil {
            loader.problems.error(
                "`\(name)` names no Compose files", at: manifest.tree.range.startOnly,
                expected: "`compose: {files: [compose.yaml]}`")
        }
        let folder = RelativePath.path(
            to: target.map { RelativePath.folder(of: $0) } ?? project.root, from: project.root)
        let explanation = try RenderExplanation(context, of: ["render", name])
        let rendering = manifest.flatMap {
            loader.rendering(of: $0, outputFolder: folder, recorder: explanation?.recorder)
        }
        if let explanation { return try explanation.print(rendering, loader, manifest) }
        return try deliver(rendering, loader, to: target)
    }

    // MARK: - Files

    private func renderFiles(_ files: [String]) throws -> ExitCode {
        let directory =
            context.globals.directory.map { RelativePath.absolute($0, from: workingDirectory) } ?? workingDirectory
        let loader = ProjectLoader(Project(root: directory, host: context.host), confined: false)
        var request = RenderRequest(
            files: files,
            projectName: context.arguments.text(of: .projectName),
            profiles: context.arguments.texts(of: .profile),
            mode: .plain(
                PlainRendering(
                    environment: context.host.surroundings.variables, envFiles: context.arguments.texts(of: .envFile),
                    projectDirectory: context.arguments.text(of: .projectDirectory), workingDirectory: directory)))
        request.switches.interpolates = !context.arguments.has(.noInterpolate)
        if let explanation = try RenderExplanation(context, of: ["render"] + files.flatMap { ["-f", $0] }) {
            return try explanation.print(loader.render(request, recorder: explanation.recorder), loader)
        }
        return try deliver(loader.render(request), loader, to: outputFile(default: "compose.yaml"))
    }

    private var workingDirectory: String { context.host.surroundings.workingDirectory }

    // MARK: - The result

    private func deliver(_ rendering: Rendering?, _ loader: ProjectLoader, to target: String?) throws -> ExitCode {
        context.warn(loader.problems.all, sources: loader.sources)
        guard let rendering, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        let text = context.isJSON ? rendering.json : rendering.yaml
        guard let target else {
            if !context.globals.isQuiet { context.print(text) }
            return .done
        }
        do throws(FileFailure) {
            let mode = try context.host.files.status(target)?.mode ?? 0o644
            try context.host.files.replace(target, Array(text.utf8), mode)
        } catch {
            throw CommandFailure(
                .state,
                [
                    Diagnostic(
                        "cannot \(error.operation) \(error.path): \(error.reason)",
                        expected: "a file that can be written", retry: "after repair")
                ])
        }
        context.tell("wrote \(target)\n")
        return .done
    }

    /// Where `-o` points, absolute; a folder gets a file of this name.
    private func outputFile(default name: String) -> String? {
        guard let output = context.arguments.text(of: .output) else { return nil }
        let path = RelativePath.absolute(output, from: workingDirectory)
        let isFolder = output.hasSuffix("/") || ((try? context.host.files.status(path)) ?? nil)?.kind == .directory
        return isFolder ? "\(path)/\(name)" : path
    }
}

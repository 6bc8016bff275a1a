import Deployment
import Diagnostics
import Engine
import YAML

extension RenderCommand {
    private static let plainOnly: [FlagSpecification] = [.envFile, .profile, .projectName, .projectDirectory]

    func renderEnvironment(_ name: String) throws -> ExitCode {
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
        let target = outputFile(default: fileName(name))
        let manifest = loader.environment(name)
        if let manifest, manifest.compose == nil {
            loader.problems.error(
                "`\(name)` names no Compose files", at: manifest.tree.range.startOnly,
                expected: "`compose: {files: [compose.yaml]}`")
        }
        let folder = RelativePath.path(
            to: target.map { RelativePath.folder(of: $0) } ?? project.root, from: project.root)
        let rendering = manifest.flatMap { loader.rendering(of: $0, outputFolder: folder) }
        return try deliver(rendering, loader, to: target)
    }
}

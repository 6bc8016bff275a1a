import Deployment
import Diagnostics
import Engine
import YAML

extension RenderCommand {
    private static let plainOnly: [FlagSpecification] = [
        .envFile, .profile, .projectName, .projectDirectory, .noPathResolution, .noEnvResolution,
    ]

    func renderEnvironment(_ name: String) throws -> ExitCode {
        let wrong = Self.plainOnly.filter(context.arguments.has).map(\.spelling)
        guard wrong.isEmpty else {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "\(Wording.list(wrong, "and")) \(wrong.count == 1 ? "goes" : "go") with `-f` only",
                        expected: "an environment, which says all that itself",
                        next: "change environments/\(name).yaml, or render its templates with `-f`")
                ])
        }
        let project = try context.project()
        let loader = ProjectLoader(project, confined: !context.arguments.has(.allowOutside))
        let explanation = RenderExplanation(context, of: name, loader)
        let target = target(default: fileName(name))
        let manifest = loader.environment(name)
        if let manifest, manifest.compose == nil {
            loader.problems.error(
                "`\(name)` names no Compose files", at: manifest.tree.range.startOnly,
                expected: "`compose: {files: [compose.yaml]}`")
        }
        let folder = RelativePath.path(
            to: target.map { RelativePath.folder(of: $0.path) } ?? project.root, from: project.root)
        let rendering = manifest.flatMap { manifest in
            loader.rendering(of: manifest, outputFolder: folder) { request in
                adjust(&request)
                if context.arguments.has(.absolutePaths), case .environment(var environment) = request.mode {
                    environment.absoluteRoot = project.root
                    request.mode = .environment(environment)
                }
            }
        }
        if let explanation { return try explanation.print(rendering, loader, manifest) }
        return try deliver(rendering, loader, to: target, name)
    }
}

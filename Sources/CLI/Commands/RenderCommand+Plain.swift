import Deployment
import Engine
import Host

extension RenderCommand {
    func renderFiles(_ files: [String]) throws -> ExitCode {
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
        adjust(&request)
        return try deliver(loader.render(request), loader, to: outputFile(default: fileName()))
    }
}

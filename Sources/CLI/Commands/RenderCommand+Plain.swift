import Deployment
import Diagnostics
import Engine
import Host

extension RenderCommand {
    /// - Parameter files: as typed; empty for what `docker compose` finds.
    func renderFiles(_ files: [String]) throws -> ExitCode {
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
        if let explanation = RenderExplanation(context, of: ["render"] + files.flatMap { ["-f", $0] }, loader) {
            return try explanation.print(loader.render(request), loader)
        }
        return try deliver(
            loader.render(request), loader, to: target(default: fileName()),
            files.isEmpty ? "the Compose file" : Wording.list(files, "and"))
    }
}

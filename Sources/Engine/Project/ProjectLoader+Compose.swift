package import Deployment
import Host
package import YAML

extension ProjectLoader {
    /// The environment's rendering; `nil` when it has no Compose files, or when they are not valid.
    ///
    /// - Parameter outputFolder: where the text is going to stand, relative to the project, so that its relative paths
    ///   hold from there.
    /// - Parameter adjusting: changes what is asked for before it is done: switches, single services.
    package func rendering(
        of environment: EnvironmentManifest, outputFolder: String, adjusting: (inout RenderRequest) -> Void = { _ in }
    ) -> Rendering? {
        guard var request = request(for: environment, outputFolder: outputFolder) else { return nil }
        adjusting(&request)
        return render(request)
    }

    /// What renders an environment; `nil` when it has no Compose files, or when one is not there.
    func request(for environment: EnvironmentManifest, outputFolder: String) -> RenderRequest? {
        guard let compose = environment.compose else { return nil }
        var variables: [String: TemplateVariable] = [:]
        for value in environment.values { variables[value.name] = .value(value.scalar.text, value.range) }
        for secret in environment.secrets { variables[secret.name] = .secret(secret.range) }
        let request = RenderRequest(
            files: compose.files.map { "\(Project.templateFolder)/\($0.value)" },
            projectName: compose.project,
            profiles: compose.profiles,
            mode: .environment(
                EnvironmentRendering(
                    variables: variables, outputDirectory: outputFolder, digest: project.host.digest.sha256)))
        for file in compose.files where !isThere("\(Project.templateFolder)/\(file.value)") {
            problems.error(
                "there is no template \(Project.templateFolder)/\(file.value)", at: file.range,
                expected: "a Compose file below `\(Project.templateFolder)/`")
            return nil
        }
        return request
    }

    /// What `docker compose config` makes of the files.
    package func render(_ request: RenderRequest) -> Rendering? {
        let cores = project.host.cores
        return ComposeRenderer.render(
            request, reader: reader, sources: &sources, problems: problems, recorder: recorder,
            workers: Workers(count: cores.count, perform: cores.perform))
    }

    /// The environment's own files as they are written, each after the one that it extends.
    package func manifests(of environment: EnvironmentManifest) -> [Node] {
        environment.files.reversed().compactMap { path in
            // They were read a moment ago.
            (try? reader.bytes(path)).flatMap { document($0, path: path) }
        }
    }

    func isThere(_ path: String) -> Bool {
        // A path that cannot be looked at is reported when it is read.
        ((try? project.host.files.status("\(project.root)/\(path)")) ?? nil) != nil
    }
}

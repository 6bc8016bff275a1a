import Deployment
import Diagnostics
import TestSupport
import Testing
import YAML

/// Compose files in memory, with marks for places.
struct ComposeFixture {
    private let texts: [String: MarkedText]

    /// - Parameter files: by path; the first one that is rendered is `compose.yaml` unless a test says otherwise.
    init(_ files: [String: String]) {
        texts = files.mapValues { MarkedText($0) }
    }

    init(_ text: String) {
        self.init(["compose.yaml": text])
    }

    struct Outcome {
        var rendering: Rendering?
        /// Each problem as `file:mark message`, related places indented.
        var problems: [String]
        var diagnostics: [Diagnostic]
        var sources: SourceTable

        var services: Node? { rendering?.document["services"] }

        /// A part of the rendering as YAML; `nil` when it is not there.
        func yaml(_ path: String...) -> String? {
            var node = rendering?.document
            for key in path { node = node?[key] }
            return node.map { YAMLWriter.text(of: $0) }
        }
    }

    /// As `docker compose config` does it, in `/work`.
    func plain(
        _ files: [String] = ["compose.yaml"], environment: [String: String] = [:], envFiles: [String] = [],
        profiles: [String] = [], name: String? = nil, directory: String? = nil,
        recorder: RenderRecorder? = nil, switches: (inout RenderSwitches) -> Void = { _ in }
    ) -> Outcome {
        var on = RenderSwitches()
        switches(&on)
        return render(
            RenderRequest(
                files: files, projectName: name, profiles: profiles,
                mode: .plain(
                    PlainRendering(
                        environment: environment, envFiles: envFiles, projectDirectory: directory,
                        workingDirectory: "/work")),
                switches: on), recorder: recorder)
    }

    /// For an environment named `app`, written to a folder of the project.
    func environment(
        _ files: [String] = ["compose.yaml"], values: [String: String] = [:], secrets: [String] = [],
        profiles: [String] = [], output: String = ".", dollars: EnvironmentRendering.DollarPolicy = .refused,
        name: String? = "app", digest: (@Sendable ([UInt8]) -> String)? = nil,
        recorder: RenderRecorder? = nil
    ) -> Outcome {
        var variables = values.mapValues { TemplateVariable.value($0, .none) }
        for secret in secrets { variables[secret] = .secret(.none) }
        return render(
            RenderRequest(
                files: files, projectName: name, profiles: profiles,
                mode: .environment(
                    EnvironmentRendering(
                        variables: variables, outputDirectory: output, dollars: dollars, digest: digest))),
            recorder: recorder)
    }

    /// As `--for stack` does it with the plain rendering, whose project is `app`.
    func stack(
        environment: [String: String] = [:], profiles: [String] = [], name: String = "app"
    ) -> Outcome {
        render(
            RenderRequest(
                files: ["compose.yaml"], projectName: name, profiles: profiles,
                mode: .plain(PlainRendering(environment: environment, workingDirectory: "/work"))), forStack: true)
    }

    /// As `--for stack` does it for an environment named `app`.
    func stackEnvironment(values: [String: String] = [:], secrets: [String] = []) -> Outcome {
        var variables = values.mapValues { TemplateVariable.value($0, .none) }
        for secret in secrets { variables[secret] = .secret(.none) }
        return render(
            RenderRequest(
                files: ["compose.yaml"], projectName: "app",
                mode: .environment(EnvironmentRendering(variables: variables, outputDirectory: "deploy"))),
            forStack: true)
    }

    func render(
        _ request: RenderRequest, recorder: RenderRecorder? = nil, forStack: Bool = false
    ) -> Outcome {
        var sources = SourceTable()
        let problems = Problems()
        let contents = texts.mapValues { Array($0.text.utf8) }
        let reader = SourceReader { path throws(SourceReader.Refusal) in
            let inside = path.hasPrefix("/work/") ? String(path.dropFirst("/work/".count)) : path
            if inside.hasPrefix("../") { throw .outsideProject }
            guard let bytes = contents[inside] else { throw .notFound }
            return bytes
        }
        var rendering = ComposeRenderer.render(
            request, reader: reader, sources: &sources, problems: problems, recorder: recorder)
        if forStack { rendering = rendering?.forStack(problems: problems) }
        return Outcome(
            rendering: rendering, problems: problems.all.flatMap { summary(of: $0, sources) },
            diagnostics: problems.all, sources: sources)
    }

    private func summary(of problem: Diagnostic, _ sources: SourceTable) -> [String] {
        let severity = problem.severity == .warning ? "warning " : ""
        return ["\(severity)\(place(problem.range, sources)) \(problem.message)"]
            + problem.related.map { "  \(place($0.range, sources)) \($0.label)" }
    }

    func place(_ range: SourceRange, _ sources: SourceTable) -> String {
        guard let file = sources[range.file] else { return "-" }
        let path = file.path.hasPrefix("/work/") ? String(file.path.dropFirst("/work/".count)) : file.path
        let mark = texts[path]?.name(of: range) ?? "?"
        return path == "compose.yaml" ? mark : "\(path):\(mark)"
    }
}

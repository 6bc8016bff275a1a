package import Diagnostics
import YAML

/// Makes one resolved, canonical Compose project out of templates.
///
/// Reference: docker compose 2.40 (`docker compose config`). Nothing is fetched, no engine is asked.
package enum ComposeRenderer {
    /// Renders a project.
    ///
    /// - Parameters:
    ///   - reader: gives every file that is read: templates, extended and included files, env files.
    ///   - sources: takes every file in, so that ranges can be shown.
    ///   - problems: takes errors and warnings, all of a project at once.
    ///   - recorder: takes down what is done, for `Biography`.
    ///   - workers: who works on the parts of a large project.
    /// - Returns: `nil` exactly when an error was added.
    package static func render(
        _ request: RenderRequest, reader: SourceReader, sources: inout SourceTable, problems: Problems,
        recorder: RenderRecorder? = nil, workers: Workers = .one
    ) -> Rendering? {
        let before = problems.errorCount
        var isEnvironment = false
        var home: String?
        switch request.mode {
        case .environment: isEnvironment = true
        case .plain(let plain): home = plain.environment["HOME"]
        }
        let loader = ComposeLoader(
            reader: reader, sources: sources, problems: problems, switches: request.switches,
            readsDotEnv: !isEnvironment, home: home, recorder: recorder,
            workers: workers)
        let report = VariableReport()
        let rendering = rendering(request, loader, report, isEnvironment: isEnvironment)
        problems.add(report.diagnostics())
        sources = loader.sources
        guard problems.errorCount == before else { return nil }
        return rendering
    }

    private static func rendering(
        _ request: RenderRequest, _ loader: ComposeLoader, _ report: VariableReport, isEnvironment: Bool
    ) -> Rendering? {
        let start: ProjectStart?
        switch request.mode {
        case .environment(let environment):
            start = ProjectStart.environment(request, environment, loader, report)
        case .plain(let plain):
            start = ProjectStart.plain(request, plain, loader, report)
        }
        guard let start else { return nil }
        loader.recorder?.begin(request, start)
        let context = ComposeLoader.Context(folder: start.folder, scope: start.scope, included: [])
        guard let model = loader.model(start.files, context, at: .none, role: "Compose file") else { return nil }
        guard model.mapping?.isEmpty == false else {
            loader.problems.error("the Compose file is empty", at: model.range, expected: "`services:`")
            return nil
        }
        let finisher = ProjectFinisher(
            loader: loader, scope: start.scope, switches: request.switches, isEnvironment: isEnvironment,
            folder: start.folder, projectName: start.projectName, enabledProfiles: start.profiles,
            selected: request.services)
        guard let finished = finisher.finished(model) else { return nil }
        var outputDirectory: String?
        var absoluteRoot: String?
        var inputs: String?
        if case .environment(let environment) = request.mode {
            outputDirectory = environment.outputDirectory
            absoluteRoot = environment.absoluteRoot
            inputs = environment.digest?(
                RenderingInputs(request, environment, start, loader: loader, report: report).bytes)
        }
        let rendering = Rendering(
            marked: finished.document,
            projectName: start.projectName,
            files: loader.files,
            usedVariables: report.used.sorted(),
            disabledServices: finished.disabled,
            profiles: finished.profiles,
            writing: Rendering.Writing(
                isEnvironment: isEnvironment, isResolved: request.switches.interpolates,
                hasOwnFields: finished.hasOwnFields, secrets: report.secrets,
                outputDirectory: outputDirectory, absoluteRoot: absoluteRoot, inputs: inputs,
                enabledProfiles: start.profiles, variables: start.scope.texts, workers: loader.workers))
        if isEnvironment, request.switches.provesText, !rendering.isReadBack(from: rendering.yaml) {
            loader.problems.error(
                "the rendering does not read back as what was rendered", at: .none, expected: "the same project",
                next: "report this with the templates: it is a fault of rehearse")
            return nil
        }
        return rendering
    }
}

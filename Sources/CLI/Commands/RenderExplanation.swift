import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `render --explain PATH`: who set a value.
struct RenderExplanation {
    private let recorder = RenderRecorder()
    private let context: CommandContext
    private let path: String
    /// What to type before another path.
    private let command: String

    /// Makes a loader take down what it renders.
    ///
    /// - Parameter words: the command line without the flag, for what to do next.
    /// - Returns: `nil` when nothing is to be explained.
    init?(_ context: CommandContext, of words: [String], _ loader: ProjectLoader) {
        guard let path = context.arguments.text(of: .explain) else { return nil }
        self.context = context
        self.path = path
        command = (["rehearse"] + words.map(ShellQuoting.quoted) + ["--explain"]).joined(separator: " ")
        loader.recorder = recorder
    }

    /// - Parameter rendering: made by the loader; `nil` when there were errors, which the loader has.
    func print(
        _ rendering: Rendering?, _ loader: ProjectLoader, _ environment: EnvironmentManifest? = nil
    ) throws -> ExitCode {
        var biography: Biography?
        if let rendering, !loader.problems.hasErrors {
            biography = Biography.of(
                path, in: rendering, recorder, sources: loader.sources,
                manifests: environment.map(loader.manifests) ?? [], command: command, problems: loader.problems)
        }
        guard let biography else {
            context.warn(loader.problems.all, sources: loader.sources)
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        if context.isJSON {
            context.print(JSONWriter.document(BiographyJSON.document(biography, sources: loader.sources)))
        } else {
            context.print(
                BiographyText.render(
                    biography, sources: loader.sources, palette: context.outputPalette, command: command))
        }
        return .done
    }
}

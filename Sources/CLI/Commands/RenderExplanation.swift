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
    /// - Parameter environment: its name; `nil` for files.
    /// - Returns: `nil` when nothing is to be explained.
    init?(_ context: CommandContext, of environment: String?, _ loader: ProjectLoader) {
        guard let path = context.arguments.text(of: .explain) else { return nil }
        self.context = context
        self.path = path
        command = Self.words(context, environment).map(ShellQuoting.quoted).joined(separator: " ")
        loader.recorder = recorder
    }

    /// The command line up to the path.
    private static func words(_ context: CommandContext, _ environment: String?) -> [String] {
        let flags: [(FlagSpecification, String)] = [
            (.composeFile, "-f"), (.envFile, "--env-file"), (.profile, "--profile"), (.projectName, "-p"),
            (.projectDirectory, "--project-directory"),
        ]
        var words = ["rehearse"]
        if let directory = context.globals.directory { words += ["-C", directory] }
        words.append("render")
        if let environment { words.append(environment) }
        for (flag, word) in flags {
            for text in context.arguments.texts(of: flag) { words += [word, text] }
        }
        if context.arguments.has(.allowOutside) { words.append("--allow-outside") }
        words.append("--explain")
        return words
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

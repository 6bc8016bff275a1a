import Deployment
import Diagnostics
import Engine
import Host

/// `render ENV`: one resolved Compose file; `render -f FILE…`: what `docker compose config` prints.
///
/// `RenderCommand+Environment` and `RenderCommand+Plain` say what is rendered, this file what becomes of the result.
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

    /// What is asked for instead of the file.
    var question: RenderQuestion? {
        RenderQuestion.allCases.first { question in
            question == .hash
                ? context.arguments.text(of: question.flag) != nil : context.arguments.has(question.flag)
        }
    }

    /// What the flags switch off, and which services they choose.
    func adjust(_ request: inout RenderRequest) {
        let arguments = context.arguments
        request.services = arguments.texts(of: .service)
        request.switches.interpolates = !arguments.has(.noInterpolate) && question != .variables
        request.switches.normalizes = !arguments.has(.noNormalize)
        request.switches.checksConsistency = !arguments.has(.noConsistency)
        request.switches.completesPaths = !arguments.has(.noPathResolution)
        request.switches.dropsUnused = !arguments.has(.allResources)
        // Names and hashes do not depend on what the files say, so that a missing one does no harm.
        let needsFiles = question == nil || question == .printEnvironment
        request.switches.readsEnvFiles = needsFiles && !arguments.has(.noEnvResolution)
    }

    var workingDirectory: String { context.host.surroundings.workingDirectory }

    // MARK: - The result

    func deliver(_ rendering: Rendering?, _ loader: ProjectLoader, to target: String?) throws -> ExitCode {
        let rendering = rendering.flatMap { fitted($0, loader) }
        context.warn(loader.problems.all, sources: loader.sources)
        guard let rendering, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        let text: String
        if let question {
            text = try RenderAnswer(question: question, rendering: rendering, context: context).text(loader)
        } else {
            text = context.isJSON ? rendering.json : rendering.yaml
        }
        guard let target else {
            // Who asks a question wants its answer, also quietly.
            if question != nil || !context.globals.isQuiet { context.print(text) }
            return .done
        }
        try write(text, to: target)
        context.tell("wrote \(target)\n")
        return .done
    }

    private func write(_ text: String, to target: String) throws {
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
    }

    /// Where `-o` points, absolute; a folder gets a file of this name.
    func outputFile(default name: String) -> String? {
        guard let output = context.arguments.text(of: .output) else { return nil }
        let path = RelativePath.absolute(output, from: workingDirectory)
        let isFolder = output.hasSuffix("/") || ((try? context.host.files.status(path)) ?? nil)?.kind == .directory
        return isFolder ? "\(path)/\(name)" : path
    }
}

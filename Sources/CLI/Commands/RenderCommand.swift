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
        case (let name?, false): throw bothGiven(name)
        case (nil, false): return try renderFiles(files)
        case (nil, true):
            // Outside a project there is nothing else that can be meant than what `docker compose` finds.
            guard let project = Project.find(from: directory, host: context.host) else { return try renderFiles([]) }
            throw nothingNamed(project)
        }
    }

    private func bothGiven(_ name: String) -> CommandFailure {
        CommandFailure(
            .invalid,
            [
                Diagnostic(
                    "both the environment `\(name)` and `-f` are given", expected: "one of the two",
                    next:
                        "rehearse render \(ShellQuoting.quoted(name)), or `--service \(name)` for a service of the files"
                )
            ])
    }

    private func nothingNamed(_ project: Project) -> CommandFailure {
        let names = project.environmentNames
        return CommandFailure(
            .invalid,
            [
                Diagnostic(
                    "nothing to render: neither an environment nor `-f` is given",
                    expected: names.isEmpty
                        ? "an environment, or `-f FILE`"
                        : "an environment, one of \(Wording.list(names)); or `-f FILE`",
                    next: "rehearse render \(names.last ?? "staging")")
            ])
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
        request.switches.warnsAboutIgnored =
            question == nil && !isForStack && arguments.text(of: .explain) == nil
        request.switches.readsEnvFiles = needsFiles && !arguments.has(.noEnvResolution)
    }

    /// What typed paths are relative to, absolute.
    var directory: String {
        let working = context.host.surroundings.workingDirectory
        return context.globals.directory.map { RelativePath.absolute($0, from: working) } ?? working
    }

    /// The file that `-o` or `--check` names.
    struct Target {
        /// Absolute.
        let path: String
        /// As it was typed.
        let name: String
    }

    // MARK: - The result

    /// - Parameter subject: what is rendered, as messages call it.
    func deliver(
        _ rendering: Rendering?, _ loader: ProjectLoader, to target: Target?, _ subject: String
    ) throws -> ExitCode {
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
        if context.arguments.has(.checkFile) {
            return try RenderCheck(context: context, file: target.path, name: target.name, subject: subject)
                .run(rendering, as: text, loader)
        }
        try write(text, to: target.path)
        context.tell("wrote \(target.path)\n")
        return .done
    }

    private func write(_ text: String, to target: String) throws {
        do throws(FileFailure) {
            try context.host.files.deliver(Array(text.utf8), to: target)
        } catch {
            let folder = RelativePath.folder(of: target)
            let isFolderMissing = error.cause == .notFound
            throw CommandFailure(
                .state,
                [
                    Diagnostic(
                        isFolderMissing
                            ? "there is no folder \(folder)"
                            : "cannot \(error.operation) \(error.path): \(error.reason)",
                        expected: isFolderMissing ? "a folder to write into" : "a file that can be written",
                        retry: "after repair", next: isFolderMissing ? "mkdir -p \(ShellQuoting.quoted(folder))" : nil)
                ])
        }
    }

    /// Where `-o` or `--check` points; a folder stands for a file of this name in it.
    func target(default name: String) -> Target? {
        guard let typed = context.arguments.text(of: .output) ?? context.arguments.text(of: .checkFile) else {
            return nil
        }
        let path = RelativePath.absolute(typed, from: directory)
        let isFolder = typed.hasSuffix("/") || ((try? context.host.files.status(path)) ?? nil)?.kind == .directory
        guard isFolder else { return Target(path: path, name: typed) }
        return Target(path: "\(path)/\(name)", name: typed.hasSuffix("/") ? typed + name : "\(typed)/\(name)")
    }
}

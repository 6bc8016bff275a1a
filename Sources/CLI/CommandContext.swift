import Deployment
package import Diagnostics
package import Engine
package import Host

/// What every command has at hand: its words, the world, and how to speak.
package struct CommandContext {
    package let arguments: ParsedArguments
    package let host: Host

    package init(arguments: ParsedArguments, host: Host) {
        self.arguments = arguments
        self.host = host
    }

    package var globals: GlobalOptions { arguments.globals }
    package var isJSON: Bool { globals.format == "json" }

    // MARK: - Speaking

    package var outputPalette: Palette {
        ColorChoice.palette(globals.color, host, isTerminal: host.console.isOutputTerminal)
    }
    package var errorPalette: Palette {
        ColorChoice.palette(globals.color, host, isTerminal: host.console.isErrorTerminal)
    }

    /// Columns to fill on standard output.
    package var width: Int {
        if let columns = host.surroundings.variables["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        return host.console.size()?.columns ?? 80
    }

    /// The result of the command.
    package func print(_ text: String) { host.console.writeOutput(text) }

    /// Everything that is not the result.
    package func tell(_ text: String) {
        if !globals.isQuiet { host.console.writeError(text) }
    }

    /// Warnings; a command goes on after them.
    package func warn(_ diagnostics: [Diagnostic], sources: SourceTable) {
        let warnings = diagnostics.filter { $0.severity == .warning }
        guard !warnings.isEmpty, !isJSON, !globals.isQuiet else { return }
        host.console.writeError(DiagnosticRenderer(sources: sources, palette: errorPalette).render(warnings))
    }

    // MARK: - Asking

    /// Whether somebody is there to answer.
    package var canAsk: Bool {
        host.console.isInputTerminal && host.console.isErrorTerminal && !globals.asksNothing && !isCI
    }

    package var isCI: Bool {
        let value = host.surroundings.variables["CI"] ?? ""
        return !value.isEmpty && value != "false" && value != "0"
    }

    package var isGitHubActions: Bool { host.surroundings.variables["GITHUB_ACTIONS"] == "true" }

    /// Asks on standard error; `nil` when there was no answer.
    package func ask(_ question: String) -> String? {
        host.console.writeError(question)
        return host.console.readLine()
    }

    // MARK: - The project

    /// - Throws: `CommandFailure` when there is none upward from here.
    package func project() throws -> Project {
        let start = globals.directory ?? host.surroundings.workingDirectory
        if let project = Project.find(from: start, host: host) { return project }
        // Where it cannot be looked at, the search above found nothing either.
        if let folder = globals.directory, (try? host.files.resolve(folder)) == nil {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "the folder \(folder) of `-C` is not there, or not readable",
                        expected: "a folder that is there",
                        next: "ls -d -- \(ShellQuoting.quoted(folder))")
                ])
        }
        throw CommandFailure(
            .invalid,
            [
                Diagnostic(
                    "no project here: no `environments/` or `runbooks/` in \(start) or above it",
                    expected: "a folder with `environments/` or `runbooks/`", next: "rehearse init, or -C DIR")
            ])
    }

    /// Resolves a run's name.
    package func run(_ text: String, in project: Project) throws -> String {
        do {
            return try project.store.resolve(text)
        } catch let failure as RunReference.Failure {
            // It may be another machine's, and not have been fetched yet.
            guard !project.sharedHistories.isEmpty else { throw CommandFailure(failure) }
            var diagnostic = failure.diagnostic
            diagnostic.next = "rehearse history sync, then: rehearse history"
            throw CommandFailure(.invalid, [diagnostic])
        } catch let failure as StateFailure {
            throw CommandFailure(failure)
        }
    }

    package func record(_ run: String, in project: Project) throws -> RunRecord {
        do { return try project.store.record(of: run) } catch { throw CommandFailure(error) }
    }

    /// The same only to be shown, where its record may have to do; that is told.
    package func shownRun(_ run: String, in project: Project) throws -> ShownRun {
        let shown: ShownRun
        do { shown = try project.store.shown(run) } catch { throw CommandFailure(error) }
        if let caveat = shown.caveat { tell("note: \(caveat.diagnostic.message); it can only be looked at\n") }
        return shown
    }
}

/// Colour only where it is read: on a terminal, unless it is told otherwise.
enum ColorChoice {
    /// `NO_COLOR`: https://no-color.org; `CLICOLOR_FORCE` asks for it where there is no terminal.
    static func palette(_ choice: GlobalOptions.Color, _ host: Host, isTerminal: Bool) -> Palette {
        let variables = host.surroundings.variables
        switch choice {
        case .always: return .coloured
        case .never: return .plain
        case .auto:
            if !(variables["NO_COLOR"] ?? "").isEmpty { return .plain }
            if !(variables["CLICOLOR_FORCE"] ?? "0").isEmpty, variables["CLICOLOR_FORCE"] ?? "0" != "0" {
                return .coloured
            }
            return isTerminal && variables["TERM"] != "dumb" ? .coloured : .plain
        }
    }
}

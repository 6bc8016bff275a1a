import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Prints a report in the format that was asked for, or writes it to a file.
struct ParityDelivery {
    let context: CommandContext
    let report: ParityReport
    let sources: SourceTable
    let redact: @Sendable (String) -> String
    let gitHub: ParityGitHub

    /// - Throws: `CommandFailure` with exit 5 when the file cannot be written.
    func deliver() throws {
        let format = DiffFormat(rawValue: context.globals.format) ?? .text
        if let path = context.arguments.text(of: .output) {
            try OutputFile(context: context, path: path).write(text(format, palette: .plain))
            context.tell("\(ParityBrief.line(report, redact: redact))\nwrote \(path)\n")
        } else {
            show(format)
        }
        guard context.isGitHubActions else { return }
        // What is asked for on standard output stays one document.
        if format != .github || context.arguments.has(.output) { context.host.console.writeError(annotations) }
        gitHub.summarize { limit in
            ParityMarkdown.document(report, sources: sources, limit: limit, redact: redact)
        }
    }

    private func show(_ format: DiffFormat) {
        if context.globals.isQuiet, report.holds, format == .text || format == .brief { return }
        let text = text(format, palette: context.outputPalette)
        // Texts of the compared files must not be obeyed by the runner.
        let isObeyed = context.isGitHubActions && format != .github && format != .json
        context.print(isObeyed ? GitHubCommands.neutralized(text) : text)
    }

    private func text(_ format: DiffFormat, palette: Palette) -> String {
        switch format {
        case .text:
            ParityText.render(
                report, sources: sources, palette: palette, width: context.width,
                isSideBySide: context.arguments.has(.sideBySide), isDetailed: context.globals.isVerbose, redact: redact)
        case .json: JSONWriter.document(ParityJSON.document(report, sources: sources, redact: redact))
        case .markdown: ParityMarkdown.document(report, sources: sources, redact: redact)
        case .github: annotations
        case .html: ParityPage.document(report, sources: sources, redact: redact)
        case .brief: ParityBrief.line(report, redact: redact) + "\n"
        }
    }

    private var annotations: String {
        ParityAnnotations.commands(
            report, sources: sources, redact: redact, place: gitHub.place, isOfInterest: gitHub.isChanged)
    }
}

/// The file that `-o` names.
struct OutputFile {
    let context: CommandContext
    /// As typed.
    let path: String

    /// - Throws: `CommandFailure` with exit 5.
    func write(_ text: String) throws {
        let full = RelativePath.absolute(path, from: context.start)
        do throws(FileFailure) {
            try context.host.files.deliver(Array(text.utf8), to: full)
        } catch {
            throw CommandFailure(
                .state,
                [
                    Diagnostic(
                        "cannot \(error.operation) \(path): \(error.reason)", expected: "a file that can be written",
                        retry: "safe after repair")
                ])
        }
    }
}

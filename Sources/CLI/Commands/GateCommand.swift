import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `gate ENV`: may a run start there? Changes nothing.
struct GateCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let loader = ProjectLoader(project)
        let environment = loader.environment(context.arguments.requiredWord(for: .gatedEnvironment))
        let runbook = context.arguments.text(of: .runbookFilter)
        if let runbook, let read = loader.runbook(runbook) { _ = loader.library(of: read) }
        context.warn(loader.problems.all, sources: loader.sources)
        guard let environment, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        let reading = GateReading(context: context, project: project)
        let unshared = reading.fetch(for: environment).map { failure in
            GateCondition(
                name: "history", held: false, found: failure.diagnostic.message, openWith: failure.diagnostic.next)
        }
        let (git, tree) = reading.gitState()
        let report = GateReport(
            environment: environment.name.text, runbook: runbook, commit: git?.commit,
            conditions: reading.conditions(of: environment, for: runbook, git: git, tree: tree, loader: loader)
                + [unshared].compactMap(\.self))
        deliver(report)
        return report.isOpen ? .done : .no
    }

    private func deliver(_ report: GateReport) {
        let format = GateFormat(rawValue: context.globals.format) ?? .text
        switch format {
        case .text:
            if !context.globals.isQuiet || !report.isOpen {
                let text = report.text(palette: context.outputPalette, width: context.width)
                context.print(context.isGitHubActions ? GitHubCommands.neutralized(text) : text)
            }
        case .json: context.print(JSONWriter.document(report.document))
        case .markdown: context.print(report.markdown)
        case .github: context.print(report.annotations)
        }
        guard context.isGitHubActions else { return }
        if format != .github { context.host.console.writeError(report.annotations) }
        StepSummary(context: context).append(report.markdown)
    }
}

/// What `gate` can print.
enum GateFormat: String, CaseIterable, Sendable {
    case text
    case json
    case markdown
    case github
}

/// The page that GitHub shows for a job.
struct StepSummary {
    let context: CommandContext

    /// Worth having and not worth an answer: one that cannot be written is only told.
    func append(_ text: String) {
        guard let path = context.host.surroundings.variables["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        do throws(FileFailure) {
            let isThere = try context.host.files.status(path) != nil
            let file = try context.host.files.openForAppending(path, isThere ? .existing : .exclusive(mode: 0o644))
            try file.append(Array((text + "\n").utf8))
        } catch {
            context.tell("note: the step summary could not be written: \(error.reason)\n")
        }
    }
}

import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `report RUN|ENV`: a fold of records that were written long ago.
struct ReportCommand {
    let context: CommandContext

    /// Runs of an environment that are looked at unless a number is given.
    private static let usualRuns = 50

    private var format: ReportFormat { ReportFormat(rawValue: context.globals.format) ?? .markdown }

    func run() throws -> ExitCode {
        let project = try context.project()
        let word = context.arguments.requiredWord(for: .reported)
        let text =
            try isEnvironment(word, project)
            ? environment(word, project) : run(try context.run(word, in: project), project)
        if let path = context.arguments.text(of: .output) {
            try OutputFile(context: context, path: path).write(text)
            context.tell("wrote \(path)\n")
        } else {
            // What steps printed must not be obeyed by the runner.
            let isObeyed = context.isGitHubActions && format != .json
            context.print(isObeyed ? GitHubCommands.neutralized(text) : text)
        }
        return .done
    }

    /// An environment may have left the project and still have runs.
    private func isEnvironment(_ word: String, _ project: Project) throws -> Bool {
        if project.environmentNames.contains(word) { return true }
        guard EnvironmentName.isValid(word), word != "last" else { return false }
        do throws(StateFailure) {
            let ids = try project.store.identifiers()
            return !ids.contains { $0.hasPrefix(word) }
                && ids.contains { $0.dropLast(5).hasSuffix("-\(word)") }
        } catch {
            throw CommandFailure(error)
        }
    }

    // MARK: - A run

    private func run(_ id: String, _ project: Project) throws -> String {
        let record = try context.record(id, in: project)
        let logs = RunLogs(record: record, folder: project.store.path(of: id), files: context.host.files)
        switch format {
        case .markdown: return GitHubSummary.text(record, logs: logs.ofFailures)
        case .html: return RunPage.document(record, logs: logs.excerpts)
        case .junit: return RunJUnit.report(record, logs: logs.excerpts).document
        case .json: return JSONWriter.document(record.node)
        }
    }

    // MARK: - An environment

    private func environment(_ name: String, _ project: Project) throws -> String {
        let report = EnvironmentReport(name, try records(name, project))
        guard !report.records.isEmpty else {
            throw CommandFailure(RunReference.Failure.noRuns(environment: name))
        }
        switch format {
        case .markdown: return EnvironmentMarkdown.text(report)
        case .html: return EnvironmentPage.document(report)
        case .junit: return EnvironmentJUnit.report(report).document
        case .json: return JSONWriter.document(EnvironmentJSON.document(report))
        }
    }

    /// The environment's last runs, newest first.
    private func records(_ name: String, _ project: Project) throws -> [RunRecord] {
        let limit = context.arguments.number(of: .limit) ?? Self.usualRuns
        let since = context.arguments.moment(of: .since)?.timestamp(now: context.host.clock.now()).description
        var records: [RunRecord] = []
        var damaged: [StateFailure] = []
        do throws(StateFailure) {
            for run in try project.store.identifiers()
            where records.count < limit && run.dropLast(5).hasSuffix("-\(name)") {
                do throws(StateFailure) {
                    let record = try project.store.listed(run)
                    guard record.environment.name == name, since.map({ $0 <= record.startedAt }) ?? true else {
                        continue
                    }
                    records.append(record)
                } catch {
                    damaged.append(error)
                }
            }
        } catch {
            throw CommandFailure(error)
        }
        // One bad record must not hide the others, nor go unnoticed.
        for failure in damaged {
            context.tell(
                DiagnosticRenderer(sources: SourceTable(), palette: context.errorPalette).render(failure.diagnostic))
        }
        return records
    }
}

import Diagnostics
import Engine
import Host
import YAML

/// Shows a run while it goes on, and ends it: last lines, record, exit code.
final class RunWatcher {
    private let context: CommandContext
    private let project: Project
    private var display: ProgressDisplay

    init(context: CommandContext, project: Project) {
        self.context = context
        self.project = project
        display = ProgressDisplay(context)
    }

    func observe(_ progress: RunProgress) { display.handle(progress) }

    /// Carries out what was begun and reports it.
    ///
    /// - Throws: `CommandFailure` with exit 5 when the state could not be written; what is on disk is the truth then.
    func finish(
        _ session: RunSession, wasRollback: Bool, _ work: () throws(StateFailure) -> RunRecord
    ) throws -> ExitCode {
        let record: RunRecord
        do {
            record = try work()
            try session.close()
        } catch {
            session.abandon()
            display.finish()
            throw CommandFailure(error)
        }
        display.finish(with: record, wasRollback: wasRollback)
        report(record)
        let exit = ExitCode.after(record, wasRollback: wasRollback, signal: context.host.signals.received()?.first)
        guard let problem = session.sharing?.problem else { return exit }
        return tell(problem, of: record, exit)
    }

    /// All is on record here, and others do not see it yet.
    func tell(_ problem: SharingFailure, of record: RunRecord, _ exit: ExitCode) -> ExitCode {
        var exit = exit.whenNotShared
        if case .state = problem { exit = .state }
        var diagnostic = problem.diagnostic
        if exit == .notShared {
            diagnostic.label = "\(record.id) is on record here, and the team does not see it yet"
            diagnostic.retry = "not needed: nothing is lost"
            diagnostic.next = "rehearse history sync"
        }
        let failure = CommandFailure(exit, [diagnostic])
        context.host.console.writeError(
            context.isJSON
                ? JSONWriter.document(ErrorReport.json(failure))
                : ErrorReport.text(failure, palette: context.errorPalette))
        return exit
    }

    private func report(_ record: RunRecord) {
        if context.isGitHubActions { summarize(record) }
        if context.isJSON { context.print(JSONWriter.document(record.node)) }
    }

    /// Appends to the job's summary. Worth having and not worth a run: one that cannot be written is only told.
    private func summarize(_ record: RunRecord) {
        guard let path = context.host.surroundings.variables["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        do throws(FileFailure) {
            let isThere = try context.host.files.status(path) != nil
            let file = try context.host.files.openForAppending(path, isThere ? .existing : .exclusive(mode: 0o644))
            try file.append(Array(GitHubSummary.text(record, logs: failedLogs(record)).utf8))
        } catch {
            context.tell("note: the step summary could not be written: \(error.reason)\n")
        }
    }

    /// What the failed steps printed, secrets hidden when it was written.
    private func failedLogs(_ record: RunRecord) -> [GitHubSummary.Log] {
        record.steps.compactMap { step in
            guard step.status == .failed, let log = step.log else { return nil }
            let path = "\(project.store.path(of: record.id))/\(log.path)"
            // A log that is gone or too large for a summary is named there by its path.
            guard let bytes = try? context.host.files.read(path, 512 << 10) else { return nil }
            return GitHubSummary.Log(title: step.id, text: String(decoding: bytes, as: UTF8.self))
        }
    }
}

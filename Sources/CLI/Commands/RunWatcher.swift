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
            display.finish()
            throw CommandFailure(error)
        }
        display.finish()
        report(record)
        return ExitCode.after(record, wasRollback: wasRollback, signal: context.host.signals.received()?.first)
    }

    private func report(_ record: RunRecord) {
        if context.isJSON {
            context.print(JSONWriter.document(NodeEncoder.encode(record)))
        } else {
            context.tell(
                RunSummary.text(
                    record, logsRoot: ".rehearse/runs/\(record.id)", palette: context.errorPalette, width: context.width
                ))
        }
    }
}

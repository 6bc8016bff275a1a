import Deployment
import Diagnostics
import Engine
package import Host
import YAML

/// The program: words in, exit code out.
package enum CLI {
    package static func run(_ words: [String], host: Host) -> Int32 {
        let invocation = ArgumentParser().parse(words)
        let exit = answer(invocation, host)
        // An answer that could not be written was not given; a reader that went away has had enough.
        guard host.console.outputState() == .lost else { return exit.number }
        host.console.writeError("error: standard output cannot be written, and part of the result is lost\n")
        return ExitCode.state.number
    }

    private static func answer(_ invocation: Invocation, _ host: Host) -> ExitCode {
        let palette = ColorChoice.palette(invocation.globals.color, host, isTerminal: host.console.isOutputTerminal)
        let width = host.console.size()?.columns ?? 80
        switch invocation.request {
        case .version:
            host.console.writeOutput("rehearse \(Version.current)\n")
            return .done
        case .help(let request):
            host.console.writeOutput(
                HelpText.page(for: request, width: width, palette: palette, version: Version.current))
            return .done
        case .nothing:
            let request = HelpRequest(.overview, .short)
            host.console.writeError(
                HelpText.page(for: request, width: width, palette: palette, version: Version.current))
            return .invalid
        case .invalid(let diagnostics):
            report(CommandFailure(.invalid, diagnostics), invocation.globals, host)
            return .invalid
        case .command(let arguments):
            let context = CommandContext(arguments: arguments, host: host)
            do {
                return try dispatch(context)
            } catch let failure as CommandFailure {
                report(failure, invocation.globals, host)
                return failure.exit
            } catch {
                preconditionFailure("commands only fail with CommandFailure, and this is \(error)")
            }
        }
    }

    private static func report(_ failure: CommandFailure, _ globals: GlobalOptions, _ host: Host) {
        if globals.format == "json" {
            host.console.writeError(JSONWriter.document(ErrorReport.json(failure)))
        } else {
            let palette = ColorChoice.palette(globals.color, host, isTerminal: host.console.isErrorTerminal)
            host.console.writeError(ErrorReport.text(failure, palette: palette))
        }
    }

    private static func dispatch(_ context: CommandContext) throws -> ExitCode {
        switch context.arguments.command {
        case .initialize: try InitCommand(context: context).run()
        case .check: try CheckCommand(context: context).run()
        case .checkHTTP: try WebCheckCommand(context: context, kind: .http).run()
        case .checkCache: try WebCheckCommand(context: context, kind: .cache).run()
        case .checkLoggedIn: try WebCheckCommand(context: context, kind: .loggedIn).run()
        case .checkPurge: try WebCheckCommand(context: context, kind: .purge).run()
        case .checkMeasure: try WebCheckCommand(context: context, kind: .measure).run()
        case .checkSecurity: try WebCheckCommand(context: context, kind: .security).run()
        case .diff: try DiffCommand(context: context).run()
        case .status: try StatusCommand(context: context).run()
        case .gate: try GateCommand(context: context).run()
        case .approve: try ApproveCommand(context: context).run()
        case .acknowledge: try AcknowledgeCommand(context: context).run()
        case .render: try RenderCommand(context: context).run()
        case .plan: try PlanCommand(context: context).run()
        case .run: try RunCommand(context: context).run()
        case .resume: try ResumeCommand(context: context).run()
        case .rollback: try RollbackCommand(context: context).run()
        case .history: try HistoryCommand(context: context).run()
        case .historyShow: try HistoryShowCommand(context: context).run()
        case .historyLog: try HistoryLogCommand(context: context).run()
        case .historyVerify: try HistoryVerifyCommand(context: context).run()
        case .historyRebuild: try HistoryRebuildCommand(context: context).run()
        case .historyPrune: try HistoryPruneCommand(context: context).run()
        case .historyClose: try HistoryCloseCommand(context: context).run()
        case .report: try ReportCommand(context: context).run()
        case .historySync: try HistorySyncCommand(context: context).run()
        case .lock: try LockStatusCommand(context: context, wanted: nil).run()
        case .lockStatus:
            try LockStatusCommand(context: context, wanted: context.arguments.word(for: .lockedEnvironment)).run()
        case .lockBreak: try LockBreakCommand(context: context).run()
        case .notes: try NotesCommand(context: context).run()
        case .schema: try SchemaCommand(context: context).run()
        case .selfTest: try RedactionSelfTest(context: context).run()
        case .completions: CompletionsCommand(context: context).run()
        case .complete: CompleteCommand(context: context).run()
        default: preconditionFailure("`\(context.arguments.command.name)` is in the table and nobody runs it")
        }
    }
}

import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `history prune --keep N`: removes old runs that nobody needs to go on, to go back, or to know what last worked.
struct HistoryPruneCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let keep = context.arguments.number(of: .keep) ?? 0
        let pruning = HistoryPruning(project: project)
        let result: HistoryPruning.Result
        do throws(StartFailure) {
            result = try pruning.prune(keeping: keep)
        } catch {
            throw CommandFailure(error)
        }
        if context.isJSON {
            context.print(
                JSONWriter.document(
                    .mapping([
                        ("schema", .integer(1)), ("removed", .strings(result.removed)),
                        ("kept", .integer(result.kept)), ("damaged", .strings(result.damaged)),
                    ])))
        } else {
            for run in result.removed { context.print("removed  \(run)\n") }
            for run in result.damaged { context.tell("kept, because it cannot be read: \(run)\n") }
            context.tell("\(Wording.count(result.removed.count, "run")) removed, \(result.kept) kept\n")
        }
        return .done
    }
}

import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `diff LEFT RIGHT`: two environments, or two files.
struct DiffCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = Project.find(from: start, host: context.host)
        let loader = ProjectLoader(project ?? Project(root: start, host: context.host))
        let comparison = ParityComparison(context: context, loader: loader)
        let operands = OperandReader(context: context, project: project, loader: loader, comparison: comparison)
        let left = operands.read(context.arguments.requiredWord(for: .left))
        let right = operands.read(context.arguments.requiredWord(for: .right))
        let report = left.flatMap { left in right.flatMap { comparison.report(left, $0) } }
        context.warn(loader.problems.all, sources: loader.sources)
        guard let report, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        if context.isJSON {
            context.print(JSONWriter.document(ParityJSON.document(report, sources: loader.sources)))
        } else if !(context.globals.isQuiet && report.holds) {
            context.print(
                ParityText.render(report, sources: loader.sources, palette: context.outputPalette, width: context.width)
            )
        }
        return report.holds ? .done : .no
    }

    private var start: String { context.globals.directory ?? context.host.surroundings.workingDirectory }
}

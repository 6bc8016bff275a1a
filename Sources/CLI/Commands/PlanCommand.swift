import Deployment
import Engine
import YAML

/// `plan`: what `run` would do, changing nothing.
struct PlanCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let made = try PlanMaking(context: context, project: try context.project()).make()
        if context.isJSON {
            context.print(JSONWriter.document(PlanJSON.document(made.plan)))
        } else {
            context.print(PlanText.text(made.plan, palette: context.outputPalette, width: context.width))
        }
        return .done
    }
}

import Engine
import YAML

/// `schema NAME`: the JSON Schema of a document that the program writes.
struct SchemaCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let name = context.arguments.requiredWord(for: .schemaName)
        context.print(JSONWriter.document(name == "diff" ? DiffSchema.document : RecordSchema.document))
        return .done
    }
}

import Engine
import YAML

/// `schema NAME`: the JSON Schema of a document that the program writes.
struct SchemaCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        context.print(JSONWriter.document(RecordSchema.document))
        return .done
    }
}

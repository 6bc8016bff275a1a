import Engine
import YAML

/// `schema NAME`: the JSON Schema of a document that the program writes.
struct SchemaCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let name = context.arguments.requiredWord(for: .schemaName)
        let document =
            switch name {
            case "diff": DiffSchema.document
            case "certificate": CertificateSchema.document
            default: RecordSchema.document
            }
        context.print(JSONWriter.document(document))
        return .done
    }
}

import YAML

/// JSON Schemas that are part of the program.
enum SchemaText {
    /// - Precondition: the text is JSON.
    static func document(_ text: String) -> Node {
        do {
            return try JSONReader.read(Array(text.utf8))
        } catch {
            preconditionFailure("the schema is part of the program and is JSON: \(error)")
        }
    }
}

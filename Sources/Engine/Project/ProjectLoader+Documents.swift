package import Deployment
import Diagnostics
package import YAML

extension ProjectLoader {
    package static let rulesPath = "\(EnvironmentReader.folder)/parity.yaml"

    /// The project's rules; none when there is no `environments/parity.yaml`, `nil` when it is not valid.
    package func rules() -> ParityRules? {
        let bytes: [UInt8]
        do {
            bytes = try reader.bytes(Self.rulesPath)
        } catch {
            // A link that leads nowhere was meant to be there.
            if error == .notFound, !isThere(Self.rulesPath) { return ParityRules([]) }
            problems.error("\(Self.rulesPath) \(error.wording)", at: .none, expected: "a parity file")
            return nil
        }
        guard let node = document(bytes, path: Self.rulesPath) else { return nil }
        return ParityRules.read(node, environments: project.environmentNames, problems: problems)
    }

    /// Every document of a YAML or JSON text; empty ones between others are left out.
    ///
    /// - Returns: `nil` when it is not valid, which is in `problems`; no document for a text without content.
    package func documents(_ bytes: [UInt8], path: String) -> [Node]? {
        let file = SourceFile(path: path, bytes: bytes)
        let id = sources.add(file)
        var options = LoadOptions.template
        options.allowsSeveralDocuments = true
        var found: [Diagnostic] = []
        let nodes = Loading.documents(file, id: id, options: options, problems: &found)
        if found.hasErrors, let node = try? JSONReader.read(bytes) {
            // JSON may say what YAML may not (`"\ud83d\ude00"`): it is valid, only without places.
            return [node]
        }
        problems.add(found)
        return found.hasErrors ? nil : nodes.filter { !$0.isNull }
    }

    /// A YAML or JSON text; `nil` when it is not valid or empty, which is in `problems`.
    package func document(_ bytes: [UInt8], path: String) -> Node? {
        let file = SourceFile(path: path, bytes: bytes)
        let id = sources.add(file)
        var found: [Diagnostic] = []
        let node = Loading.document(file, id: id, options: .template, problems: &found)
        problems.add(found)
        if node == nil, !found.hasErrors { problems.error("\(path) is empty", at: .none, expected: "a document") }
        return node
    }
}

package import Deployment
package import Diagnostics
import Host
package import YAML

/// The environment as `diff` compares it, kept with a run: `compared.yaml` in the run's folder.
///
/// The rendering that the run used stands beside it in `compose.yaml`; that one's relative paths hold from the run's
/// folder, these from the project, as in every comparison. Secrets are here by name and source only.
package enum ComparedSnapshot {
    package static let fileName = "compared.yaml"

    /// Bytes of such a file, at most.
    package static let largest = 64 << 20

    /// - Parameter root: what `ComparedTree` makes of the environment.
    static func text(environment: String, root: Node) -> String {
        let head: [Mapping.Entry] = [
            .init(key: "schema", value: .integer(1)), .init(key: "environment", value: .string(environment)),
        ]
        let sections = (root.mapping?.entries ?? []).filter { ComparedTree.sections.contains($0.key) }
        return "# The environment as `rehearse diff` compares it, written when the run began.\n"
            + YAMLWriter.text(of: Node(.mapping(Mapping(head + sections))), keepingSpelling: true)
    }

    /// What was compared, with its places in the kept file; `nil` when that is not valid, which is in `problems`.
    package static func read(_ file: SourceFile, id: FileID, problems: Problems) -> Node? {
        var found: [Diagnostic] = []
        let node = Loading.document(file, id: id, options: .template, problems: &found)
        problems.add(found)
        guard let mapping = node?.mapping else {
            if !found.hasErrors { problems.error("\(file.path) holds no environment", at: .none) }
            return nil
        }
        guard mapping["schema"]?.integer == 1 else {
            problems.error(
                "\(file.path) is of a schema that this version does not read",
                at: mapping.entry("schema")?.value.range ?? .none, expected: "`schema: 1`",
                next: "use the version of rehearse that recorded the run")
            return nil
        }
        return ComparedTree.root(of: mapping.entries, at: node?.range ?? .none)
    }
}

extension RunStore {
    package func comparedPath(of run: String) -> String { "\(path(of: run))/\(ComparedSnapshot.fileName)" }
}

package import Diagnostics
import YAML

/// Reads `environments/NAME.yaml` and all that it extends.
package struct EnvironmentReader {
    private let reader: SourceReader
    private let problems: Problems

    package init(reader: SourceReader, problems: Problems) {
        self.reader = reader
        self.problems = problems
    }

    package static let folder = "environments"
    package static func path(of name: String) -> String { "\(folder)/\(name).yaml" }

    /// Environments that may extend one another in a row.
    private static let longestChain = 16

    package static let keys = [
        "environment", "description", "owner", "extends", "url", "compose", "values", "secrets", "config", "jobs",
        "gate",
        "history",
    ]

    /// - Returns: `nil` when there are errors; they are in `problems`, warnings too.
    package func read(_ name: EnvironmentName, sources: inout SourceTable) -> EnvironmentManifest? {
        let errorsBefore = problems.all.count
        guard let (tree, files) = mergedTree(name, sources: &sources) else { return nil }
        let manifest = EnvironmentParser(problems: problems).manifest(name, tree: tree, files: files)
        return problems.all.dropFirst(errorsBefore).contains { $0.severity == .error } ? nil : manifest
    }

    /// The manifest laid over what it extends, and the paths of all files, its own first.
    private func mergedTree(_ name: EnvironmentName, sources: inout SourceTable) -> (tree: Node, files: [String])? {
        var layers: [Node] = []
        var paths: [String] = []
        var isSound = true
        var wanted: (name: EnvironmentName, range: SourceRange)? = (name, .none)
        while let (current, range) = wanted {
            wanted = nil
            let path = Self.path(of: current.text)
            guard !paths.contains(path) else {
                problems.error(
                    "`extends` goes in a circle: \((paths + [path]).joined(separator: " → "))", at: range,
                    expected: "a chain that ends")
                return nil
            }
            guard paths.count < Self.longestChain else {
                problems.error(
                    "`extends` goes on for too long", at: range, expected: "at most \(Self.longestChain) environments")
                return nil
            }
            guard let node = load(path, namedAt: range, sources: &sources) else { return nil }
            guard let fields = Fields(node, of: "environment", known: Self.keys, problems: problems) else { return nil }
            paths.append(path)
            layers.append(node)
            isSound = checkName(fields, is: current) && isSound
            LiteralSecrets.report(in: node, to: problems)
            if let parent = fields.string("extends") {
                guard let parentName = EnvironmentName(parent.value) else {
                    problems.error(
                        "`\(parent.value)` cannot be an environment's name", at: parent.range,
                        expected: EnvironmentName.rule)
                    return nil
                }
                wanted = (parentName, parent.range)
            }
        }
        guard isSound, let base = layers.last else { return nil }
        let tree = layers.dropLast().reversed().reduce(base) { TreeOverlay.lay($1, over: $0) }
        return (tree, paths)
    }

    private func load(_ path: String, namedAt range: SourceRange, sources: inout SourceTable) -> Node? {
        let bytes: [UInt8]
        do {
            bytes = try reader.bytes(path)
        } catch {
            problems.error("\(path) \(error.wording)", at: range, expected: "a file there", next: "rehearse init")
            return nil
        }
        let file = SourceFile(path: path, bytes: bytes)
        let id = sources.add(file)
        var found: [Diagnostic] = []
        let node = Loading.document(file, id: id, problems: &found)
        problems.add(found)
        if node == nil, !found.hasErrors {
            problems.error(
                "\(path) is empty",
                at: SourceRange(file: id, start: .init(line: 1, column: 1), end: .init(line: 1, column: 1)),
                expected: "an environment, beginning with `environment:`")
        }
        return node
    }

    private func checkName(_ fields: Fields, is name: EnvironmentName) -> Bool {
        let expected = "`environment: \(name)`, as the file is called"
        guard let written = fields.requiredString("environment", expected: expected) else { return false }
        guard written.value == name.text else {
            problems.error("this file is not `\(written.value)`'s", at: written.range, expected: expected)
            return false
        }
        return true
    }
}

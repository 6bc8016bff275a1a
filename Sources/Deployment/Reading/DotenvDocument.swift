package import Diagnostics
package import YAML

/// A `.env` file as a tree: a map of strings, each with the place of its line.
package enum DotenvDocument {
    /// - Returns: `nil` when the file is not valid; the problems say why.
    package static func read(_ file: SourceFile, id: FileID, problems: Problems) -> Node? {
        var values: [String: String] = [:]
        // Only what the file itself has said so far counts: the same file is the same document everywhere.
        var places: [String: SourceRange] = [:]
        let found = Dotenv.parse(file.bytes, id: id, into: &values, places: &places) { name, soFar in soFar[name] }
        problems.add(found)
        guard !found.hasErrors else { return nil }
        let entries = values.sorted { $0.key < $1.key }.map { name, value in
            let place = places[name] ?? .none
            var node = Node.string(value)
            node.range = place
            return Mapping.Entry(key: name, keyRange: place, value: node)
        }
        let start = SourcePosition(line: 1, column: 1)
        return Node(.mapping(Mapping(entries)), range: SourceRange(file: id, start: start, end: start))
    }
}

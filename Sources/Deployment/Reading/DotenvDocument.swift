package import Diagnostics
package import YAML

/// A `.env` file as a tree: a map of strings, each with the place of its line.
package enum DotenvDocument {
    /// - Returns: `nil` when the file is not valid; the problems say why.
    package static func read(_ file: SourceFile, id: FileID, problems: Problems) -> Node? {
        var values: [String: String] = [:]
        // Only what the file itself has said so far counts: the same file is the same document everywhere.
        let found = Dotenv.parse(file.bytes, id: id, into: &values) { name, soFar in soFar[name] }
        problems.add(found)
        guard !found.hasErrors else { return nil }
        let places = places(of: values, in: file, id: id)
        let entries = values.sorted { $0.key < $1.key }.map { name, value in
            let place = places[name] ?? .none
            var node = Node.string(value)
            node.range = place
            return Mapping.Entry(key: name, keyRange: place, value: node)
        }
        let start = SourcePosition(line: 1, column: 1)
        return Node(.mapping(Mapping(entries)), range: SourceRange(file: id, start: start, end: start))
    }

    /// Where each name is set last, which is the one that counts.
    private static func places(of values: [String: String], in file: SourceFile, id: FileID) -> [String: SourceRange] {
        var places: [String: SourceRange] = [:]
        for number in stride(from: 1, through: file.lineCount, by: 1) {
            let line = file.line(number)
            let indentation = line.prefix { $0 == " " || $0 == "\t" }.count
            var rest = line.dropFirst(indentation)
            var column = indentation + 1
            if rest.hasPrefix("export ") {
                rest = rest.dropFirst(7)
                column += 7
            }
            let name = String(rest.prefix { $0 != "=" && $0 != ":" && $0 != " " })
            guard values[name] != nil else { continue }
            let start = SourcePosition(line: number, column: column)
            places[name] = SourceRange(
                file: id, start: start, end: SourcePosition(line: number, column: column + name.count))
        }
        return places
    }
}

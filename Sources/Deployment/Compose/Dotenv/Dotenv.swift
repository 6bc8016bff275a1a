import Diagnostics
import YAML

/// `.env` files as Compose reads them.
///
/// https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
enum Dotenv {
    /// The value of a name, given what the file has said so far; `nil` when it has none.
    typealias Lookup = (_ name: String, _ soFar: [String: String]) -> String?

    /// Reads a file in the usual grammar: quotes, escapes, comments, variables.
    ///
    /// - Parameters:
    ///   - values: what earlier files said; a name that is there again is replaced.
    ///   - places: where each name of `values` is set, replaced likewise.
    ///   - refusesDollars: whether a `$` that changes a value is an error and not a warning.
    static func parse(
        _ bytes: [UInt8], id: FileID, into values: inout [String: String], places: inout [String: SourceRange],
        refusesDollars: Bool = false, lookup: @escaping Lookup
    ) -> [Diagnostic] {
        var parser = DotenvParser(bytes, id: id, refusesDollars: refusesDollars, lookup: lookup)
        parser.parse(into: &values)
        places.merge(parser.places) { $1 }
        return parser.problems
    }

    /// Reads a file in the `raw` format: `KEY=VALUE` or `KEY` on each line, nothing is quoted or replaced.
    static func parseRaw(
        _ bytes: [UInt8], id: FileID, into values: inout [String: String], places: inout [String: SourceRange],
        lookup: Lookup
    ) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        let text = String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0.isWhitespace }
            guard let first = trimmed.first, first != "#" else { continue }
            let entry = trimmed.last == "\r" ? trimmed.dropLast() : trimmed
            let key = String(entry.prefix { $0 != "=" })
            let column = 1 + (line.count - trimmed.count)
            let place = SourceRange(
                file: id, start: SourcePosition(line: index + 1, column: column),
                end: SourcePosition(line: index + 1, column: column + key.count))
            guard !key.isEmpty, !key.contains(where: \.isWhitespace) else {
                problems.append(
                    Diagnostic(
                        key.isEmpty ? "this line names no variable" : "the name `\(key)` has a blank in it",
                        at: key.isEmpty ? place.startOnly : place, expected: "`NAME=VALUE` or `NAME`"))
                continue
            }
            if entry.count > key.count {
                values[key] = String(entry.dropFirst(key.count + 1))
                places[key] = place
            } else if let value = lookup(key, values) {
                values[key] = value
                places[key] = place
            }
        }
        return problems
    }
}

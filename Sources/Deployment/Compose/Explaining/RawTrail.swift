import Diagnostics
import YAML

/// What a path meets in a file as it was read: tags, aliases and merge keys.
struct RawTrail {
    /// The outermost tag on the way or at the end.
    private(set) var tag: (tag: Node.Tag, range: SourceRange)?
    /// Where what is written elsewhere is used, through an alias or `<<`; the innermost one.
    private(set) var alias: SourceRange?
    /// Whether the whole path is there as it is written.
    private(set) var isComplete = false

    /// - Parameter service: the name under which a service stands in this file, where it is another one.
    init(_ path: ParityPath, in document: Node, service: String?, sources: SourceTable) {
        var node = document
        var segments = path.segments
        if let service, segments.count > 1 { segments[1] = .key(service) }
        for segment in segments {
            guard case .key(let key) = segment, let entry = node.mapping?.entry(key) else { return }
            if entry.keyRange.file == node.range.file, entry.keyRange.start < node.range.start {
                alias = Self.mergeKey(in: node.range, sources) ?? node.range.startOnly
            }
            if entry.value.range.file == entry.keyRange.file, entry.value.range.start < entry.keyRange.start {
                alias = entry.keyRange
            }
            node = entry.value
            if node.tag != .none, tag == nil {
                tag = (node.tag, node.range.isNone ? entry.keyRange : node.range.startOnly)
            }
        }
        isComplete = true
    }

    /// The first `<<` of a map, as a key's place is lost when its entries are merged.
    private static func mergeKey(in range: SourceRange, _ sources: SourceTable) -> SourceRange? {
        guard let file = sources[range.file] else { return nil }
        for number in range.start.line...max(range.start.line, range.end.line + 1) {
            let line = Array(file.line(number).unicodeScalars)
            var column = number == range.start.line ? range.start.column - 1 : 0
            while column + 2 < line.count {
                if line[column] == "<", line[column + 1] == "<", line[column + 2] == ":" {
                    let start = SourcePosition(line: number, column: column + 1)
                    let end = SourcePosition(line: number, column: column + 3)
                    return SourceRange(file: range.file, start: start, end: end)
                }
                column += 1
            }
        }
        return nil
    }
}

import Diagnostics

/// Collects the entries of one mapping: refuses a key twice, and puts merged keys behind the mapping's own.
struct MappingBuilder {
    private var mapping = Mapping()
    private var merged: [Mapping] = []
    private var mergeRange: SourceRange?

    mutating func add(_ key: String, at range: SourceRange, _ value: Node, problems: inout [Diagnostic]) {
        if let first = mapping.index(of: key) {
            problems.append(Self.duplicate(key, at: range, first: mapping.entries[first].keyRange))
            return
        }
        mapping.append(Mapping.Entry(key: key, keyRange: range, value: value))
    }

    /// Takes the value of a `<<` key: https://yaml.org/type/merge.html
    mutating func merge(_ value: Node, at range: SourceRange, problems: inout [Diagnostic]) {
        if let mergeRange {
            problems.append(Self.duplicate("<<", at: range, first: mergeRange))
            return
        }
        mergeRange = range
        for part in value.sequence ?? [value] {
            if let mapping = part.mapping {
                merged.append(mapping)
            } else {
                // Through an alias the part may stand far from here.
                problems.append(
                    Diagnostic(
                        "`<<` merges maps, and this is \(part.kindName)", at: range,
                        related: [Diagnostic.Related(range: part.range, label: "this one")],
                        expected: "a map, or a list of maps"))
            }
        }
    }

    /// The mapping's own keys win over merged ones, and earlier merged maps over later ones.
    func finish() -> Mapping {
        guard let first = merged.first else { return mapping }
        if mapping.isEmpty, merged.count == 1 { return first }
        var result = mapping
        for part in merged {
            for entry in part.entries where result.index(of: entry.key) == nil { result.append(entry) }
        }
        return result
    }

    private static func duplicate(_ key: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic(
            "duplicate key `\(key)`", at: range, label: "here again",
            related: [Diagnostic.Related(range: first, label: "first here")],
            expected: "each key once", next: "remove one of the two")
    }
}

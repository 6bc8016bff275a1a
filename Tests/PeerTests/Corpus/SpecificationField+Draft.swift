import TestSupport

/// Which fields of the specification a generated file uses.
extension SpecificationField {
    /// Takes in the fields that a file uses.
    static func collect(_ draft: Draft, at path: String = "", into fields: inout Set<String>) {
        switch draft {
        case .plain, .text: return
        case .marked(_, let value): collect(value, at: path, into: &fields)
        case .list(let items): for item in items { collect(item, at: path, into: &fields) }
        case .map(let entries):
            for entry in entries {
                if records[path]?.contains(entry.key) == true {
                    let inner = joined(path, entry.key)
                    fields.insert(inner)
                    collect(entry.value, at: inner, into: &fields)
                } else if records[path + ".*"] != nil {
                    collect(entry.value, at: path + ".*", into: &fields)
                }
            }
        }
    }

    /// The records in a file: where they stand, as keys and positions, and their paths in the specification.
    static func places(in draft: Draft, at path: String = "", _ keys: [String] = []) -> [(keys: [String], path: String)]
    {
        guard case .map(let entries) = draft else { return [] }
        var result: [(keys: [String], path: String)] = []
        if let names = records[path] {
            result.append((keys, path))
            for entry in entries where names.contains(entry.key) {
                result += places(in: entry.value, at: joined(path, entry.key), keys + [entry.key])
            }
        } else if records[path + ".*"] != nil {
            for entry in entries { result += places(in: entry.value, at: path + ".*", keys + [entry.key]) }
        }
        return result
    }
}

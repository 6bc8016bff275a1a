import YAML

/// As much of JSON Schema as our own schemas use: https://json-schema.org/draft/2020-12
struct JSONSchema {
    let root: Node

    /// Where a document is not what the schema says; empty when it is.
    func problems(of document: Node) -> [String] { problems(document, root, "$") }

    private func problems(_ value: Node, _ schema: Node, _ path: String) -> [String] {
        var found: [String] = []
        for entry in schema.mapping?.entries ?? [] {
            switch entry.key {
            case "$ref": found += problems(value, referenced(entry.value.string ?? ""), path)
            case "type":
                let types = entry.value.sequence?.compactMap(\.string) ?? [entry.value.string ?? ""]
                if !types.contains(where: { Self.isOf($0, value) }) { found.append("\(path) is \(value.kindName)") }
            case "const" where !entry.value.hasSameContent(as: value): found.append("\(path) is not the constant")
            case "enum" where !(entry.value.sequence ?? []).contains { $0.hasSameContent(as: value) }:
                found.append("\(path) is none of the words")
            case "minimum" where (value.integer ?? 0) < (entry.value.integer ?? 0): found.append("\(path) is too small")
            case "required":
                for key in entry.value.sequence?.compactMap(\.string) ?? [] where value[key] == nil {
                    found.append("\(path) has no \(key)")
                }
            case "properties":
                for property in entry.value.mapping?.entries ?? [] {
                    guard let inner = value[property.key] else { continue }
                    found += problems(inner, property.value, "\(path).\(property.key)")
                }
            case "items":
                for (index, item) in (value.sequence ?? []).enumerated() {
                    found += problems(item, entry.value, "\(path)[\(index)]")
                }
            default: continue
            }
        }
        return found
    }

    private func referenced(_ reference: String) -> Node {
        var node = root
        for name in reference.split(separator: "/").dropFirst() { node = node[String(name)] ?? .null }
        return node
    }

    private static func isOf(_ type: String, _ value: Node) -> Bool {
        switch type {
        case "object": value.mapping != nil
        case "array": value.sequence != nil
        case "string": value.string != nil
        case "integer": value.integer != nil
        case "boolean": value.boolean != nil
        case "null": value.isNull
        default: false
        }
    }
}

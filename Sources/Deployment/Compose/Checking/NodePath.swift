/// Where a node stands in a tree: `services.web.ports[0]`.
struct NodePath: CustomStringConvertible {
    private enum Part {
        case key(String)
        case index(Int)
    }

    private var parts: [Part] = []

    init() {}

    mutating func append(_ key: String) { parts.append(.key(key)) }
    mutating func append(_ index: Int) { parts.append(.index(index)) }
    mutating func removeLast() { parts.removeLast() }

    var isEmpty: Bool { parts.isEmpty }

    var description: String {
        var text = ""
        for part in parts {
            switch part {
            case .key(let key): text += text.isEmpty ? key : "." + key
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

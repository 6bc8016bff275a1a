package import YAML

/// The settings of a check as a tree: as written in a runbook, or, in a plan, with every `${NAME}` filled in but those
/// of secrets (`${NAME}` then is a secret and `$$` a dollar sign).
package struct CheckSettings: Sendable {
    package let node: Node

    package init(_ node: Node) { self.node = node }
}

extension CheckSettings: Hashable {
    package static func == (left: CheckSettings, right: CheckSettings) -> Bool {
        left.node.hasSameContent(as: right.node)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(JSONWriter.line(node)) }
}

extension CheckSettings: Codable {
    package init(from decoder: any Decoder) throws { node = try EncodedNode(from: decoder).node }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(EncodedNode(node))
    }
}

import YAML

/// Compose's list form of a map: `[LOG_LEVEL=info, DEBUG]` is `{LOG_LEVEL: info, DEBUG: null}`.
enum KeyValueList {
    /// The map that a list of texts, or a map, stands for; `nil` for anything else.
    static func mapping(_ node: Node) -> Mapping? {
        node.mapping ?? node.sequence.flatMap { mapping($0) }
    }

    /// `nil` when an item is no text. The last of several entries with one key counts, as in Compose.
    static func mapping(_ items: [Node]) -> Mapping? {
        var mapping = Mapping()
        for item in items {
            guard let text = item.string else { return nil }
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value =
                parts.count == 2
                ? Node(.scalar(Scalar(String(parts[1]), kind: .string)), range: item.range)
                : Node(.scalar(Scalar("", kind: .null)), range: item.range)
            mapping.put(Mapping.Entry(key: String(parts[0]), keyRange: item.range, value: value))
        }
        return mapping
    }
}

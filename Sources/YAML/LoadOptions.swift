/// What a document may contain, and how much of it.
package struct LoadOptions: Sendable {
    /// Nested collections.
    package var depth: Int
    /// `*alias` uses.
    package var aliases: Int
    /// Nodes that exist only because an alias repeats them.
    package var repeatedNodes: Int
    /// Whether `!reset` and `!override` mean something here.
    package var allowsComposeTags: Bool
    /// Whether the text may hold several documents.
    package var allowsSeveralDocuments: Bool
    /// Whether an unquoted key is a string; what is none is refused.
    package var isStringKey: @Sendable (String) -> Bool

    package init(
        depth: Int = 128,
        aliases: Int = 1_000,
        repeatedNodes: Int = 100_000,
        allowsComposeTags: Bool = false,
        allowsSeveralDocuments: Bool = false,
        isStringKey: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.depth = depth
        self.aliases = aliases
        self.repeatedNodes = repeatedNodes
        self.allowsComposeTags = allowsComposeTags
        self.allowsSeveralDocuments = allowsSeveralDocuments
        self.isStringKey = isStringKey
    }

    package static let manifest = LoadOptions()
    /// Compose files that share settings among thousands of services are real; the budget is wider, not absent.
    package static let template = LoadOptions(aliases: 100_000, repeatedNodes: 500_000, allowsComposeTags: true)

    /// Bytes of a file that is read as YAML, at most.
    package static let largestFile = 8 << 20
}

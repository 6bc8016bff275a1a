/// What a user may say about the documents to compare.
package struct ComparisonOptions: Hashable, Sendable {
    /// Keys that identify the items of a list of maps, before `name`, `id` and `target` are tried. A dot reaches into
    /// the item: `metadata.name`.
    package var identifyBy: [String]
    /// Whether the trees are lists of documents: files that hold several.
    package var areStreams: Bool

    package init(identifyBy: [String] = [], areStreams: Bool = false) {
        self.identifyBy = identifyBy
        self.areStreams = areStreams
    }

    var identifyingKeys: [String] { identifyBy + ["name", "id", "target"] }

    /// What is known of the whole trees.
    var shape: DocumentShape { areStreams ? .stream : .document }
}

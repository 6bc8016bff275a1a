/// What a user may say about the documents to compare.
package struct ComparisonOptions: Hashable, Sendable {
    /// Keys that identify the items of a list of maps, before `name`, `id` and `target` are tried.
    package var identifyBy: [String]

    package init(identifyBy: [String] = []) { self.identifyBy = identifyBy }

    var identifyingKeys: [String] { identifyBy + ["name", "id", "target"] }
}

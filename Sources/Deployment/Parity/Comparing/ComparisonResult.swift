/// Everything that a comparison found.
package struct ComparisonResult: Sendable {
    /// In the order of their paths, which does not depend on the order in which keys were written.
    package var differences: [Difference]
    /// Leaf values (scalars and empty collections) that both sides have alike.
    package var equalCount: Int
    /// Lists whose order differs and nothing says whether it matters: told, but no difference. In order.
    package var reordered: [ParityPath]

    package init(differences: [Difference], equalCount: Int, reordered: [ParityPath] = []) {
        self.differences = differences
        self.equalCount = equalCount
        self.reordered = reordered
    }

    /// Values compared: the equal ones and the differences. A collection that only one side has counts once.
    package var comparedCount: Int { equalCount + differences.count }
}

/// Everything that a comparison found.
package struct ComparisonResult: Sendable {
    /// In the order of their paths, which does not depend on the order in which keys were written.
    package var differences: [Difference]
    /// Leaf values (scalars and empty collections) that both sides have alike.
    package var equalCount: Int
    /// Lists whose order differs and nothing says whether it matters: told, but no difference. In order.
    package var reordered: [ParityPath]

    /// How the comparison was made, for whoever looks into a difference later.
    package var options: ComparisonOptions

    package init(
        differences: [Difference],
        equalCount: Int,
        reordered: [ParityPath] = [],
        options: ComparisonOptions = ComparisonOptions()
    ) {
        self.differences = differences
        self.equalCount = equalCount
        self.reordered = reordered
        self.options = options
    }

    /// Values compared: the equal ones and the differences. A collection that only one side has counts once.
    package var comparedCount: Int { equalCount + differences.count }
}

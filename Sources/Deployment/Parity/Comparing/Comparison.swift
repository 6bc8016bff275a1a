package import YAML

/// The structural comparison of two trees.
///
/// What counts as the same:
/// - Maps by their keys, in any order; lists as `ListMeaning` says.
/// - Strings and numbers by their spelling: `1.10` is not `1.1`, because the spelling is what a template gets. A rule
///   with `where: left == right` accepts numbers that are equal in value.
/// - Booleans and null by their meaning (`True` is `true`, `~` is `null`), but in `values` booleans by their spelling,
///   for the same reason.
/// - A value and the same value as another type are a difference of type only: `1` and `"1"`, `1` and `1.0`.
package enum Comparison {
    /// Every difference between two documents, or two environments as `diff` sees them.
    ///
    /// Takes time in proportion to the size of the trees, times a logarithm for long lists.
    package static func differences(
        left: Node, right: Node, options: ComparisonOptions = ComparisonOptions()
    ) -> ComparisonResult {
        var walk = ComparisonWalk(options: options)
        walk.compare(left, right, options.shape, (left.range, right.range))
        return walk.result
    }

    /// What an added or removed collection consists of: a difference for each of its values, one level down.
    ///
    /// Empty for scalars, empty collections and changed values.
    package static func parts(
        of difference: Difference, options: ComparisonOptions = ComparisonOptions()
    ) -> [Difference] {
        guard let value = difference.onlyValue, value.scalar == nil else { return [] }
        let shape = options.shape.at(difference.path)
        var walk = ComparisonWalk(options: options, path: difference.path)
        let empty: Node = value.mapping != nil ? .mapping([]) : .sequence([])
        let ranges = (difference.leftRange, difference.rightRange)
        if difference.kind == .added {
            walk.compare(empty, value, shape, ranges)
        } else {
            walk.compare(value, empty, shape, ranges)
        }
        return walk.result.differences
    }
}

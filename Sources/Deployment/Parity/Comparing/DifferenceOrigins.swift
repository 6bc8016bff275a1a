package import Diagnostics
package import YAML

/// Where a difference of two renderings comes from when the template writes a variable there.
///
/// `replicas: ${WEB_REPLICAS}` is one line for both environments; what a person changes is the line of each one's
/// manifest that sets `WEB_REPLICAS`.
package enum DifferenceOrigins {
    /// The same differences; those that a variable made stand where the two environments set it.
    ///
    /// - Parameters:
    ///   - left: the compared tree, with its `values`.
    ///   - sources: the templates' texts.
    package static func placed(
        _ result: ComparisonResult, left: Node, right: Node, sources: SourceTable
    ) -> ComparisonResult {
        guard let ones = left["values"]?.mapping, let others = right["values"]?.mapping else { return result }
        var result = result
        for index in result.differences.indices where result.differences[index].path.key(at: 0) == "compose" {
            let difference = result.differences[index]
            if let range = origin(of: difference.left, at: difference.leftRange, ones, others, sources) {
                result.differences[index].leftRange = range
            }
            if let range = origin(of: difference.right, at: difference.rightRange, others, ones, sources) {
                result.differences[index].rightRange = range
            }
        }
        return result
    }

    /// The place of the first variable of the text there whose value is another one on the other side.
    private static func origin(
        of value: Node?, at range: SourceRange, _ own: Mapping, _ other: Mapping, _ sources: SourceTable
    ) -> SourceRange? {
        guard let scalar = value?.scalar, let text = text(at: range, sources), Interpolation.hasDollar(text),
            // A text that stands for itself has no variable in it: a rendering that was kept, for example.
            text != scalar.text, case .success(let parts) = Interpolation.parse(text)
        else { return nil }
        for reference in parts.references {
            guard let set = own[reference.name], !set.range.isNone else { continue }
            if other[reference.name].map({ !set.hasSameContent(as: $0) }) ?? true { return set.range }
        }
        return nil
    }

    private static func text(at range: SourceRange, _ sources: SourceTable) -> String? {
        guard let file = sources[range.file], range.start.line == range.end.line else { return nil }
        let scalars = file.line(range.start.line).unicodeScalars
        let part = scalars.dropFirst(range.start.column - 1).prefix(range.end.column - range.start.column)
        return String(String.UnicodeScalarView(part))
    }
}

package import Diagnostics

/// Where in a file a part of a scalar stands.
package enum VariablePlace {
    /// The part's own columns when the scalar is on one line and written without escapes, otherwise the whole scalar.
    ///
    /// - Parameters:
    ///   - offset: in code points of `text`.
    ///   - text: the scalar's value.
    ///   - scalar: the scalar's range, quotes included.
    package static func range(offset: Int, length: Int, in text: String, of scalar: SourceRange) -> SourceRange {
        guard !scalar.isNone, scalar.start.line == scalar.end.line else { return scalar }
        let columns = scalar.end.column - scalar.start.column
        let count = text.unicodeScalars.count
        if columns == count { return scalar.part(offset: offset, length: length) }
        // Two quotes, and nothing inside that is shorter or longer than its value.
        if columns == count + 2 { return scalar.part(offset: offset + 1, length: length) }
        return scalar
    }
}

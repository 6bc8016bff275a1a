package import Diagnostics

/// Text to tree.
package enum Loading {
    /// Reads the one document of a text.
    ///
    /// - Returns: `nil` when there is nothing but comments, or when `problems` has new errors.
    package static func document(
        _ source: SourceFile,
        id: FileID,
        options: LoadOptions = .manifest,
        problems: inout [Diagnostic]
    ) -> Node? {
        documents(source, id: id, options: options, problems: &problems).first
    }

    /// Reads every document of a text, in order; empty when there is an error.
    package static func documents(
        _ source: SourceFile,
        id: FileID,
        options: LoadOptions = .manifest,
        problems: inout [Diagnostic]
    ) -> [Node] {
        if let refusal = CharacterCheck.firstProblem(in: source, id: id) {
            problems.append(refusal)
            return []
        }
        let mark = source.bytes.starts(with: SourceFile.byteOrderMark) ? SourceFile.byteOrderMark.count : 0
        var found: [Diagnostic] = []
        let trees = unsafe source.bytes[mark...].withUnsafeBufferPointer { bytes in
            let events = unsafe EventReader(bytes, id: id)
            var composer = Composer(events: events, source: source, id: id, options: options)
            let trees = composer.documents()
            found = composer.problems
            return trees
        }
        problems += found
        return found.hasErrors ? [] : trees
    }
}

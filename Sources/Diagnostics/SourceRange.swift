/// A place in a text: 1-based line, 1-based column in code points.
package struct SourcePosition: Hashable, Comparable, Sendable {
    private let storedLine: Int32
    private let storedColumn: Int32

    package var line: Int { Int(storedLine) }
    package var column: Int { Int(storedColumn) }

    package init(line: Int, column: Int) {
        storedLine = Int32(clamping: line)
        storedColumn = Int32(clamping: column)
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
    }
}

/// From the first code point of something to the one after its last, in one file.
package struct SourceRange: Hashable, Sendable {
    package let file: FileID
    package let start: SourcePosition
    package let end: SourcePosition

    /// The range of what the program made itself.
    package static let none = SourceRange(
        file: .none,
        start: SourcePosition(line: 0, column: 0),
        end: SourcePosition(line: 0, column: 0)
    )

    package init(file: FileID, start: SourcePosition, end: SourcePosition) {
        self.file = file
        self.start = start
        self.end = end
    }

    package var isNone: Bool { file == .none }

    /// The first code point alone.
    package var startOnly: SourceRange { part(offset: 0, length: 1) }

    /// The part of this range that begins `offset` code points after its start and is `length` long.
    ///
    /// Meant for ranges within one line, such as a plain scalar's.
    package func part(offset: Int, length: Int) -> SourceRange {
        let first = SourcePosition(line: start.line, column: start.column + offset)
        return SourceRange(
            file: file,
            start: first,
            end: SourcePosition(line: first.line, column: first.column + length)
        )
    }
}

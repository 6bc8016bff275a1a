/// Which file of a `SourceTable` a range is in.
///
/// A small number and not a reference, because every node of a tree carries one.
package struct FileID: Hashable, Sendable {
    package let index: Int32

    /// The range of things that were made by the program and stand in no file.
    package static let none = FileID(index: -1)

    package init(index: Int32) { self.index = index }
}

/// One text that a person wrote, as it was read, with the path to show for it.
package struct SourceFile: Sendable {
    /// As the user would type it: relative to the project where the file is inside it.
    package let path: String
    package let bytes: [UInt8]
    /// Byte offsets at which each line begins; never empty. The first is behind a byte order mark.
    private let lineStarts: [Int]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0]
        let span = bytes.span
        for offset in span.indices where span[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    package init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// U+FEFF in UTF-8; at the start of a file it says that this is UTF-8, and takes no column.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package var lineCount: Int { lineStarts.count }

    /// The text of a line without its line break; empty when there is no such line.
    ///
    /// - Parameter number: 1-based.
    package func line(_ number: Int) -> String {
        guard number >= 1, number <= lineStarts.count else { return "" }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    /// Where a byte stands; columns count code points.
    package func position(ofByte offset: Int) -> SourcePosition {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let upTo = min(offset, bytes.count)
        let before = bytes[lineStarts[low]..<max(lineStarts[low], upTo)]
        // Continuation bytes are not the start of a code point.
        let column = before.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return SourcePosition(line: low + 1, column: column)
    }
}

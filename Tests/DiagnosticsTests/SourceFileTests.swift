import Diagnostics
import Testing

@Suite struct `Finding places in a text` {
    @Test func `lines are counted from one and come without their ends`() {
        let file = SourceFile(path: "x", text: "a\nb\r\n\nc")
        #expect(file.lineCount == 4)
        #expect((0...5).map(file.line) == ["", "a", "b", "", "c", ""])
        #expect(SourceFile(path: "x", text: "").lineCount == 1)
        #expect(SourceFile(path: "x", text: "a\n").line(2) == "")
    }

    @Test(arguments: [
        (0, 1, 1), (1, 1, 2), (2, 2, 1), (4, 2, 2), (5, 2, 3), (6, 3, 1), (10, 3, 2), (11, 3, 3), (99, 3, 3),
    ])
    func `a byte has a line and a column in code points`(offset: Int, line: Int, column: Int) {
        let file = SourceFile(path: "x", text: "a\néb\n😀c")
        #expect(file.position(ofByte: offset) == SourcePosition(line: line, column: column))
    }

    @Test func `a byte order mark takes no column`() {
        let file = SourceFile(path: "x", text: "\u{FEFF}ab\nc")
        #expect(file.line(1) == "ab")
        #expect(
            [0, 3, 4, 6].map(file.position)
                == [(1, 1), (1, 1), (1, 2), (2, 1)].map { SourcePosition(line: $0, column: $1) })
    }

    @Test func `bytes that are not UTF-8 still have a line to show`() {
        let file = SourceFile(path: "x", bytes: [0x61, 0xFF, 0x0A, 0x62])
        #expect(file.line(1) == "a\u{FFFD}")
        #expect(file.position(ofByte: 3) == SourcePosition(line: 2, column: 1))
    }

    @Test func `positions are ordered and a part of a range is counted from its start`() {
        let range = SourceRange(
            file: FileID(index: 3), start: SourcePosition(line: 2, column: 5), end: SourcePosition(line: 2, column: 20))
        let part = range.part(offset: 2, length: 4)
        #expect(part.start == SourcePosition(line: 2, column: 7))
        #expect(part.end == SourcePosition(line: 2, column: 11))
        #expect(part.file == FileID(index: 3))
        #expect(SourcePosition(line: 1, column: 9) < SourcePosition(line: 2, column: 1))
        #expect(SourcePosition(line: 2, column: 1) < SourcePosition(line: 2, column: 2))
    }

    @Test func `a table knows its files by number`() {
        var sources = SourceTable()
        let first = sources.add(SourceFile(path: "a.yaml", text: "x"))
        let second = sources.add(SourceFile(path: "b.yaml", text: "y"))
        #expect(sources[first]?.path == "a.yaml")
        #expect(sources[.none] == nil)
        #expect(sources[FileID(index: 9)] == nil)
        let position = SourcePosition(line: 1, column: 2)
        #expect(sources.location(of: SourceRange(file: second, start: position, end: position)) == "b.yaml:1:2")
        #expect(sources.location(of: .none) == nil)
        #expect(SourceRange.none.isNone)
    }
}

/// Every text that was read, so that a range can be shown again.
package struct SourceTable: Sendable {
    package private(set) var files: [SourceFile] = []
    private var numbers: [String: FileID] = [:]
    /// Stands before the path of every file that is added from now on: `v1.4.0:` for the files of a revision.
    package var prefix = ""

    package init() {}

    /// Takes a file in and gives the number that ranges name it by; the same one again for the same text.
    package mutating func add(_ file: SourceFile) -> FileID {
        let file = prefix.isEmpty ? file : SourceFile(path: prefix + file.path, bytes: file.bytes)
        if let known = numbers[file.path], files[Int(known.index)].bytes == file.bytes { return known }
        files.append(file)
        let id = FileID(index: Int32(files.count - 1))
        numbers[file.path] = id
        return id
    }

    package subscript(id: FileID) -> SourceFile? {
        id.index >= 0 && Int(id.index) < files.count ? files[Int(id.index)] : nil
    }

    /// `file:line:column`, or `nil` for a range that stands in no file.
    package func location(of range: SourceRange) -> String? {
        self[range.file].map { "\($0.path):\(range.start.line):\(range.start.column)" }
    }
}

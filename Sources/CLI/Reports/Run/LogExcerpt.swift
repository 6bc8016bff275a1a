import Diagnostics

/// The beginning and the end of what a step or its undo printed.
package struct LogExcerpt: Sendable {
    package let step: String
    package let isUndo: Bool
    /// Relative to the run's folder.
    package let path: String
    /// Bytes of the whole log.
    package let size: Int
    /// Text; lines that were left out are counted in one of its own.
    package let text: String

    /// Bytes that are kept of each end.
    private static let kept = 6_000

    package init(step: String, isUndo: Bool, path: String, bytes: [UInt8]) {
        self.step = step
        self.isUndo = isUndo
        self.path = path
        size = bytes.count
        guard bytes.count > 2 * Self.kept else {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        // Whole lines, where lines are not endless.
        let head = bytes.prefix(Self.kept)
        let tail = bytes.suffix(Self.kept)
        let begin = head.lastIndex(of: 0x0A).map { head[...$0] } ?? head
        let end = tail.firstIndex(of: 0x0A).map { tail[($0 + 1)...] } ?? tail
        let left = bytes.count - begin.count - end.count
        text =
            String(decoding: begin, as: UTF8.self) + "[… \(Wording.bytes(left)) left out …]\n"
            + String(decoding: end, as: UTF8.self)
    }
}

/// The end of an output, for a live display and for the message of a failure.
///
/// Only copies bytes while they pass by; lines are made when they are asked for.
struct LastLines: Sendable {
    /// Bytes that are kept; of a longer line only the end is shown.
    static let capacity = 16 * 1024

    private var recent: [UInt8] = []
    /// Something before the first kept byte is lost.
    private var isCut = false

    mutating func add(_ piece: [UInt8]) {
        if piece.count >= LastLines.capacity {
            isCut = isCut || !recent.isEmpty || piece.count > LastLines.capacity
            recent = Array(piece.suffix(LastLines.capacity))
            return
        }
        recent += piece
        // Trimmed at twice the capacity, so that many small pieces cost no more than one copy each.
        if recent.count > 2 * LastLines.capacity {
            recent.removeFirst(recent.count - LastLines.capacity)
            isCut = true
        }
    }

    /// At most `count` lines, oldest first, as a terminal may show them.
    ///
    /// - Parameter includingUnfinished: A last line without its end counts too.
    func lines(_ count: Int, includingUnfinished: Bool, allowsColour: Bool) -> [String] {
        var lines = OutputLines(allowsColour: allowsColour)
        var kept = recent[...]
        if isCut, let end = kept.firstIndex(of: 0x0A), end + 1 < kept.endIndex { kept = kept[(end + 1)...] }
        let complete = lines.feed(Array(kept))
        return Array((includingUnfinished ? complete + lines.finish() : complete).suffix(count))
    }
}

package import Host

/// The beginning of what a step printed, for the regular expressions of `expect`.
///
/// Not masked, because an expectation may be about a secret: it stays in memory and shows nothing of itself.
package struct OutputMatch: Sendable {
    /// Bytes of each stream that are kept.
    package static let limit = 1024 * 1024

    private var kept: [OutputStream: [UInt8]] = [:]
    private var cut: Set<OutputStream> = []

    package init() {}

    package mutating func add(_ bytes: [UInt8], from stream: OutputStream) {
        let room = OutputMatch.limit - kept[stream, default: []].count
        if bytes.count > room { cut.insert(stream) }
        if room > 0 { kept[stream, default: []] += bytes.prefix(room) }
    }

    /// What a stream printed, U+FFFD for what is not UTF-8.
    package func text(of stream: OutputStream) -> String { String(decoding: kept[stream] ?? [], as: UTF8.self) }

    /// Whether a stream printed more than is kept, so that a message can say so.
    package func isCut(_ stream: OutputStream) -> Bool { cut.contains(stream) }
}

extension OutputMatch: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private static let shown = "[redacted]"

    package var description: String { OutputMatch.shown }
    package var debugDescription: String { OutputMatch.shown }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

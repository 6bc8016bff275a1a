/// A value that nobody may read by accident: printing, dumping or interpolating it shows `[redacted]`.
package struct Secret: Hashable, Sendable {
    private let value: [UInt8]

    package init(_ value: [UInt8]) { self.value = value }

    package init(_ text: String) { value = Array(text.utf8) }

    /// The plain bytes, for the one place that hands them to a command or sends them.
    package func revealed() -> [UInt8] { value }

    package var isEmpty: Bool { value.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private static let shown = "[redacted]"

    package var description: String { Secret.shown }
    package var debugDescription: String { Secret.shown }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Cuts an output into lines that can be shown, as they become complete.
///
/// A line ends with LF, CRLF or a lone CR, so that each state of a progress bar is a line and none hides another;
/// empty lines that only a CR made are left out. A line without end is shown in parts of `longest` bytes.
package struct OutputLines: Sendable {
    /// Bytes.
    static let longest = 16 * 1024

    private let allowsColour: Bool
    private var unfinished: [UInt8] = []

    package init(allowsColour: Bool) { self.allowsColour = allowsColour }

    /// The lines that these bytes complete, as a terminal may show them (`TerminalText`), without their ends.
    package mutating func feed(_ piece: [UInt8]) -> [String] {
        var lines: [String] = []
        var rest = piece[...]
        while !rest.isEmpty {
            let part = rest.prefix(OutputLines.longest - unfinished.count)
            if let end = part.firstIndex(where: { !TerminalText.isPlain($0) }), part[end] == 0x0A, unfinished.isEmpty {
                // The usual line: all of it is here, and nothing in it is special.
                lines.append(String(decoding: part[..<end], as: UTF8.self))
                rest = rest[(end + 1)...]
            } else if let end = part.firstIndex(of: 0x0A) {
                unfinished += part[..<end]
                lines += takeLine(isComplete: true)
                rest = rest[(end + 1)...]
            } else {
                unfinished += part
                rest = rest[part.endIndex...]
                if unfinished.count == OutputLines.longest { lines += takeLine(isComplete: false) }
            }
        }
        return lines
    }

    /// A last line that has no end.
    package mutating func finish() -> [String] { unfinished.isEmpty ? [] : takeLine(isComplete: true) }

    private mutating func takeLine(isComplete: Bool) -> [String] {
        defer { unfinished = [] }
        let parts = unfinished.split { $0 == 0x0D }
        if parts.isEmpty { return isComplete ? [""] : [] }
        return parts.map { TerminalText.shown(Array($0), allowsColour: allowsColour) }
    }
}

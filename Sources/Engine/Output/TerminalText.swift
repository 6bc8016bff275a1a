/// Makes foreign text harmless for a terminal, which then shows it and does not obey it.
///
/// Control characters are spelled `^[`, invisible and bidirectional ones `<U+202E>`, bytes that are not UTF-8 become
/// U+FFFD. Tabs and line breaks stay; a carriage return that does not end a line is spelled, so that nothing can be
/// overwritten. Colours (SGR sequences without concealment or blinking) pass if allowed, and end with their line.
package struct TerminalText: Sendable {
    private let allowsColour: Bool
    private var sequence = UTF8Sequence()
    /// The bytes after an escape character that may be a colour; `nil` outside.
    private var escape: [UInt8]?
    private var isAfterReturn = false
    private var isColoured = false
    private var shown: [UInt8] = []

    package init(allowsColour: Bool) { self.allowsColour = allowsColour }

    /// A whole text at once.
    package static func shown(_ bytes: [UInt8], allowsColour: Bool) -> String {
        var text = TerminalText(allowsColour: allowsColour)
        return text.feed(bytes) + text.finish()
    }

    /// What can be shown so far; at most an unfinished character, colour or line break is held back.
    package mutating func feed(_ piece: [UInt8]) -> String {
        shown.reserveCapacity(piece.count)
        var index = 0
        while index < piece.count {
            let end = isBetweenCharacters ? endOfPlain(piece, from: index) : index
            if end > index {
                shown += piece[index..<end]
                index = end
            } else if take(piece[index]) {
                index += 1
            }
        }
        defer { shown.removeAll() }
        return String(decoding: shown, as: UTF8.self)
    }

    /// The rest. The next `feed` begins a new text.
    package mutating func finish() -> String {
        if sequence.isInside { replace() }
        if isAfterReturn { spell(0x0D) }
        giveUpEscape()
        endColour()
        let rest = String(decoding: shown, as: UTF8.self)
        self = TerminalText(allowsColour: allowsColour)
        return rest
    }

    private var isBetweenCharacters: Bool { !sequence.isInside && escape == nil && !isAfterReturn }

    /// A printable ASCII character.
    static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte <= 0x7E }

    private func endOfPlain(_ piece: [UInt8], from start: Int) -> Int {
        piece[start...].firstIndex { !TerminalText.isPlain($0) } ?? piece.count
    }

    /// Returns whether the byte was used; otherwise it is offered again.
    private mutating func take(_ byte: UInt8) -> Bool {
        if isAfterReturn {
            isAfterReturn = false
            if byte != 0x0A { spell(0x0D) }
            return false
        }
        if let begun = escape { return continueEscape(begun, byte) }
        switch sequence.take(byte) {
        case .incomplete: return true
        case .complete(let scalar): show(scalar)
        case .invalid: replace()
        case .interrupted:
            replace()
            return false
        }
        return true
    }

    private mutating func show(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x0A:
            endColour()
            shown.append(0x0A)
        case 0x0D: isAfterReturn = true
        case 0x1B where allowsColour: escape = []
        case 0x09, 0x20...0x7E: shown.append(UInt8(scalar.value))
        case 0x00...0x7F: spell(UInt8(scalar.value))
        default:
            if TerminalText.isConcealed(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                shown += Array("<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>".utf8)
            } else if let bytes = UTF8.encode(scalar) {
                shown.append(contentsOf: bytes)
            }
        }
    }

    private mutating func spell(_ control: UInt8) { shown += [UInt8(ascii: "^"), control ^ 0x40] }

    private mutating func replace() {
        sequence = UTF8Sequence()
        shown += Array("\u{FFFD}".utf8)
    }

    /// C1 controls, bidirectional controls, everything of no width, line and paragraph separators, tags.
    private static func isConcealed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}

// Colours.
extension TerminalText {
    private static let longestColour = 32

    private mutating func continueEscape(_ begun: [UInt8], _ byte: UInt8) -> Bool {
        let sequence = begun + [byte]
        switch byte {
        case UInt8(ascii: "[") where begun.isEmpty: escape = sequence
        case UInt8(ascii: "0")...UInt8(ascii: ";") where !begun.isEmpty && begun.count < TerminalText.longestColour:
            escape = sequence
        case UInt8(ascii: "m") where !begun.isEmpty:
            guard let colours = Colours(begun.dropFirst()) else { fallthrough }
            escape = nil
            shown += [0x1B] + sequence
            isColoured = !colours.isReset
        default:
            giveUpEscape()
            return false
        }
        return true
    }

    private mutating func giveUpEscape() {
        guard let begun = escape else { return }
        escape = nil
        spell(0x1B)
        shown += begun
    }

    private mutating func endColour() {
        guard isColoured else { return }
        isColoured = false
        shown += Array("\u{1B}[0m".utf8)
    }
}

/// The parameters of an SGR sequence (ECMA-48, 8.3.117) that changes nothing but colour and weight.
private struct Colours {
    let isReset: Bool

    /// `nil` when there is anything else in it, such as concealed or blinking text.
    init?(_ parameters: ArraySlice<UInt8>) {
        let groups = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Colours.number) }
        var rest = groups[...]
        while let group = rest.popFirst() {
            switch group[0] {
            case 0...4, 7, 9, 21...24, 27, 29, 39, 49, 30...37, 40...47, 90...97, 100...107: continue
            case 38, 48:
                guard group.count == 1 else { continue }
                switch rest.popFirst()?[0] {
                case 5: rest = rest.dropFirst(1)
                case 2: rest = rest.dropFirst(3)
                default: return nil
                }
            default: return nil
            }
        }
        isReset = groups.allSatisfy { $0 == [0] }
    }

    /// An empty parameter is zero.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { min($0 * 10 + Int($1 &- UInt8(ascii: "0")), 1_000) }
    }
}

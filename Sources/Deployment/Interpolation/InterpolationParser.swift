/// Finds the variables of one text, over its bytes.
///
/// Where a braced reference ends is what Compose makes of it: braces are counted, the code point behind an opening one
/// is passed over, a default ends on its line, and when the count never returns to zero the line's last brace ends it.
struct InterpolationParser {
    private(set) var problems: [InterpolationProblem] = []
    private let bytes: [UInt8]
    private let isASCII: Bool

    /// References inside references, at most.
    static let deepest = 64

    init(_ text: String) {
        bytes = Array(text.utf8)
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    mutating func parse() -> InterpolatedText { parse(0..<bytes.count, depth: 0) }

    private mutating func parse(_ range: Range<Int>, depth: Int) -> InterpolatedText {
        var pieces: [InterpolatedText.Piece] = []
        var pending: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte == Self.dollar, index + 1 < range.upperBound else {
                pending.append(byte)
                index += 1
                continue
            }
            let next = bytes[index + 1]
            if next == Self.dollar {
                pending.append(Self.dollar)
                index += 2
            } else if Self.beginsName(next) {
                let end = endOfName(index + 1, in: range)
                flush(&pending, into: &pieces)
                pieces.append(.reference(reference(name: index + 1..<end, at: index..<end)))
                index = end
            } else if next == Self.openBrace {
                guard let braced = braced(at: index, in: range, depth: depth) else {
                    problems.append(
                        InterpolationProblem(
                            depth < Self.deepest ? .malformed : .tooDeep, offset: offset(of: index),
                            length: malformedLength(index, range)))
                    index += 2
                    continue
                }
                flush(&pending, into: &pieces)
                pieces.append(.reference(braced.reference))
                index = braced.end
            } else {
                pending.append(byte)
                index += 1
            }
        }
        flush(&pending, into: &pieces)
        return InterpolatedText(pieces)
    }

    private mutating func braced(
        at start: Int, in range: Range<Int>, depth: Int
    ) -> (reference: VariableReference, end: Int)? {
        let nameStart = start + 2
        guard depth < Self.deepest, nameStart < range.upperBound, Self.beginsName(bytes[nameStart]) else { return nil }
        let nameEnd = endOfName(nameStart, in: range)
        guard nameEnd < range.upperBound else { return nil }
        if bytes[nameEnd] == Self.closeBrace {
            return (reference(name: nameStart..<nameEnd, at: start..<nameEnd + 1), nameEnd + 1)
        }
        guard let (operation, argumentStart) = operation(at: nameEnd, in: range),
            let end = endOfBraces(start, argumentStart, in: range)
        else { return nil }
        let argument = parse(argumentStart..<end, depth: depth + 1)
        return (
            reference(name: nameStart..<nameEnd, at: start..<end + 1, operation, argument),
            end + 1
        )
    }

    private func operation(
        at index: Int, in range: Range<Int>
    ) -> (operation: VariableReference.Operation, end: Int)? {
        let hasColon = bytes[index] == UInt8(ascii: ":")
        let sign = hasColon ? index + 1 : index
        guard sign < range.upperBound else { return nil }
        let operation: VariableReference.Operation
        switch bytes[sign] {
        case UInt8(ascii: "-"): operation = hasColon ? .defaultWhenEmpty : .defaultWhenUnset
        case UInt8(ascii: "?"): operation = hasColon ? .requiredWhenEmpty : .requiredWhenUnset
        case UInt8(ascii: "+"): operation = hasColon ? .replacedWhenFilled : .replacedWhenSet
        default: return nil
        }
        return (operation, sign + 1)
    }

    /// Where the brace stands that closes the reference beginning at `start`.
    private func endOfBraces(_ start: Int, _ argumentStart: Int, in range: Range<Int>) -> Int? {
        var last: Int?
        var index = argumentStart
        while index < range.upperBound, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == Self.closeBrace { last = index }
            index += 1
        }
        guard let last else { return nil }
        var open = 0
        index = start
        while index <= last {
            if bytes[index] == Self.closeBrace {
                open -= 1
                if open == 0 { return index }
            } else if bytes[index] == Self.openBrace {
                open += 1
                index += 1
            }
            index += 1
        }
        return last
    }

    private func endOfName(_ start: Int, in range: Range<Int>) -> Int {
        var index = start
        while index < range.upperBound, Self.continuesName(bytes[index]) { index += 1 }
        return index
    }

    private func reference(
        name: Range<Int>,
        at place: Range<Int>,
        _ operation: VariableReference.Operation? = nil,
        _ argument: InterpolatedText? = nil
    ) -> VariableReference {
        let start = offset(of: place.lowerBound)
        return VariableReference(
            name: String(decoding: bytes[name], as: UTF8.self),
            operation: operation,
            argument: argument,
            offset: start,
            length: offset(of: place.upperBound) - start
        )
    }

    private func flush(_ pending: inout [UInt8], into pieces: inout [InterpolatedText.Piece]) {
        guard !pending.isEmpty else { return }
        pieces.append(.text(String(decoding: pending, as: UTF8.self)))
        pending.removeAll(keepingCapacity: true)
    }

    /// Code points before a byte.
    private func offset(of byte: Int) -> Int {
        if isASCII { return byte }
        var count = 0
        for index in 0..<byte where bytes[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// Up to the next brace or blank, so that carets stand under what is wrong.
    private func malformedLength(_ start: Int, _ range: Range<Int>) -> Int {
        var end = start + 2
        while end < range.upperBound, bytes[end] > 0x20, bytes[end] != Self.closeBrace { end += 1 }
        if end < range.upperBound, bytes[end] == Self.closeBrace { end += 1 }
        return offset(of: end) - offset(of: start)
    }

    private static let dollar = UInt8(ascii: "$")
    private static let openBrace = UInt8(ascii: "{")
    private static let closeBrace = UInt8(ascii: "}")

    private static func beginsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        beginsName(byte) || (byte >= 0x30 && byte <= 0x39)
    }
}

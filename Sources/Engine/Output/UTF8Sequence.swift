/// Reads UTF-8 a byte at a time (RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF).
struct UTF8Sequence: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case complete(Unicode.Scalar)
        /// More bytes are needed.
        case incomplete
        /// The byte cannot begin a sequence.
        case invalid
        /// The bytes before this one are no sequence; this one is still to be taken.
        case interrupted
    }

    private var remaining = 0
    private var value: UInt32 = 0
    /// What the next byte may be.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    var isInside: Bool { remaining > 0 }

    mutating func take(_ byte: UInt8) -> Step {
        if remaining == 0 { return begin(byte) }
        guard allowed.contains(byte) else {
            remaining = 0
            return .interrupted
        }
        allowed = 0x80...0xBF
        value = value << 6 | UInt32(byte & 0x3F)
        remaining -= 1
        if remaining > 0 { return .incomplete }
        guard let scalar = Unicode.Scalar(value) else {
            preconditionFailure("the ranges leave no surrogates and nothing too large")
        }
        return .complete(scalar)
    }

    private mutating func begin(_ byte: UInt8) -> Step {
        switch byte {
        case ..<0x80: return .complete(Unicode.Scalar(byte))
        case 0xC2...0xDF: (remaining, value, allowed) = (1, UInt32(byte & 0x1F), 0x80...0xBF)
        case 0xE0: (remaining, value, allowed) = (2, 0, 0xA0...0xBF)
        case 0xED: (remaining, value, allowed) = (2, 0xD, 0x80...0x9F)
        case 0xE1...0xEF: (remaining, value, allowed) = (2, UInt32(byte & 0x0F), 0x80...0xBF)
        case 0xF0: (remaining, value, allowed) = (3, 0, 0x90...0xBF)
        case 0xF1...0xF3: (remaining, value, allowed) = (3, UInt32(byte & 0x07), 0x80...0xBF)
        case 0xF4: (remaining, value, allowed) = (3, 4, 0x80...0x8F)
        default: return .invalid
        }
        return .incomplete
    }
}

/// Whether a text that arrives in pieces is UTF-8.
struct UTF8Check: Sendable {
    private var sequence = UTF8Sequence()
    private var isBroken = false

    /// Whether anything so far is not UTF-8. Once the text is complete, an unfinished sequence counts too.
    func isLossy(atEnd: Bool) -> Bool { isBroken || (atEnd && sequence.isInside) }

    mutating func feed(_ piece: [UInt8]) {
        guard !isBroken else { return }
        var index = 0
        while index < piece.count, sequence.isInside, !isBroken { take(piece, &index) }
        // The standard library checks whole characters fastest; the last one may go on in the next piece.
        let end = max(index, piece.lastIndex { $0 & 0xC0 != 0x80 } ?? piece.count)
        guard !isBroken else { return }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: piece.span.extracting(index..<end))
        } catch {
            isBroken = true
        }
        index = end
        while index < piece.count, !isBroken { take(piece, &index) }
    }

    private mutating func take(_ piece: [UInt8], _ index: inout Int) {
        switch sequence.take(piece[index]) {
        case .complete, .incomplete: index += 1
        case .invalid, .interrupted: isBroken = true
        }
    }
}

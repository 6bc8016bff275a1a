extension PathPattern {
    /// A text that is no pattern, and where it stops being one.
    package struct SyntaxError: Error, Hashable, Sendable {
        /// Lower case, to follow `the path …`.
        package let message: String
        /// Code points before the mistake.
        package let offset: Int
        /// Code points of the mistake; at least 1.
        package let length: Int
    }

    package init(_ text: String) throws(SyntaxError) {
        var parser = PathPatternParser(text)
        self.init(parts: try parser.parts(), text: text)
    }
}

/// Reads a pattern from left to right, code point by code point.
private struct PathPatternParser {
    private let scalars: [Unicode.Scalar]
    private var offset = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func parts() throws(PathPattern.SyntaxError) -> [PathPattern.Part] {
        var parts: [PathPattern.Part] = []
        if scalars.isEmpty { throw error("is empty") }
        if scalars == ["."] { return [] }
        while offset < scalars.count {
            if peek == "[" {
                parts.append(try selector())
            } else {
                parts.append(try segment())
            }
            guard offset < scalars.count else { break }
            if peek == "[" { continue }
            guard peek == "." else { throw error("needs a `.` or `[` here") }
            offset += 1
            if offset == scalars.count { throw error("ends with a `.`", at: offset - 1) }
            if peek == "[" { throw error("needs no `.` before a `[`", at: offset - 1) }
        }
        return parts
    }

    private var peek: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    private func error(_ message: String, at place: Int? = nil, length: Int = 1) -> PathPattern.SyntaxError {
        PathPattern.SyntaxError(message: message, offset: place ?? offset, length: max(1, length))
    }

    // MARK: - Keys

    private mutating func segment() throws(PathPattern.SyntaxError) -> PathPattern.Part {
        let start = offset
        if peek == "." { throw error("has an empty segment") }
        if peek == "]" { throw error("has a `]` without its `[`") }
        let (glob, isBare) = try glob(until: [".", "[", "]"])
        guard isBare else { return .key(glob) }
        switch scalars[start..<offset].filter({ $0 == "*" }).count {
        case 1 where offset - start == 1: return .anySegment
        case 2 where offset - start == 2: return .anyDepth
        default:
            if let stars = doubledStar(in: start..<offset) {
                throw error("has `**` beside other characters; it stands alone", at: stars, length: 2)
            }
            return .key(glob)
        }
    }

    private func doubledStar(in range: Range<Int>) -> Int? {
        range.dropLast().first { scalars[$0] == "*" && scalars[$0 + 1] == "*" }
    }

    // MARK: - Selectors

    private mutating func selector() throws(PathPattern.SyntaxError) -> PathPattern.Part {
        let start = offset
        offset += 1
        if peek == "]" { throw error("has an empty `[]`", at: start, length: 2) }
        if let part = wholeSelector() { return part }
        var pairs: [PathPattern.Pair] = []
        var occurrence: Int?
        while true {
            pairs.append(try pair(start))
            if peek == "#" { occurrence = try ordinal() }
            switch peek {
            case "]":
                offset += 1
                return .item(pairs, occurrence: occurrence)
            case "," where occurrence == nil: offset += 1
            case nil: throw error("has a `[` without its `]`", at: start)
            default: throw error("needs a `]` here")
            }
        }
    }

    /// `[*]` or `[12]`; `nil`, and nothing read, for anything else.
    private mutating func wholeSelector() -> PathPattern.Part? {
        guard let end = scalars[offset...].firstIndex(of: "]") else { return nil }
        let inside = scalars[offset..<end]
        if inside.elementsEqual(["*"]) {
            offset = end + 1
            return .anyItem
        }
        guard inside.allSatisfy({ ("0"..."9").contains($0) }),
            let place = Int(String(String.UnicodeScalarView(inside)))
        else { return nil }
        offset = end + 1
        return .position(place)
    }

    private mutating func pair(_ start: Int) throws(PathPattern.SyntaxError) -> PathPattern.Pair {
        let keyStart = offset
        if peek == "=" || peek == "#" { throw error("has nothing before this sign, where a name is needed") }
        let (first, _) = try glob(until: ["=", ",", "#", "]"], open: start)
        guard peek == "=" else { return PathPattern.Pair(key: nil, value: first) }
        guard let key = first.literal else {
            throw error("has a `*` in the key of a selector", at: keyStart, length: offset - keyStart)
        }
        offset += 1
        let (value, _) = try glob(until: [",", "#", "]"], open: start)
        return PathPattern.Pair(key: key, value: value)
    }

    /// `#2`, the second of several; 0-based when read.
    private mutating func ordinal() throws(PathPattern.SyntaxError) -> Int {
        let start = offset
        offset += 1
        var digits = ""
        while let scalar = peek, ("0"..."9").contains(scalar) {
            digits.unicodeScalars.append(scalar)
            offset += 1
        }
        guard let number = Int(digits), number >= 1 else {
            throw error("needs a number from 1 behind `#`", at: start, length: offset - start)
        }
        return number - 1
    }

    // MARK: - Texts

    /// Text up to one of `ends`, quoted or bare.
    ///
    /// - Parameter open: where the selector around it begins, for the message about a missing `]`.
    private mutating func glob(
        until ends: [Unicode.Scalar], open: Int? = nil
    ) throws(PathPattern.SyntaxError) -> (Glob, isBare: Bool) {
        if let quote = peek, quote == "\"" || quote == "'" { return (Glob(exactly: try quoted(quote)), false) }
        var pieces = [""]
        let start = offset
        while let scalar = peek, !ends.contains(scalar) {
            switch scalar {
            case "*": pieces.append("")
            case "\"", "'": throw error("has a quote inside a name; quote the whole name")
            case " ", "\t": throw error("has a blank; quote the name it belongs to")
            default: pieces[pieces.count - 1].unicodeScalars.append(scalar)
            }
            offset += 1
        }
        if offset == start {
            if peek == nil, let open { throw error("has a `[` without its `]`", at: open) }
            throw error("has nothing here, where a name is needed")
        }
        return (Glob(pieces: pieces), true)
    }

    /// A quoted text: in single quotes as it is, in double quotes with JSON's escapes.
    private mutating func quoted(_ quote: Unicode.Scalar) throws(PathPattern.SyntaxError) -> String {
        let start = offset
        offset += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            offset += 1
            if scalar == quote { return String(text) }
            text.append(scalar == "\\" && quote == "\"" ? try escaped() : scalar)
        }
        throw error("has a quote without its end", at: start)
    }

    private mutating func escaped() throws(PathPattern.SyntaxError) -> Unicode.Scalar {
        let start = offset - 1
        guard let scalar = peek else { throw error("ends with a `\\`", at: start) }
        offset += 1
        switch scalar {
        case "\"", "\\", "/": return scalar
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let digits = scalars[offset..<min(offset + 4, scalars.count)]
            guard digits.count == 4, let number = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
                let result = Unicode.Scalar(number)
            else { throw error("has a `\\u` without four hexadecimal digits", at: start, length: 2) }
            offset += 4
            return result
        default: throw error("has an unknown escape `\\\(scalar)`", at: start, length: 2)
        }
    }
}

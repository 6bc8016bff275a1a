/// JSON (RFC 8259) to tree, strictly: one value, no key twice, no lone surrogates, at most 256 levels.
///
/// Twice as deep as a manifest may be, because a record holds parts of manifests. Nodes have no ranges: this reads what the program itself has written. People's JSON files are read as YAML.
package struct JSONReader {
    private let bytes: [UInt8]
    private var index = 0

    /// Why a text is not JSON. Offsets are in bytes from the start.
    package struct Failure: Error, Hashable, Sendable {
        package let offset: Int
        package let expected: String

        package init(offset: Int, expected: String) {
            self.offset = offset
            self.expected = expected
        }
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func read(_ bytes: [UInt8]) throws(Failure) -> Node {
        var reader = JSONReader(bytes)
        let node = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.index == bytes.count else { throw reader.failure("the end") }
        return node
    }

    private static let deepest = 256

    private mutating func value(depth: Int) throws(Failure) -> Node {
        skipBlanks()
        guard index < bytes.count else { throw failure("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < Self.deepest else { throw failure("at most \(Self.deepest) levels") }
            return bytes[index] == UInt8(ascii: "{") ? try object(depth: depth) : try array(depth: depth)
        case UInt8(ascii: "\""): return Node.string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean)
        case UInt8(ascii: "f"): return try word("false", .boolean)
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> Node {
        index += 1
        var mapping = Mapping()
        skipBlanks()
        if take(UInt8(ascii: "}")) { return Node(.mapping(mapping)) }
        while true {
            skipBlanks()
            let start = index
            let key = try string()
            guard mapping.index(of: key) == nil else { throw Failure(offset: start, expected: "each key once") }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw failure("`:`") }
            mapping.append(Mapping.Entry(key: key, value: try value(depth: depth + 1)))
            skipBlanks()
            if take(UInt8(ascii: "}")) { return Node(.mapping(mapping)) }
            guard take(UInt8(ascii: ",")) else { throw failure("`,` or `}`") }
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> Node {
        index += 1
        var items: [Node] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .sequence(items) }
        while true {
            items.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .sequence(items) }
            guard take(UInt8(ascii: ",")) else { throw failure("`,` or `]`") }
        }
    }

    private mutating func string() throws(Failure) -> String {
        guard take(UInt8(ascii: "\"")) else { throw failure("a string") }
        var text = try unescapedPart()
        while !take(UInt8(ascii: "\"")) {
            text.unicodeScalars.append(try escape())
            text += try unescapedPart()
        }
        return text
    }

    /// What comes before the next escape or closing quote; one of the two follows.
    private mutating func unescapedPart() throws(Failure) -> String {
        let start = index
        var isASCII = true
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
            guard bytes[index] >= 0x20 else { throw failure("an escape instead of a control character") }
            isASCII = isASCII && bytes[index] < 0x80
            index += 1
        }
        guard index < bytes.count else { throw failure("`\"`") }
        if isASCII { return String(decoding: bytes[start..<index], as: UTF8.self) }
        do {
            return String(copying: try UTF8Span(validating: bytes.span.extracting(start..<index)))
        } catch {
            throw Failure(offset: start + error.byteOffsets.lowerBound, expected: "UTF-8")
        }
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        let start = index
        guard index + 1 < bytes.count else { throw failure("an escape") }
        index += 2
        switch bytes[index - 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw Failure(offset: start, expected: "one of the escapes of JSON")
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(Failure) -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try fourDigits()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw Failure(offset: start, expected: "a pair of surrogates")
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for offset in index..<(index + 4) {
            guard offset < bytes.count, let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue else {
                throw failure("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        index += 4
        return value
    }

    private mutating func word(_ word: String, _ kind: Scalar.Kind) throws(Failure) -> Node {
        guard bytes[index...].starts(with: word.utf8) else { throw failure("a value") }
        index += word.utf8.count
        return Node(.scalar(Scalar(word, kind: kind)))
    }

    private mutating func number() throws(Failure) -> Node {
        let start = index
        let isNegative = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits(expected: isNegative ? "a digit" : "a value") }
        var kind = Scalar.Kind.integer
        if take(UInt8(ascii: ".")) {
            kind = .float
            try digits(expected: "a digit")
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            kind = .float
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits(expected: "a digit")
        }
        return Node(.scalar(Scalar(String(decoding: bytes[start..<index], as: UTF8.self), kind: kind)))
    }

    private mutating func digits(expected: String) throws(Failure) {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        if index == start { throw failure(expected) }
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private func failure(_ expected: String) -> Failure { Failure(offset: index, expected: expected) }
}

/// Tree to JSON (RFC 8259), keys in the order of the tree.
///
/// What a terminal would obey (C1, bidirectional marks) is escaped as control characters are.
package struct JSONWriter {
    /// UTF-8: appending to an array of bytes takes a third of the time that appending to a string does.
    private var output: [UInt8] = []
    /// Whether there are line breaks and indentation.
    private let isIndented: Bool
    private let dollars: DollarDoubling

    private init(isIndented: Bool, dollars: DollarDoubling = .nowhere) {
        self.isIndented = isIndented
        self.dollars = dollars
    }

    /// One line without a line break at its end: a journal's form.
    package static func line(_ node: Node) -> String { String(decoding: bytes(of: node), as: UTF8.self) }

    /// The UTF-8 of `line`.
    package static func bytes(of node: Node) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.write(node, 0)
        return writer.output
    }

    /// Writes entries behind those that an object on one line has already, each with a comma in front.
    package static func append(_ mapping: Mapping, to output: inout [UInt8]) {
        var writer = JSONWriter(isIndented: false)
        swap(&writer.output, &output)
        if !mapping.isEmpty { writer.put(",") }
        writer.write(mapping.entries, 0)
        swap(&writer.output, &output)
    }

    /// Indented by two, ends with a line break: a document's form.
    package static func document(_ node: Node) -> String { String(decoding: bytes(ofDocument: node), as: UTF8.self) }

    /// The UTF-8 of `document`.
    package static func bytes(ofDocument node: Node) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.write(node, 0)
        writer.put("\n")
        return writer.output
    }

    /// Writes a JSON string with its quotes behind what is there already.
    package static func append(quoted text: String, to output: inout [UInt8]) {
        var writer = JSONWriter(isIndented: false)
        swap(&writer.output, &output)
        writer.writeQuoted(text)
        swap(&writer.output, &output)
    }

    /// A JSON string with its quotes.
    package static func quoted(_ text: String) -> String {
        var output: [UInt8] = []
        append(quoted: text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    // MARK: - In parts

    /// A document of which one map, under a key of the top level, was written in parts.
    ///
    /// - Parameter parts: of `entries(_:)`, in order, none of them empty.
    package static func document(
        _ node: Node, with parts: [[UInt8]], under key: String, doubling dollars: DollarDoubling
    ) -> String {
        var writer = JSONWriter(isIndented: true, dollars: dollars)
        writer.put("{")
        var isFirst = true
        for entry in node.mapping?.entries ?? [] {
            writer.begin(entry.key, 2, isFirst: isFirst)
            isFirst = false
            guard entry.key == key else {
                writer.write(entry.value, 2)
                continue
            }
            writer.put("{")
            for (index, part) in parts.enumerated() {
                if index > 0 { writer.put(",") }
                writer.output += part
            }
            if !parts.isEmpty { writer.breakLine(2) }
            writer.put("}")
        }
        if !isFirst { writer.breakLine(0) }
        writer.put("}\n")
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// Entries of a map that stands under a key of a document's top level, with commas between them.
    package static func entries(_ entries: [Mapping.Entry], doubling dollars: DollarDoubling) -> [UInt8] {
        var writer = JSONWriter(isIndented: true, dollars: dollars)
        writer.write(entries, 4)
        return writer.output
    }

    // MARK: - Values

    /// - Parameter indentation: of the line on which the value begins.
    private mutating func write(_ node: Node, _ indentation: Int) {
        switch node.value {
        case .scalar(let scalar):
            if scalar.kind == .string { writeQuoted(dollars.value(scalar.text)) } else { put(scalar.jsonText) }
        case .sequence(let items):
            put("[")
            let borrowed = items.span
            for index in borrowed.indices {
                if index > 0 { put(",") }
                breakLine(indentation + 2)
                write(borrowed[index], indentation + 2)
            }
            if !items.isEmpty { breakLine(indentation) }
            put("]")
        case .mapping(let mapping):
            put("{")
            write(mapping.entries, indentation + 2)
            if !mapping.isEmpty { breakLine(indentation) }
            put("}")
        }
    }

    private mutating func write(_ entries: [Mapping.Entry], _ indentation: Int) {
        let borrowed = entries.span
        for index in borrowed.indices {
            begin(borrowed[index].key, indentation, isFirst: index == 0)
            write(borrowed[index].value, indentation)
        }
    }

    private mutating func begin(_ key: String, _ indentation: Int, isFirst: Bool) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        breakLine(indentation)
        writeQuoted(dollars.key(key))
        output.append(UInt8(ascii: ":"))
        if isIndented { output.append(UInt8(ascii: " ")) }
    }

    private mutating func breakLine(_ indentation: Int) {
        guard isIndented else { return }
        output.append(UInt8(ascii: "\n"))
        for _ in 0..<indentation { output.append(UInt8(ascii: " ")) }
    }

    private mutating func writeQuoted(_ text: String) {
        output.append(UInt8(ascii: "\""))
        let isPlain = unsafe text.utf8.span.withUnsafeBytes { bytes in
            guard unsafe Self.isPlain(bytes) else { return false }
            unsafe output.append(contentsOf: bytes)
            return true
        }
        if !isPlain { for scalar in text.unicodeScalars { writeEscaped(scalar) } }
        output.append(UInt8(ascii: "\""))
    }

    /// Whether a text has nothing to escape, and nothing that may be.
    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        // Eight at a time: most of what is written are texts.
        while index + 8 <= bytes.count {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if hasSpecial(word) { return false }
            index += 8
        }
        while index < bytes.count {
            let byte = unsafe bytes[index]
            guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
                return false
            }
            index += 1
        }
        return true
    }

    /// Whether one of eight bytes is a control character, a quote, a backslash or no ASCII; DEL counts as one.
    ///
    /// https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
    private static func hasSpecial(_ word: UInt64) -> Bool {
        let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        func hasZero(_ value: UInt64) -> UInt64 { (value &- ones) & ~value & highs }
        let below = (word &- ones &* 0x20) & ~word & highs
        return below | word & highs | hasZero(word ^ ones &* 0x22) | hasZero(word ^ ones &* 0x5C)
            | hasZero(word ^ ones &* 0x7F) != 0
    }

    private mutating func writeEscaped(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": put("\\\"")
        case "\\": put("\\\\")
        case "\n": put("\\n")
        case "\r": put("\\r")
        case "\t": put("\\t")
        default:
            guard PlainText.needsEscape(scalar) else {
                put(String(scalar))
                return
            }
            let digits = String(scalar.value, radix: 16)
            put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
    }

    private mutating func put(_ text: String) {
        // In one piece: a string's own bytes go through an iterator otherwise.
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }
}

/// Tree to text: block style, two blanks of indentation, keys in the order of the tree.
///
/// The text means the same to YAML 1.1 readers (PyYAML) and 1.2 readers: strings that either would take for something
/// else are quoted, and numbers are written in the one form that both understand. Tags are not written: `!reset` and
/// `!override` are for the merge that comes before.
package struct YAMLWriter {
    /// UTF-8: appending to an array of bytes takes a third of the time that appending to a string does.
    private var output: [UInt8] = []

    private let keepsSpelling: Bool

    private init(keepsSpelling: Bool) { self.keepsSpelling = keepsSpelling }

    /// Ends with a line break.
    ///
    /// - Parameter keepingSpelling: whether numbers and booleans are written as they were (`0x1F`, `True`), for readers
    ///   of our own alone.
    package static func text(of node: Node, keepingSpelling: Bool = false) -> String {
        var writer = YAMLWriter(keepsSpelling: keepingSpelling)
        switch node.value {
        case .mapping(let mapping) where !mapping.isEmpty: writer.write(mapping, indentation: 0, startsLine: true)
        case .sequence(let items) where !items.isEmpty: writer.write(items, indentation: 0, startsLine: true)
        default:
            writer.writeInline(node, indentation: 0)
            writer.put("\n")
        }
        return String(decoding: writer.output, as: UTF8.self)
    }

    private mutating func write(_ mapping: Mapping, indentation: Int, startsLine: Bool) {
        var startsLine = startsLine
        for entry in mapping.entries {
            if startsLine { indent(indentation) }
            startsLine = true
            writeKey(entry.key, indentation: indentation)
            writeValue(entry.value, indentation: indentation)
        }
    }

    /// A key and its colon.
    private mutating func writeKey(_ key: String, indentation: Int) {
        let written = PlainText.isSafe(key) ? key : PlainText.quoted(key)
        if written.utf8.count > Self.longestSimpleKey {
            put("? ")
            put(written)
            put("\n")
            indent(indentation)
        } else {
            put(written)
        }
        put(":")
    }

    /// A reader may refuse a longer one without `? `: https://yaml.org/spec/1.2.2/#example-invalid-implicit-block-mapping-keys
    private static let longestSimpleKey = 1_000

    private mutating func write(_ items: [Node], indentation: Int, startsLine: Bool) {
        var startsLine = startsLine
        for item in items {
            if startsLine { indent(indentation) }
            startsLine = true
            put("-")
            switch item.value {
            case .mapping(let mapping) where !mapping.isEmpty:
                put(" ")
                write(mapping, indentation: indentation + 2, startsLine: false)
            case .sequence(let inner) where !inner.isEmpty:
                put(" ")
                write(inner, indentation: indentation + 2, startsLine: false)
            default:
                put(" ")
                writeInline(item, indentation: indentation)
                put("\n")
            }
        }
    }

    /// What follows a key and its colon, line break included.
    private mutating func writeValue(_ node: Node, indentation: Int) {
        switch node.value {
        case .mapping(let mapping) where !mapping.isEmpty:
            put("\n")
            write(mapping, indentation: indentation + 2, startsLine: true)
        case .sequence(let items) where !items.isEmpty:
            put("\n")
            write(items, indentation: indentation + 2, startsLine: true)
        default:
            put(" ")
            writeInline(node, indentation: indentation)
            put("\n")
        }
    }

    /// A scalar or an empty collection. A literal block is indented below `indentation`.
    private mutating func writeInline(_ node: Node, indentation: Int) {
        switch node.value {
        case .mapping: put("{}")
        case .sequence: put("[]")
        case .scalar(let scalar):
            guard scalar.kind == .string else {
                put(keepsSpelling && scalar.kind != .null ? scalar.text : scalar.canonicalText)
                return
            }
            if PlainText.isSafe(scalar.text) {
                put(scalar.text)
            } else if PlainText.fitsLiteralBlock(scalar.text) {
                writeBlock(scalar.text, indentation: indentation + 2)
            } else {
                put(PlainText.quoted(scalar.text))
            }
        }
    }

    /// A literal block without its last line break, which the caller writes.
    private mutating func writeBlock(_ text: String, indentation: Int) {
        var body = Substring(text)
        if body.hasSuffix("\n") {
            body = body.dropLast()
            put(body.hasSuffix("\n") ? "|+" : "|")
        } else {
            put("|-")
        }
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            put("\n")
            if !line.isEmpty {
                indent(indentation)
                put(line)
            }
        }
    }

    private mutating func indent(_ width: Int) {
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width))
    }

    private mutating func put(_ text: some StringProtocol) { output.append(contentsOf: text.utf8) }
}

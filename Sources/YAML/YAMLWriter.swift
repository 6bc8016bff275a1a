/// Tree to text: block style, two blanks of indentation, keys in the order of the tree.
///
/// The text means the same to YAML 1.1 readers (PyYAML) and 1.2 readers: strings that either would take for something
/// else are quoted, and numbers are written in the one form that both understand. Tags are not written: `!reset` and
/// `!override` are for the merge that comes before.
package struct YAMLWriter {
    /// UTF-8: appending to an array of bytes takes a third of the time that appending to a string does.
    private var output: [UInt8] = []

    private let keepsSpelling: Bool

    private let dollars: DollarDoubling

    private init(keepsSpelling: Bool, dollars: DollarDoubling = .nowhere) {
        self.keepsSpelling = keepsSpelling
        self.dollars = dollars
    }

    /// Ends with a line break.
    ///
    /// - Parameter keepingSpelling: whether numbers and booleans are written as they were (`0x1F`, `True`), for readers
    ///   of our own alone.
    package static func text(of node: Node, keepingSpelling: Bool = false) -> String {
        var writer = YAMLWriter(keepsSpelling: keepingSpelling)
        switch node.value {
        case .mapping(let mapping) where !mapping.isEmpty:
            writer.write(mapping.entries, indentation: 0, startsLine: true)
        case .sequence(let items) where !items.isEmpty: writer.write(items, indentation: 0, startsLine: true)
        default:
            writer.writeInline(node, indentation: 0)
            writer.put("\n")
        }
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// The same for a map of which the map under one key, never empty, was written in parts.
    ///
    /// - Parameter parts: of `entries(_:)`, in order.
    package static func text(
        of node: Node, with parts: [[UInt8]], under key: String, doubling dollars: DollarDoubling
    ) -> String {
        var writer = YAMLWriter(keepsSpelling: false, dollars: dollars)
        for entry in node.mapping?.entries ?? [] {
            writer.writeKey(entry.key, indentation: 0)
            guard entry.key == key else {
                writer.writeValue(entry.value, indentation: 0)
                continue
            }
            writer.put("\n")
            for part in parts { writer.output += part }
        }
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// Entries of a map that stands under a key of the top level.
    package static func entries(_ entries: [Mapping.Entry], doubling dollars: DollarDoubling) -> [UInt8] {
        var writer = YAMLWriter(keepsSpelling: false, dollars: dollars)
        writer.write(entries, indentation: 2, startsLine: true)
        return writer.output
    }

    private mutating func write(_ entries: [Mapping.Entry], indentation: Int, startsLine: Bool) {
        let borrowed = entries.span
        for index in borrowed.indices {
            if startsLine || index > 0 { indent(indentation) }
            writeKey(borrowed[index].key, indentation: indentation)
            writeValue(borrowed[index].value, indentation: indentation)
        }
    }

    /// A key and its colon.
    private mutating func writeKey(_ key: String, indentation: Int) {
        let key = dollars.key(key)
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
        for index in items.indices {
            if startsLine || index > 0 { indent(indentation) }
            put("-")
            switch items[index].value {
            case .mapping(let mapping) where !mapping.isEmpty:
                put(" ")
                write(mapping.entries, indentation: indentation + 2, startsLine: false)
            case .sequence(let inner) where !inner.isEmpty:
                put(" ")
                write(inner, indentation: indentation + 2, startsLine: false)
            default:
                put(" ")
                writeInline(items[index], indentation: indentation)
                put("\n")
            }
        }
    }

    /// What follows a key and its colon, line break included.
    private mutating func writeValue(_ node: Node, indentation: Int) {
        switch node.value {
        case .mapping(let mapping) where !mapping.isEmpty:
            put("\n")
            write(mapping.entries, indentation: indentation + 2, startsLine: true)
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
            let text = dollars.value(scalar.text)
            if PlainText.isSafe(text) {
                put(text)
            } else if PlainText.fitsLiteralBlock(text) {
                writeBlock(text, indentation: indentation + 2)
            } else {
                put(PlainText.quoted(text))
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

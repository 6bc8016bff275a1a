/// Tree to JSON (RFC 8259), keys in the order of the tree.
///
/// What a terminal would obey (C1, bidirectional marks) is escaped as control characters are.
package enum JSONWriter {
    /// One line without a line break at its end: a journal's form.
    package static func line(_ node: Node) -> String {
        var output: [UInt8] = []
        write(node, to: &output, indentation: nil)
        return String(decoding: output, as: UTF8.self)
    }

    /// Indented by two, ends with a line break: a document's form.
    package static func document(_ node: Node) -> String {
        var output: [UInt8] = []
        write(node, to: &output, indentation: 0)
        put("\n", to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// A JSON string with its quotes.
    package static func quoted(_ text: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + 2)
        writeQuoted(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private static func write(_ node: Node, to output: inout [UInt8], indentation: Int?) {
        switch node.value {
        case .scalar(let scalar):
            if scalar.kind == .string {
                writeQuoted(scalar.text, to: &output)
            } else {
                put(scalar.jsonText, to: &output)
            }
        case .sequence(let items):
            writeCollection("[", "]", items, to: &output, indentation) { item, output, inner in
                write(item, to: &output, indentation: inner)
            }
        case .mapping(let mapping):
            writeCollection("{", "}", mapping.entries, to: &output, indentation) { entry, output, inner in
                writeQuoted(entry.key, to: &output)
                put(inner == nil ? ":" : ": ", to: &output)
                write(entry.value, to: &output, indentation: inner)
            }
        }
    }

    private static func writeCollection<Item>(
        _ open: String,
        _ close: String,
        _ items: [Item],
        to output: inout [UInt8],
        _ indentation: Int?,
        _ writeItem: (Item, inout [UInt8], Int?) -> Void
    ) {
        put(open, to: &output)
        let inner = indentation.map { $0 + 2 }
        for (index, item) in items.enumerated() {
            if index > 0 { put(",", to: &output) }
            breakLine(inner, in: &output)
            writeItem(item, &output, inner)
        }
        if !items.isEmpty { breakLine(indentation, in: &output) }
        put(close, to: &output)
    }

    private static func breakLine(_ indentation: Int?, in output: inout [UInt8]) {
        guard let indentation else { return }
        put("\n", to: &output)
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
    }

    private static func writeQuoted(_ text: String, to output: inout [UInt8]) {
        put("\"", to: &output)
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 < 0x7F }) {
            put(text, to: &output)
        } else {
            for scalar in text.unicodeScalars { writeEscaped(scalar, to: &output) }
        }
        put("\"", to: &output)
    }

    private static func writeEscaped(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        switch scalar {
        case "\"": put("\\\"", to: &output)
        case "\\": put("\\\\", to: &output)
        case "\n": put("\\n", to: &output)
        case "\r": put("\\r", to: &output)
        case "\t": put("\\t", to: &output)
        default:
            guard PlainText.needsEscape(scalar) else {
                put(String(scalar), to: &output)
                return
            }
            let digits = String(scalar.value, radix: 16)
            put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits, to: &output)
        }
    }

    private static func put(_ text: String, to output: inout [UInt8]) { output.append(contentsOf: text.utf8) }
}

/// Tree to JSON (RFC 8259), keys in the order of the tree.
///
/// What a terminal would obey (C1, bidirectional marks) is escaped as control characters are.
package enum JSONWriter {
    /// One line without a line break at its end: a journal's form.
    package static func line(_ node: Node) -> String {
        var output = ""
        write(node, to: &output, indentation: nil)
        return output
    }

    /// Indented by two, ends with a line break: a document's form.
    package static func document(_ node: Node) -> String {
        var output = ""
        write(node, to: &output, indentation: 0)
        return output + "\n"
    }

    /// A JSON string with its quotes.
    package static func quoted(_ text: String) -> String {
        var output = ""
        output.reserveCapacity(text.utf8.count + 2)
        writeQuoted(text, to: &output)
        return output
    }

    private static func write(_ node: Node, to output: inout String, indentation: Int?) {
        switch node.value {
        case .scalar(let scalar):
            if scalar.kind == .string { writeQuoted(scalar.text, to: &output) } else { output += scalar.jsonText }
        case .sequence(let items):
            writeCollection("[", "]", items, to: &output, indentation) { item, output, inner in
                write(item, to: &output, indentation: inner)
            }
        case .mapping(let mapping):
            writeCollection("{", "}", mapping.entries, to: &output, indentation) { entry, output, inner in
                writeQuoted(entry.key, to: &output)
                output += inner == nil ? ":" : ": "
                write(entry.value, to: &output, indentation: inner)
            }
        }
    }

    private static func writeCollection<Item>(
        _ open: String,
        _ close: String,
        _ items: [Item],
        to output: inout String,
        _ indentation: Int?,
        _ writeItem: (Item, inout String, Int?) -> Void
    ) {
        output += open
        let inner = indentation.map { $0 + 2 }
        for (index, item) in items.enumerated() {
            if index > 0 { output += "," }
            breakLine(inner, in: &output)
            writeItem(item, &output, inner)
        }
        if !items.isEmpty { breakLine(indentation, in: &output) }
        output += close
    }

    private static func breakLine(_ indentation: Int?, in output: inout String) {
        guard let indentation else { return }
        output += "\n"
        for _ in 0..<indentation { output += " " }
    }

    private static func writeQuoted(_ text: String, to output: inout String) {
        output += "\""
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 < 0x7F }) {
            output += text
        } else {
            for scalar in text.unicodeScalars { writeEscaped(scalar, to: &output) }
        }
        output += "\""
    }

    private static func writeEscaped(_ scalar: Unicode.Scalar, to output: inout String) {
        switch scalar {
        case "\"": output += "\\\""
        case "\\": output += "\\\\"
        case "\n": output += "\\n"
        case "\r": output += "\\r"
        case "\t": output += "\\t"
        default:
            guard PlainText.needsEscape(scalar) else {
                output.unicodeScalars.append(scalar)
                return
            }
            let digits = String(scalar.value, radix: 16)
            output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}

import Diagnostics

/// What libyaml could not read, and where.
struct SyntaxProblem: Error {
    /// libyaml's words: `did not find expected key`.
    var said: String
    var range: SourceRange
    /// What it was reading, `while parsing a block mapping`, and where that began.
    var context: String?
    var contextRange: SourceRange

    func diagnostic(in source: SourceFile) -> Diagnostic {
        // libyaml counts one more line at the end of a text whose last line has no end.
        if range.start.line > source.lineCount {
            let end = source.position(ofByte: source.bytes.count)
            var atEnd = self
            atEnd.range = SourceRange(file: range.file, start: end, end: end)
            return atEnd.diagnostic(in: source)
        }
        let message =
            if said == "found incompatible YAML document" {
                "`\(directive(in: source))` is not a version that can be read"
            } else {
                "not valid YAML: \(said)" + (context.map { " \($0)" } ?? "")
            }
        var related: [Diagnostic.Related] = []
        if let context, contextRange.start.line < range.start.line {
            let thing = context.hasPrefix("while ") ? context.drop { $0 != " " }.dropFirst() : Substring(context)
            related = [Diagnostic.Related(range: contextRange, label: "began \(thing) here")]
        }
        return Diagnostic(message, at: range, related: related, expected: expected(in: source))
    }

    private func expected(in source: SourceFile) -> String {
        switch said {
        case "found character that cannot start any token":
            switch character(in: source) {
            case "\t": "blanks, as a tab does not indent in YAML"
            case let character?: "quotes around a value that begins with `\(character)`"
            case nil: "a value"
            }
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "blanks, as a tab does not indent in YAML"
        case "mapping values are not allowed in this context":
            "quotes around a value that contains `: `, or the key on a line of its own"
        case "could not find expected ':'": "a key followed by `:` and a blank"
        case "did not find expected key": "a key that is indented like the others of its map"
        case "did not find expected '-' indicator": "`- `, indented like the other items of its list"
        case "block sequence entries are not allowed in this context": "`- ` on a line of its own, below the key"
        case "did not find expected ',' or ']'": "`,` or `]`"
        case "did not find expected ',' or '}'": "`,` or `}`"
        case "found unexpected end of stream": "the closing quote"
        case "found unknown escape character": "an escape such as `\\n` or `\\\\`, or single quotes around the value"
        case "found incompatible YAML document": "`%YAML 1.2`, or no such line"
        case "found undefined tag handle": "no tag"
        default: "YAML 1.2"
        }
    }

    private func character(in source: SourceFile) -> Unicode.Scalar? {
        source.line(range.start.line).unicodeScalars.dropFirst(range.start.column - 1).first
    }

    /// `%YAML 3.0`: the line without its comment.
    private func directive(in source: SourceFile) -> String {
        let words = source.line(range.start.line).split { $0 == " " || $0 == "\t" }
        return words.prefix { !$0.hasPrefix("#") }.joined(separator: " ")
    }
}

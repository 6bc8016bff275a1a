#if canImport(Testing)
    package import Diagnostics
    import Testing

    /// A text with places marked in it (`1️⃣`, `2️⃣`), so that an expectation can name a place and not count columns.
    ///
    /// The marks are not part of the text. A mark names the code point behind it. Idea: swift-format's MarkedText.
    package struct MarkedText: Sendable {
        /// Without the marks.
        package let text: String
        private let positions: [Character: SourcePosition]

        package init(_ marked: String) {
            var text = ""
            var positions: [Character: SourcePosition] = [:]
            var (line, column) = (1, 1)
            for character in marked {
                if Self.isMark(character) {
                    if positions[character] != nil { Issue.record("the mark \(character) stands here twice") }
                    positions[character] = SourcePosition(line: line, column: column)
                    continue
                }
                for scalar in character.unicodeScalars {
                    // A byte order mark takes no column.
                    if scalar == "\n" { (line, column) = (line + 1, 1) } else if scalar != "\u{FEFF}" { column += 1 }
                }
                text.append(character)
            }
            self.text = text
            self.positions = positions
        }

        package subscript(mark: Character) -> SourcePosition {
            guard let position = positions[mark] else {
                Issue.record("the text has no mark \(mark)")
                return SourcePosition(line: 0, column: 0)
            }
            return position
        }

        /// The mark at a position, or `line:column` where there is none.
        package func name(of position: SourcePosition) -> String {
            positions.first { $0.value == position }.map { String($0.key) } ?? "\(position.line):\(position.column)"
        }

        /// The mark where a range begins and, when one stands there too, the mark where it ends: `1️⃣` or `1️⃣2️⃣`.
        package func name(of range: SourceRange) -> String {
            name(of: range.start)
                + (positions.first { $0.value == range.end && $0.value != range.start }?.key.description ?? "")
        }

        /// The problems in short: place and message, then, indented, the related places and their labels.
        package func summary(of problems: [Diagnostic]) -> [String] {
            problems.flatMap { problem in
                let severity = problem.severity == .warning ? "warning " : ""
                return ["\(severity)\(name(of: problem.range)) \(problem.message)"]
                    + problem.related.map { "  \(name(of: $0.range)) \($0.label)" }
            }
        }

        /// A digit in a box: `1️⃣` is the digit, U+FE0F and U+20E3.
        private static func isMark(_ character: Character) -> Bool {
            character.unicodeScalars.count == 3
                && character.unicodeScalars.dropFirst().elementsEqual(["\u{FE0F}", "\u{20E3}"])
        }
    }
#endif

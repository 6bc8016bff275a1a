import Diagnostics

extension RelationExpression {
    /// A text that is no relation, and where it stops being one.
    package struct SyntaxError: Error, Hashable, Sendable {
        let message: String
        /// Code points before the mistake.
        let offset: Int
        let length: Int
        /// What was probably meant.
        let hint: String?
    }

    package init(_ text: String) throws(SyntaxError) {
        let words = Self.words(of: text)
        func error(_ message: String, at word: Word?, hint: String? = nil) -> SyntaxError {
            SyntaxError(
                message: message, offset: word?.offset ?? text.unicodeScalars.count,
                length: max(1, word?.text.unicodeScalars.count ?? 1), hint: hint)
        }
        if let first = words.first, first.isOperator { throw error("begins with a relation", at: first) }
        guard words.count >= 3 else {
            throw error("is not complete: a value, a relation and a value are needed", at: nil)
        }
        guard let relation = Operator(rawValue: words[1].text) else {
            throw error(
                "has `\(words[1].text)` where a relation is needed", at: words[1], hint: Self.meant(words[1].text))
        }
        guard !words[2].isOperator else { throw error("has two relations in a row", at: words[2]) }
        first = Self.operand(words[0].text)
        self.relation = relation
        second = Self.operand(words[2].text)
        self.text = text
        switch words.count {
        case 3: measure = nil
        case 5 where words[3].text == "as":
            guard let measure = Measure(rawValue: words[4].text) else {
                let names = Measure.allCases.map(\.rawValue)
                throw error(
                    "has no measure `\(words[4].text)`", at: words[4],
                    hint: Wording.didYouMean(words[4].text, names) ?? "one of \(names.joined(separator: ", "))")
            }
            self.measure = measure
        default: throw error("has more than one relation", at: words[3])
        }
        guard names(.left) || names(.right) else {
            throw error("names neither `left` nor `right`", at: words[0])
        }
    }

    private static func operand(_ word: String) -> Operand {
        switch word {
        case "left": .left
        case "right": .right
        default: .value(word)
        }
    }

    private static func meant(_ word: String) -> String? {
        switch word {
        case "=": "did you mean `==`?"
        case "=<", "≤": "did you mean `<=`?"
        case "=>", "≥": "did you mean `>=`?"
        case "<>", "≠": "did you mean `!=`?"
        default: nil
        }
    }

    private struct Word {
        var text: String
        var offset: Int
        var isOperator: Bool
    }

    /// Runs of relation signs and runs of everything else but blanks.
    private static func words(of text: String) -> [Word] {
        var words: [Word] = []
        var isInside = false
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            if scalar == " " || scalar == "\t" {
                isInside = false
                continue
            }
            let isOperator = "<>=!≤≥≠".unicodeScalars.contains(scalar)
            if isInside, words[words.count - 1].isOperator == isOperator {
                words[words.count - 1].text.unicodeScalars.append(scalar)
            } else {
                words.append(Word(text: String(scalar), offset: offset, isOperator: isOperator))
            }
            isInside = true
        }
        return words
    }
}

/// Data put into GitHub-flavoured Markdown so that it shows as it is: https://github.github.com/gfm/
package enum Markdown {
    /// Running text on one line, everything that Markdown or HTML would act on escaped.
    package static func text(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for scalar in ShownText.line(text).unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!": result.append(contentsOf: ["\\", scalar])
            default: result.append(scalar)
            }
        }
        return lineStart(String(result))
    }

    /// Running text inside an HTML element, where Markdown is not read.
    package static func html(_ text: some StringProtocol) -> String {
        ShownText.line(text).reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }

    /// A code span on one line, fenced with more backticks than are in it; empty for an empty text.
    package static func code(_ text: some StringProtocol) -> String {
        let line = ShownText.line(text)
        guard !line.isEmpty else { return "" }
        let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
        let needsRoom = line.hasPrefix("`") || line.hasSuffix("`") || line.hasPrefix(" ")
        return needsRoom ? "\(fence) \(line) \(fence)" : "\(fence)\(line)\(fence)"
    }

    /// A fenced block; the lines are kept, and nothing in them can end it.
    package static func block(_ lines: [String], language: String = "") -> [String] {
        let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return [fence + language] + lines + [fence]
    }

    /// Rows of a table with their heading; cells are Markdown already. Empty without rows.
    package static func table(_ heading: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let rule = Array(repeating: "---", count: heading.count)
        return ([heading, rule] + rows.map { $0.map(cell) }).map { "| \($0.joined(separator: " | ")) |" }
    }

    /// In a table a bar ends the cell even inside a code span; one that is escaped already stays so.
    private static func cell(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if character == "|", !isEscaped { result.append("\\") }
            result.append(character)
            isEscaped = character == "\\" && !isEscaped
        }
        return result
    }

    /// A number with a dot, a plus or a dash would begin a list, an equals sign underline a heading.
    private static func lineStart(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        if first == "+" || first == "-" || first == "=" { return "\\" + text }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let next = text.dropFirst(digits.count).first, next == "." || next == ")" else {
            return text
        }
        return "\(digits)\\\(text.dropFirst(digits.count))"
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var run = 0
        for next in text {
            run = next == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}

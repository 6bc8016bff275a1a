/// Data put into HTML so that it shows as it is.
package enum HTML {
    /// Text that is only text, between tags and in quoted attributes.
    package static func text(_ text: String) -> String {
        guard text.utf8.contains(where: { special.contains($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    package static func code(_ text: String) -> String { "<code>\(self.text(text))</code>" }

    /// A term of a list and what is said of it; `html` stands as it is.
    package static func term(_ name: String, _ html: String) -> String { "<dt>\(text(name))</dt><dd>\(html)</dd>\n" }

    /// A table; cells stand as they are. Empty without rows.
    package static func table(_ heads: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func row(_ cells: [String], _ tag: String) -> String {
            "<tr>" + cells.map { "<\(tag)>\($0)</\(tag)>" }.joined() + "</tr>\n"
        }
        return "<table>\n" + row(heads.map(text), "th") + rows.map { row($0, "td") }.joined() + "</table>\n"
    }

    private static let special: [UInt8] = Array("<>&\"'".utf8)
}

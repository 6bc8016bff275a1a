/// Breaks running text into lines.
package enum TextLayout {
    /// Lines of at most `width` characters, broken at blanks only.
    ///
    /// A word that is longer stands alone on its line, whole: a command in it can still be copied. Never empty.
    package static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if line.isEmpty {
                line = String(word)
            } else if line.count + 1 + word.count <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
    }
}

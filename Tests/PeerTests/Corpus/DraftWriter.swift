/// Writes a draft as YAML, each value in one of the styles that people use.
struct DraftWriter {
    let dice: Dice

    func document(_ draft: Draft) -> String {
        switch draft {
        case .map(let entries) where !entries.isEmpty: block(draft, 0) + "\n"
        default: flow(draft) + "\n"
        }
    }

    /// A value behind `key:` or `-`, with the blank or line break before it.
    private func value(_ draft: Draft, _ depth: Int) -> String {
        switch draft {
        case .map(let entries) where !entries.isEmpty:
            return canFlow(draft) && dice.chance(12) ? " " + flow(draft) : "\n" + block(draft, depth)
        case .list(let items) where !items.isEmpty:
            return canFlow(draft) && dice.chance(35) ? " " + flow(draft) : "\n" + block(draft, depth)
        case .marked(let mark, let inner): return " " + mark + value(inner, depth)
        case .plain("null"): return dice.choose([" null", " ~", "", " Null"])
        case .text(let text) where text.contains("\n") && !text.hasPrefix(" ") && !text.hasPrefix("\n"):
            return dice.chance(60) ? literal(text, depth) : " " + scalar(draft)
        default: return " " + flow(draft)
        }
    }

    private func block(_ draft: Draft, _ depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        switch draft {
        case .map(let entries):
            return entries.map { indent + key($0.key) + ":" + value($0.value, depth + 1) }.joined(separator: "\n")
        case .list(let items):
            return items.map { indent + "-" + item($0, depth + 1) }.joined(separator: "\n")
        default: return indent + flow(draft)
        }
    }

    /// A map in a list begins on the line of its dash.
    private func item(_ draft: Draft, _ depth: Int) -> String {
        guard case .map(let entries) = draft, !entries.isEmpty, dice.chance(85) else { return value(draft, depth) }
        return " " + block(draft, depth).drop { $0 == " " }
    }

    private func canFlow(_ draft: Draft) -> Bool {
        switch draft {
        case .plain(let token): !token.contains { "{}[],".contains($0) }
        case .text(let text): !text.contains("\n")
        case .list(let items): items.allSatisfy(canFlow)
        case .map(let entries): entries.allSatisfy { $0.key != "<<" && canFlow($0.value) }
        case .marked: false
        }
    }

    private func flow(_ draft: Draft) -> String {
        switch draft {
        case .plain(let token): token
        case .text: scalar(draft)
        case .list(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { key($0.key) + ": " + flow($0.value) }.joined(separator: ", ") + "}"
        case .marked(let mark, let inner): mark + " " + flow(inner)
        }
    }

    private func key(_ key: String) -> String {
        key == "<<" || (Self.isSafe(key) && !dice.chance(3)) ? key : scalar(.text(key))
    }

    private func scalar(_ draft: Draft) -> String {
        guard case .text(let text) = draft else { return "" }
        if Self.isSafe(text), dice.chance(60) { return text }
        let canBeSingle = !text.unicodeScalars.contains { "\n\u{85}\u{2028}".unicodeScalars.contains($0) }
        return canBeSingle && dice.chance(40)
            ? "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
            : doubleQuoted(text)
    }

    private func literal(_ text: String, _ depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        let keep = text.hasSuffix("\n\n") ? "+" : text.hasSuffix("\n") ? "" : "-"
        let lines = (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(
            separator: "\n", omittingEmptySubsequences: false)
        return " |\(keep)\n" + lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
    }

    private func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\u{85}": result += "\\N"
            case "\u{2028}": result += "\\L"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Whether a text may stand without quotes and stays a string in every version of YAML.
    private static func isSafe(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "/" || first == "_",
            !words.contains(text.lowercased())
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_./+=@-".unicodeScalars.contains(scalar))
        }
    }

    private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}

package import Diagnostics
import YAML

/// A biography for people.
package struct BiographyText {
    private let biography: Biography
    private let sources: SourceTable
    private let palette: Palette
    /// What to type before a path.
    private let command: String

    package static func render(
        _ biography: Biography, sources: SourceTable, palette: Palette, command: String
    ) -> String {
        let text = BiographyText(biography: biography, sources: sources, palette: palette, command: command)
        return text.lines.map { Wording.visible($0) + "\n" }.joined()
    }

    private var lines: [String] {
        var lines = ["\(palette.bold(biography.path.description)): \(result)"]
        for (index, step) in biography.steps.enumerated() {
            if index == 0 { lines.append("") }
            let place = sources.location(of: step.range).map { "\($0)  " } ?? ""
            lines.append("\(index + 1). \(palette.blue(place))\(sentence(step))")
            if let written = step.written { lines.append("     written \(Self.quoted(written))") }
            lines += step.notes.flatMap(words).map { "     \($0)" }
        }
        return lines + children
    }

    private var result: String {
        guard let value = biography.value else { return "not in the rendering" }
        return Self.shown(value)
    }

    private func sentence(_ step: Biography.Step) -> String {
        let value = step.value.map(Self.shown) ?? ""
        switch step.effect {
        case .set: return "set: \(value)"
        case .replaced: return "replaced: \(value)"
        case .added: return "added to: \(value)"
        case .kept: return "kept: \(value)"
        case .removed: return "removed"
        }
    }

    // MARK: - Notes

    private func words(_ note: Biography.Note) -> [String] {
        switch note {
        case .extends(let service, let base, let range):
            return ["because `\(service)` extends `\(base)`\(at(range))"]
        case .include(let range): return ["because the file is included\(at(range))"]
        case .alias(let range): return ["used here through an alias or `<<`\(at(range))"]
        case .tag(let tag, let range):
            return [
                tag == .reset
                    ? "`!reset` removes what was said before\(at(range))"
                    : "`!override` drops what was said before\(at(range))"
            ]
        case .shortSyntax: return ["short syntax: it says this and more"]
        case .rule(let rule): return ["rule: \(rule)"]
        case .variable(let use): return words(use)
        }
    }

    private func words(_ use: Biography.VariableUse) -> [String] {
        let name = "`\(use.name)`"
        let value = use.value.map { ", \(Self.quoted($0))," } ?? ""
        var words: [String]
        switch use.source {
        case .values: words = ["\(name)\(value) is a value of the environment\(at(use.range))"]
        case .secret: words = ["\(name) is a secret\(at(use.range)); it stays `${\(use.name)}`"]
        case .envFile: words = ["\(name)\(value) is from an env file\(at(use.range))"]
        case .process: words = ["\(name)\(value) is from the process environment"]
        case .project: words = ["\(name)\(value) is the project's name"]
        case .unset: words = ["\(name) has no value"]
        }
        if let text = use.usedDefault { words[0] += "; the template says \(Self.quoted(text)) for that case" }
        for range in use.overridden { words.append("  set too, to no effect,\(at(range))") }
        return words
    }

    private func at(_ range: SourceRange) -> String { sources.location(of: range).map { " at \($0)" } ?? "" }

    // MARK: - Values

    private static func shown(_ node: Node) -> String {
        switch node.value {
        case .scalar(let scalar):
            scalar.kind == .string ? quoted(scalar.text) : scalar.kind == .null ? "null" : scalar.text
        case .sequence(let items): "a list of \(Wording.count(items.count, "item"))"
        case .mapping(let mapping): "a map of \(Wording.count(mapping.count, "key"))"
        }
    }

    private static func quoted(_ text: String) -> String { JSONWriter.quoted(text) }

    // MARK: - What is inside

    private static let mostChildren = 40

    private var children: [String] {
        guard !biography.children.isEmpty else { return [] }
        var lines = ["", "\(Wording.count(biography.children.count, "value")) in it:"]
        for child in biography.children.prefix(Self.mostChildren) {
            let place = sources.location(of: child.range).map { "  \(palette.blue($0))" } ?? ""
            lines.append("  \(child.path): \(Self.shown(child.value))\(place)")
        }
        if biography.children.count > Self.mostChildren {
            lines.append("  … and \(biography.children.count - Self.mostChildren) more")
        }
        lines += ["", "to see more:"]
        for child in biography.children.prefix(3) {
            lines.append("  \(command) \(ShellQuoting.quoted(child.path.description))")
        }
        return lines
    }
}

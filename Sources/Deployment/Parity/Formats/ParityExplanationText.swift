package import Diagnostics
import YAML

/// The explanation for a person: what differs, which rule decided, and what every other one says.
package struct ParityExplanationText {
    private let explanation: ParityExplanation
    private let wording: ParityWording
    private let palette: Palette
    private var lines: TerminalLines

    /// Ends with a line break.
    package static func render(
        _ explanation: ParityExplanation,
        sources: SourceTable,
        palette: Palette = .plain,
        width: Int = 80,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> String {
        let wording = ParityWording(explanation.report, sources: sources, redact: redact)
        var text = ParityExplanationText(
            explanation: explanation, wording: wording, palette: palette, lines: TerminalLines(width: max(40, width)))
        text.write()
        return text.lines.text
    }

    private mutating func write() {
        guard !explanation.findings.isEmpty else {
            add(explanation.nothing(wording))
            return
        }
        for (index, finding) in explanation.findings.enumerated() {
            if index > 0 { lines.addEmpty() }
            write(finding)
        }
        for rule in explanation.forOthers {
            guard let pair = rule.between else { continue }
            add(
                "· rule `\(wording.text(rule.name))`\(place(rule)) is about `\(wording.text(pair.left))` and "
                    + "`\(wording.text(pair.right))`, not about these two")
        }
    }

    private mutating func write(_ finding: ParityFinding) {
        let difference = finding.difference
        add("\(wording.path(difference.path)): \(finding.verdict.rawValue)", palette.bold)
        if let note = wording.note(difference) { add("  \(note)") }
        for side in [ParitySide.left, .right] {
            guard let value = wording.shown(difference, side) else { continue }
            let location = wording.location(difference, side).map { "  (\($0))" } ?? ""
            add("  \(wording.text(wording.name(side))): \(wording.inline(value))\(location)")
        }
        guard !finding.considered.isEmpty else {
            add("  no rule is about it")
            return
        }
        for (index, consideration) in finding.considered.enumerated() {
            let says = wording.judgement(consideration, in: finding, isFirst: index == 0)
            let mark = index == 0 && finding.decidedBy != nil ? palette.bold("→") : "·"
            add(
                "  \(mark) \(wording.text(consideration.rule.name))\(place(consideration.rule)), "
                    + "path `\(wording.text(consideration.rule.path.text))`")
            add("    \(says)")
            if consideration.outcome == .accepts {
                add("    reason: \(wording.text(consideration.rule.reason))")
                let until = consideration.rule.until.map { ", until \($0.text)" } ?? ""
                add("    owner: \(wording.text(consideration.rule.owner))\(until)")
            }
        }
    }

    private func place(_ rule: ParityRule) -> String { wording.location(rule.range).map { " (\($0))" } ?? "" }

    private mutating func add(_ text: String, _ style: (String) -> String = { $0 }) {
        let indentation = text.prefix { $0 == " " }.count
        lines.wrap(String(text.dropFirst(indentation)), indentation: indentation, hanging: 2, style)
    }
}

extension ParityExplanation {
    /// What to say when nothing differs at the path.
    func nothing(_ wording: ParityWording) -> String {
        let path = wording.text(pattern.text)
        let names = "\(wording.text(report.left)) and \(wording.text(report.right))"
        if let above {
            return "\(path) is part of \(wording.path(above)), which only one of \(names) has: "
                + "--explain \(wording.path(above))"
        }
        guard let first = below.first else {
            return "\(path): nothing differs there between \(names); it is the same in both, or in neither"
        }
        return "\(path): \(Wording.count(below.count, "difference")) below it, the first at \(wording.path(first)); "
            + "`\(path).**` means them all"
    }
}

extension ParityWording {
    /// What a rule had to say about a difference, and why it did or did not decide.
    func judgement(_ consideration: RuleConsideration, in finding: ParityFinding, isFirst: Bool) -> String {
        let says = verdict(consideration, finding.difference).map { "it \($0)" } ?? "it accepts this"
        switch consideration.outcome {
        case .otherKind: return "does not decide: \(says)"
        case _ where isFirst: return "decides: \(says)"
        case .accepts: return "does not decide, though it would accept this: the rule above is more specific, or first"
        default: return "does not decide, as the rule above is more specific; \(says)"
        }
    }
}

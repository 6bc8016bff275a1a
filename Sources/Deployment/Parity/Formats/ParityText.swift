package import Diagnostics
import YAML

/// The report for a person at a terminal.
///
/// The first line says it all in one sentence. What needs a decision comes next, with both values and their places; what
/// is accepted last, a line each. Verdicts are words and kinds are signs (`~` changed, `+` only right, `-` only left), so
/// that nothing is told by colour alone.
package struct ParityText {
    let report: ParityReport
    let wording: ParityWording
    let palette: Palette
    private let isSideBySide: Bool
    /// Whether what is accepted is shown like everything else.
    private let isDetailed: Bool
    var lines: TerminalLines

    /// Ends with a line break.
    ///
    /// - Parameters:
    ///   - width: columns of the terminal; below 40 as if it were 40. Only the first line may be longer.
    ///   - isSideBySide: the two values beside one another, where there is room for two columns.
    ///   - isDetailed: the places of what is accepted, too.
    package static func render(
        _ report: ParityReport,
        sources: SourceTable,
        palette: Palette = .plain,
        width: Int = 80,
        isSideBySide: Bool = false,
        isDetailed: Bool = false,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> String {
        let wording = ParityWording(report, sources: sources, redact: redact)
        let isSideBySide = isSideBySide && width >= ParityColumns.narrowest
        var text = ParityText(
            report: report, wording: wording, palette: palette, isSideBySide: isSideBySide,
            isDetailed: isDetailed || isSideBySide, lines: TerminalLines(width: max(40, width)))
        text.write()
        return text.lines.text
    }

    private mutating func write() {
        lines.add(firstLine)
        if isSideBySide, !report.findings.isEmpty {
            lines.addEmpty()
            for line in columns.head { lines.add(TerminalLines.blanks(indentation) + line) }
        }
        var isFirst = true
        for group in report.groups {
            let findings = isDetailed ? group.findings : group.findings.filter { $0.verdict != .accepted }
            guard !findings.isEmpty else { continue }
            lines.addEmpty()
            if !group.path.isEmpty {
                lines.wrap(wording.path(group.path), palette.bold)
            } else if !isFirst {
                // Without a title it would seem to belong to the group above.
                lines.add(palette.bold("(top level)"))
            }
            isFirst = false
            for finding in findings { write(finding, below: group.path) }
        }
        if !isDetailed { writeAcceptances() }
        writeNotes()
    }

    private var firstLine: String {
        let names = "\(wording.text(report.left)) and \(wording.text(report.right)): "
        let sentence = report.summary.sentence
        return names + (report.holds ? palette.green(sentence) : palette.red(sentence))
    }

    // MARK: - A finding

    private mutating func write(_ finding: ParityFinding, below group: ParityPath) {
        let difference = finding.difference
        let inner = difference.path.dropping(group.segments.count)
        var head = sign(difference.kind) + " " + (inner.isEmpty ? lastName(group) : wording.path(inner))
        if let note = wording.note(difference) { head += "  (\(note))" }
        let verdict = Wording.column(finding.verdict.rawValue, 8)
        lines.label(coloured(finding.verdict, verdict), head, indentation: 2, labelWidth: 8)
        writeValues(difference)
        if let rule = finding.rule {
            writeField("rule", "\(wording.text(rule.name)): \(wording.text(rule.reason))")
            writeField("owner", wording.owner(finding))
        } else if let why = wording.why(finding) {
            writeField("why", why)
        }
        if let renaming = wording.renaming(finding) { writeField("hint", renaming) }
    }

    private func lastName(_ path: ParityPath) -> String {
        path.segments.last.map { wording.path(ParityPath([$0])) } ?? path.description
    }

    func sign(_ kind: Difference.Kind) -> String {
        switch kind {
        case .changed: "~"
        case .added: "+"
        case .removed: "-"
        }
    }

    private func coloured(_ verdict: ParityFinding.Verdict, _ text: String) -> String {
        switch verdict {
        case .accepted: palette.green(text)
        case .expired: palette.yellow(text)
        case .drift: palette.red(text)
        }
    }

    // MARK: - Values

    private var columns: ParityColumns {
        ParityColumns(wording: wording, palette: palette, width: lines.width - indentation)
    }

    private mutating func writeValues(_ difference: Difference) {
        if isSideBySide {
            for line in columns.lines(difference) { lines.add(TerminalLines.blanks(indentation) + line) }
            return
        }
        if difference.kind == .changed,
            let lines = LineDifference(wording.shown(difference, .left), wording.shown(difference, .right))
        {
            write(lines, difference)
            return
        }
        let sides: [(ParitySide, String, String?)] = [ParitySide.left, .right].compactMap { side in
            guard let value = wording.shown(difference, side), value.scalar != nil || isSmall(value) else { return nil }
            return (side, wording.inline(value), wording.location(difference, side))
        }
        let column = sides.map { DisplayWidth.of($0.1) }.max() ?? 0
        let places = sides.map { $0.2.map { DisplayWidth.of($0) } ?? 0 }.max() ?? 0
        let isBeside = column + 2 + places <= lines.width - indentation - labelWidth - 2
        for (side, value, location) in sides {
            if isBeside {
                let place = location ?? ""
                let filled = place.isEmpty ? value : DisplayWidth.padded(value, to: column) + "  "
                writeField(label(side), filled, behind: palette.dim(place))
            } else {
                writeField(label(side), value)
                writePlace(location, longest: places)
            }
        }
        for side in [ParitySide.left, .right] {
            guard let value = wording.shown(difference, side), value.scalar == nil, !isSmall(value) else { continue }
            writeField(label(side), "")
            writePlace(wording.location(difference, side))
            writeTree(value)
        }
    }

    /// Whether a collection fits behind its label.
    private func isSmall(_ value: Node) -> Bool {
        DisplayWidth.of(wording.inline(value)) <= lines.width - indentation - labelWidth - 2
    }

    /// A collection as YAML, its first lines.
    private mutating func writeTree(_ value: Node) {
        let all = YAMLWriter.text(of: value).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let shown = all.count <= Self.longestTree + 1 ? all : all.prefix(Self.longestTree)
        for line in shown { writeIndented(Wording.visible(String(line))) }
        if shown.count < all.count {
            writeIndented("… \(Wording.count(all.count - shown.count, "more line"))")
        }
    }

    private mutating func write(_ difference: LineDifference, _ whole: Difference) {
        for side in [ParitySide.left, .right] {
            guard let place = wording.location(whole, side) else { continue }
            writeField(label(side), "")
            writePlace(place)
        }
        for line in difference.lines {
            switch line {
            case .same(let text): writeIndented("  " + Wording.visible(text))
            case .removed(let text): writeIndented("- " + Wording.visible(text), palette.red)
            case .added(let text): writeIndented("+ " + Wording.visible(text), palette.green)
            case .skipped(let count): writeIndented("  … \(Wording.count(count, "equal line"))", palette.dim)
            }
        }
    }

    private func label(_ side: ParitySide) -> String {
        let names = [wording.text(report.left), wording.text(report.right)]
        guard names[0] != names[1], names.allSatisfy({ DisplayWidth.of($0) <= Self.longestLabel }) else {
            return side == .left ? "left" : "right"
        }
        return side == .left ? names[0] : names[1]
    }

    // MARK: - Notes

    private mutating func writeNotes() {
        var notes: [String] = []
        for stale in report.staleRules {
            let place = wording.location(stale.rule.range).map { " (\($0))" } ?? ""
            notes.append(
                "stale rule `\(wording.text(stale.rule.name))`\(place) matches nothing"
                    + (wording.hint(stale).map { ": \($0)" } ?? ""))
        }
        for overlap in report.overlaps {
            notes.append(
                "rule `\(wording.text(overlap.winner))` decides before `\(wording.text(overlap.loser))` at "
                    + wording.path(overlap.path))
        }
        for path in report.reordered { notes.append("same items in another order: \(wording.path(path))") }
        if report.summary.accepted > 0 { notes.append(ParityWording.meaningOfAccepted) }
        if !notes.isEmpty { lines.addEmpty() }
        for note in notes {
            lines.label(palette.dim("·"), note, indentation: 0, labelWidth: 1, gap: 1)
        }
    }

    // MARK: - Lines

    private var labelWidth: Int { max(5, DisplayWidth.of(label(.left)), DisplayWidth.of(label(.right))) }
    private let indentation = 4

    /// A place is never broken, so that it can be copied: behind the label above when that fits, otherwise below.
    ///
    /// - Parameter longest: columns of the longest place to stand in line with.
    private mutating func writePlace(_ place: String?, longest: Int = 0) {
        guard let place, !place.isEmpty else { return }
        let column = indentation + labelWidth + 2
        let room = max(longest, DisplayWidth.of(place))
        if let last = lines.last, column + room <= lines.width, DisplayWidth.of(last) < column {
            lines.replaceLast(DisplayWidth.padded(last, to: column) + palette.dim(place))
        } else {
            let start = column + room <= lines.width ? column : indentation + 2
            lines.add(TerminalLines.blanks(start) + palette.dim(place))
        }
    }

    private mutating func writeField(_ label: String, _ text: String, behind: String = "") {
        lines.label(label, text, indentation: indentation, labelWidth: labelWidth, behind: behind)
    }

    private mutating func writeIndented(_ text: String, _ colour: (String) -> String = { $0 }) {
        lines.wrap(text, indentation: indentation + 2, colour)
    }

    /// Lines of a collection that only one side has.
    private static let longestTree = 12
    /// Columns of an operand's name that still labels its values.
    private static let longestLabel = 16
}

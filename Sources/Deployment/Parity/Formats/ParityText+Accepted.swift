import Diagnostics

extension ParityText {
    /// What is accepted, a line for each difference below its rule: reason and owner are said once.
    mutating func writeAcceptances() {
        let acceptances = report.acceptances
        guard !acceptances.isEmpty else { return }
        lines.addEmpty()
        for (rule, findings) in acceptances {
            let until = rule.until.map { ", until \($0.text)" } ?? ""
            let verdict = ParityFinding.Verdict.accepted.rawValue
            let title = "\(wording.text(rule.name))  (\(wording.text(rule.owner))\(until))"
            lines.label(palette.green(verdict), title, indentation: 0, labelWidth: verdict.utf8.count)
            lines.wrap(wording.text(rule.reason), indentation: 2)
            let heads = findings.map { sign($0.difference.kind) + " " + wording.path($0.difference.path) }
            let column = heads.map { DisplayWidth.of($0) }.filter { $0 <= widestHead }.max() ?? 0
            for (finding, head) in zip(findings, heads) { write(finding.difference, head, column) }
        }
    }

    /// `~ values.WORKERS  1 → 4`, in two lines where one has no room.
    ///
    /// - Parameter column: where values begin, if the head is no wider.
    private mutating func write(_ difference: Difference, _ head: String, _ column: Int) {
        let note = difference.kind == .changed ? wording.note(difference).map { "  (\($0))" } ?? "" : ""
        let begin = 2 + max(column, DisplayWidth.of(head)) + 2
        let room = lines.width - begin - DisplayWidth.of(note)
        let value = value(difference, columns: max(room, lines.width - 6))
        if DisplayWidth.of(value) <= room {
            lines.add("  " + DisplayWidth.padded(head, to: column) + "  " + value + note)
        } else if room >= Self.narrowestValue, DisplayWidth.of(head) <= widestHead {
            let cut = self.value(difference, columns: room)
            lines.add("  " + DisplayWidth.padded(head, to: column) + "  " + cut + note)
        } else {
            lines.wrap(head, indentation: 2, hanging: 2)
            lines.wrap(self.value(difference, columns: lines.width - 6) + note, indentation: 6)
        }
    }

    private func value(_ difference: Difference, columns: Int) -> String {
        if difference.path.isSecretDigest { return ParityWording.hidden }
        let sides = [ParitySide.left, .right].compactMap { wording.shown(difference, $0) }
        return sides.count == 2
            ? ValueExcerpt.pair(sides[0], sides[1], columns: columns) : ValueExcerpt.one(sides[0], columns: columns)
    }

    /// Columns of a path that leave room for values beside it.
    private var widestHead: Int { lines.width - 4 - Self.narrowestValue }
    /// Columns in which two values can still be told apart.
    private static let narrowestValue = 24
}

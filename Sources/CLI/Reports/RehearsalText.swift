import Deployment
import Diagnostics
import Engine

/// What a rehearsal has shown, step by step: forward, back, forward again.
struct RehearsalText {
    let record: RunRecord
    let palette: Palette
    let width: Int

    /// Empty for a run that is no rehearsal.
    var lines: [String] {
        guard let rehearsed = record.rehearsed else { return [] }
        var lines = [heading(rehearsed)]
        let shown = rehearsed.steps.filter { $0.notRehearsed == nil && $0.forward != nil }
        let idWidth = (shown.map { ShownText.columns(ShownText.line($0.id)) } + [4]).max() ?? 4
        if !shown.isEmpty {
            lines.append(
                palette.dim("  \(Wording.column("step", idWidth))  \(cells("forward", "back", "again"))"))
        }
        for step in shown { lines += row(step, idWidth) }
        lines += list("not rehearsed:", rehearsed.notRehearsed.map { "\($0.id): \($0.why)" }, .plain)
        if !rehearsed.unproven.isEmpty {
            lines += wrapped(
                "nothing proves the undo of \(rehearsed.unproven.joined(separator: ", ")): "
                    + "no fingerprint, capture, `verify` or `skip_if`", .caution)
        }
        return lines
    }

    private func heading(_ rehearsed: RehearsalRecord) -> String {
        guard let problem = rehearsed.problem else {
            return palette.green("✓ the rehearsal holds: forward, back to what was there before, and forward again")
        }
        // What the way back has to say of it stands there already.
        let why = problem == record.rollback?.problem ? "" : ": \(problem)"
        return wrapped("✗ the rehearsal does not hold\(why)", .bad).joined(separator: "\n")
    }

    private func row(_ step: RehearsalRecord.Step, _ idWidth: Int) -> [String] {
        let id = ShownText.column(ShownText.line(step.id), idWidth)
        var line = "  \(id)  \(cells(words(step.forward), words(step.back), words(step.again)))"
        while line.hasSuffix(" ") { line.removeLast() }
        return [line] + (step.back?.differences ?? []).flatMap { wrapped("  \($0)", .bad) }
    }

    private func cells(_ forward: String, _ back: String, _ again: String) -> String {
        "\(Wording.column(forward, 16))\(Wording.column(back, 16))\(again)"
    }

    private func words(_ pass: RehearsalRecord.Pass?) -> String {
        guard let pass else { return "-" }
        return pass.status.mark.word + (pass.durationMs.map { " \(Wording.duration(milliseconds: $0))" } ?? "")
    }

    private func words(_ back: RehearsalRecord.WayBack?) -> String {
        guard let back, back.times > 0 else { return "-" }
        let word = back.status == .done ? "undone" : back.status == .failed ? "FAILED" : back.status.rawValue
        return word + (back.durationMs.map { " \(Wording.duration(milliseconds: $0))" } ?? "")
    }

    private func list(_ title: String, _ items: [String], _ tone: Tone) -> [String] {
        items.isEmpty ? [] : [title] + items.flatMap { wrapped("  \($0)", tone) }
    }

    /// Further lines stand below the text of the first.
    private func wrapped(_ text: String, _ tone: Tone) -> [String] {
        let margin = String(repeating: " ", count: text.prefix { $0 == " " }.count)
        let room = max(24, width - margin.count - 2)
        return TextLayout.wrap(ShownText.line(text.trimmingBlanks), width: room).enumerated().map { index, line in
            palette.paint("\(margin)\(index == 0 ? "" : "  ")\(line)", tone)
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}

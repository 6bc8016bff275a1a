import Deployment
import Diagnostics
import Engine

/// The paragraphs of a summary that tell of trouble; each is empty when there was none.
struct SummaryWriter {
    let record: RunRecord
    let logsRoot: String
    let lastLines: [String: [String]]
    let palette: Palette
    let width: Int

    func failedStep() -> [String] {
        guard let (position, step) = record.stoppedStep else { return [] }
        let mark = step.status.mark
        let heading = palette.paint(
            "\(mark.sign) step \(position) of \(record.steps.count), \(ShownText.line(step.id)): \(mark.word)",
            mark.tone)
        var facts = LabelledLines(labelWidth: 8, width: width, palette: palette)
        facts.add("name", prose: "\(step.name) (owner \(step.owner))")
        facts.add(step.action.kind, exact: step.actionText)
        facts.add("failed", prose: what(step))
        facts.add("expected", prose: step.failure?.expected ?? step.expect.says)
        facts.add("retry", prose: step.failure?.retry)
        facts.add("log", exact: step.logPath.map { "\(logsRoot)/\($0)" })
        return [heading] + facts.lines + quoted(lastLines[step.id])
    }

    private func what(_ step: StepRecord) -> String {
        let duration = step.durationWords
        let after = duration.isEmpty ? "" : " after \(duration)"
        guard let failure = step.failure else {
            return step.status == .unknown ? "its run went away; how it ended is not known" : "it was stopped\(after)"
        }
        // "it took longer than 2 min" says the time itself.
        return failure.reason == .timeout ? failure.what : failure.what + after
    }

    func rollback() -> [String] {
        let touched = record.steps.reversed().filter {
            !$0.rollback.attempts.isEmpty || $0.rollback.status == .waived
        }
        guard let rollback = record.rollback else { return [] }
        let left = RollbackEngine.remaining(record)
        let isRehearsal = rollback.rehearsal == true
        var lines = [
            isRehearsal
                ? "the rehearsal's way back, newest first:"
                : rollback.automatic ? "rolled back after the failure, newest first:" : "rolled back, newest first:"
        ]
        if touched.isEmpty { lines = ["the rollback undid nothing"] }
        let idWidth = (touched + left).map { ShownText.columns(ShownText.line($0.id)) }.max() ?? 0
        for step in touched { lines += undo(step, idWidth) }
        let untouched = left.filter { step in !touched.contains { $0.id == step.id } }
        if !untouched.isEmpty { lines.append("still to undo:") }
        for step in untouched {
            let reason =
                step.rollback.kind == .irreversible ? "cannot be undone: \(step.rollback.reason ?? "")" : step.name
            let id = ShownText.column(ShownText.line(step.id), idWidth)
            lines.append("  \(step.rollback.mark.sign) \(id)  \(ShownText.line(reason))")
        }
        if let problem = rollback.problem {
            lines += TextLayout.wrap("incomplete: \(ShownText.line(problem))", width: max(24, width))
                .map { palette.paint($0, .bad) }
        }
        return lines
    }

    private func undo(_ step: StepRecord, _ idWidth: Int) -> [String] {
        let mark = step.rollback.mark
        let id = ShownText.column(ShownText.line(step.id), idWidth)
        let duration = StepRecord.total(step.rollback.attempts).map(Wording.duration(milliseconds:)) ?? ""
        let sign = palette.paint("\(mark.sign) \(Wording.column(mark.word, 9))", mark.tone)
        var lines = ["  \(sign)  \(id)  \(duration)"]
        while lines[0].hasSuffix(" ") { lines[0].removeLast() }
        guard step.rollback.status == .failed || step.rollback.status == .unknown else { return lines }
        var facts = LabelledLines(indentation: 4, labelWidth: 8, width: width, palette: palette)
        facts.add("command", exact: step.rollback.shown)
        facts.add("failed", prose: step.rollback.failure?.what)
        facts.add("expected", prose: step.rollback.failure?.expected)
        facts.add("log", exact: record.rollbackLog(of: step).map { "\(logsRoot)/\($0)" })
        return lines + facts.lines + quoted(lastLines[step.id])
    }

    /// The last lines of a log, each behind a bar.
    private func quoted(_ lines: [String]?) -> [String] {
        (lines ?? []).map { "    \(palette.dim("│")) \(ShownText.line($0))" }
    }
}

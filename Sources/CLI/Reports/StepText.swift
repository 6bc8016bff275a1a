import Deployment
import Diagnostics
import Engine

/// One step of a record with all that is known of it.
struct StepText {
    let palette: Palette
    let width: Int

    /// - Parameter number: 1-based.
    func lines(_ step: StepRecord, number: Int) -> [String] {
        let mark = step.status.mark
        let isQuiet = step.attempts.isEmpty && step.failure == nil
        var heading = StyledLine("\(mark.sign) \(mark.word)", mark.tone)
        heading.add("  \(number)  ", .quiet)
        heading.add(ShownText.line(step.id), isQuiet ? .quiet : .strong)
        heading.add("  \(ShownText.line(step.name))")
        if !step.durationWords.isEmpty { heading.add("  \(step.durationWords)", .quiet) }
        var facts = LabelledLines(indentation: 4, labelWidth: 8, width: width, palette: palette)
        facts.add(step.status == .satisfied ? "because" : "skipped", prose: step.skipped)
        facts.add("owner", prose: step.owner)
        facts.add("beside", prose: step.group.map { "the others of \($0)" })
        facts.add(step.action.kind, exact: step.actionText)
        let command = step.action.command?.pasteable
        facts.add("command", exact: command == step.actionText ? nil : command)
        facts.add("dir", exact: step.action.dir)
        facts.add("expect", prose: PlannedStepText.expectation(step.expect))
        for (name, value) in step.captures.sorted(by: { $0.key < $1.key }) {
            facts.add("capture", exact: pair(name, value))
        }
        for (name, value) in step.outputs.sorted(by: { $0.key < $1.key }) {
            facts.add("output", exact: pair(name, value))
        }
        for (name, value) in step.metrics.sorted(by: { $0.key < $1.key }) where name != MeasureReport.sampleKey {
            facts.add("figure", exact: pair(name, value))
        }
        if step.attempts.count > 1 || step.status == .failed {
            for (index, attempt) in step.attempts.enumerated() {
                facts.add(index == 0 ? "attempts" : "", prose: "\(index + 1): \(Self.words(attempt))")
            }
        }
        facts.add("failed", prose: step.failure?.what, .bad)
        facts.add("expected", prose: step.failure?.expected)
        facts.add("retry", prose: step.failure?.retry)
        facts.add("log", exact: step.logPath == nil ? nil : step.log.map(log))
        addRollback(of: step, to: &facts)
        return [heading.text(palette, columns: max(20, width))] + facts.lines
    }

    private func pair(_ name: String, _ value: String) -> String { ShownText.line("\(name)=\(value)") }

    private func log(_ log: StepRecord.LogSummary) -> String {
        let omitted = log.omitted > 0 ? ", \(Wording.bytes(log.omitted)) left out" : log.truncated ? ", cut short" : ""
        return ShownText.line("\(log.path), \(Wording.bytes(log.bytes))\(omitted)")
    }

    private func addRollback(of step: StepRecord, to facts: inout LabelledLines) {
        let rollback = step.rollback
        switch rollback.kind {
        case .none: facts.add("rollback", prose: "none: \(rollback.reason ?? "it changes nothing")")
        case .irreversible: facts.add("rollback", prose: "! irreversible: \(rollback.reason ?? "")", .caution)
        case .command, .automatic:
            facts.add(
                "rollback", exact: rollback.says ?? rollback.command?.pasteable ?? "undoes itself, once it has run")
            facts.add("", exact: rollback.verify.map { "then \($0.pasteable)" })
        }
        guard !rollback.attempts.isEmpty || rollback.status == .waived else { return }
        facts.add(
            "undo", prose: "\(rollback.mark.word)\(rollback.attempts.last.map { ", \(Self.words($0))" } ?? "")",
            rollback.mark.tone)
        facts.add("", prose: rollback.failure?.what, .bad)
    }

    /// `exit 1 after 3.4 s`, `SIGTERM after 2 min 00 s (timeout)`.
    static func words(_ attempt: StepRecord.Attempt) -> String {
        var words =
            attempt.exit.map { "exit \($0)" } ?? attempt.signal
            ?? (attempt.endedAt == nil ? "no end on record" : "ended")
        if let duration = attempt.durationMs { words += " after \(Wording.duration(milliseconds: duration))" }
        if let reason = attempt.reason, reason != .exit { words += " (\(reason.rawValue))" }
        return words + (attempt.escalated == true ? ", had to be killed" : "")
    }
}

import Deployment
import Diagnostics
import Engine

/// The lists of the card: what will run, what will not, what needs nothing.
struct RollbackCardWriter {
    let record: RunRecord
    let remaining: [StepRecord]
    let palette: Palette
    let width: Int
    let rehearsedDurations: [String: Int]?
    let goesPastIrreversible: Bool

    /// The steps that are undone before a point of no return stops the rollback.
    private var reached: ArraySlice<StepRecord> {
        goesPastIrreversible ? remaining[...] : remaining.prefix { $0.rollback.kind != .irreversible }
    }

    func willRun() -> [String] {
        let steps = reached.filter { $0.rollback.kind != .irreversible }
        guard !steps.isEmpty else { return ["nothing will run"] }
        return ["will run, in this order:"] + steps.enumerated().flatMap { undo($1, number: $0 + 1) }
    }

    private func undo(_ step: StepRecord, number: Int) -> [String] {
        var heading = StyledLine("  \(number)  ", .quiet)
        heading.add(ShownText.line(step.id), .strong)
        heading.add("  \(ShownText.line(step.name))")
        var facts = LabelledLines(indentation: 5, labelWidth: 6, width: width, palette: palette)
        facts.add("run", exact: step.rollback.says == nil ? step.rollback.command?.pasteable : nil)
        facts.add("run", prose: step.rollback.says.map { "\($0); `--plan` prints the commands" })
        facts.add("dir", exact: step.action.dir)
        for capture in step.captures.sorted(by: { $0.key < $1.key }) {
            facts.add("with", exact: ShownText.line("\(capture.key)=\(ShellQuoting.quoted(capture.value))"))
        }
        facts.add("check", exact: step.rollback.verify?.pasteable)
        facts.add("undoes", exact: step.actionText)
        facts.add("ended", prose: ended(step), step.status == .succeeded ? .plain : .caution)
        facts.add("owner", prose: step.owner)
        facts.add("takes", prose: takes(step))
        if step.rollback.status == .failed || step.rollback.status == .unknown {
            let what = step.rollback.failure?.what ?? "how it ended is not known"
            facts.add("before", prose: "undoing it was tried already: \(what)", .bad)
        }
        return [heading.text(palette, columns: max(20, width))] + facts.lines
    }

    private func ended(_ step: StepRecord) -> String {
        let duration = step.durationWords
        let after = duration.isEmpty ? "" : " after \(duration)"
        // What stopped it begins with that word itself.
        if step.status == .interrupted, let failure = step.failure { return failure.what + after }
        let failure = step.failure.map { ": \($0.what)" } ?? ""
        let word = step.status == .unknown ? "UNKNOWN: it started, and its run went away" : step.status.mark.word
        return word + failure + after
    }

    private func takes(_ step: StepRecord) -> String {
        guard let duration = rehearsedDurations?[step.id] else { return "not rehearsed" }
        return "\(Wording.duration(milliseconds: duration)) when it was rehearsed"
    }

    // MARK: - What stays

    func willNotRun() -> [String] {
        let irreversible = remaining.filter { $0.rollback.kind == .irreversible }
        guard !irreversible.isEmpty else { return [] }
        var lines = [palette.yellow("cannot be undone:")]
        for step in irreversible {
            let why =
                "\(ShownText.line(step.id)): \(ShownText.line(step.rollback.reason ?? "")) (owner \(ShownText.line(step.owner)))"
            let wrapped = TextLayout.wrap(why, width: max(24, width - 4))
            lines += wrapped.enumerated().map { ($0 == 0 ? "  ! " : "    ") + palette.yellow($1) }
        }
        let hidden = remaining.dropFirst(reached.count).filter { $0.rollback.kind != .irreversible }
        guard !goesPastIrreversible else { return lines }
        lines += TextLayout.wrap(
            "the rollback stops there (exit 4)\(hidden.isEmpty ? "" : "; not reached: \(names(hidden))")",
            width: max(24, width))
        return lines
            + NextCommand.block([
                NextCommand(
                    purpose: "go on behind it, leaving it as it is",
                    command: "rehearse rollback \(record.id) --past-irreversible")
            ])
    }

    func leftAlone() -> [String] {
        let open = Set(remaining.map(\.id))
        let others = record.steps.filter { !open.contains($0.id) }
        let groups: [(String, [StepRecord])] = [
            ("undone already", others.filter { $0.rollback.status == .done }),
            ("change nothing", others.filter { !$0.attempts.isEmpty && $0.rollback.kind == .none }),
            ("did not run", others.filter { !$0.status.mayHaveActed || $0.failure?.reason == .spawn }),
        ]
        let shown = groups.filter { !$0.1.isEmpty }
        var facts = LabelledLines(labelWidth: 14, width: width, palette: palette)
        for (label, steps) in shown { facts.add(label, prose: names(steps)) }
        return facts.lines
    }

    private func names(_ steps: some Sequence<StepRecord>) -> String {
        steps.map { ShownText.line($0.id) }.joined(separator: ", ")
    }
}

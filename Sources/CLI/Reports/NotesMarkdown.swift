import Deployment
import Diagnostics
package import Engine

/// The final notes of a run: what a team pastes into its release.
package enum NotesMarkdown {
    private static let mostItems = 200

    /// - Parameter previous: the run to compare figures with; `nil` shows them alone.
    package static func text(_ record: RunRecord, previous: RunRecord? = nil) -> String {
        var blocks = [["# \(Markdown.text(record.title)): \(record.status.mark.word)"], about(record)]
        blocks.append(section("Reason", record.reason.map { [paragraphs($0)] } ?? []))
        blocks.append(section("What changed", items(record.changes.map { Markdown.text($0) })))
        blocks.append(section("Files touched", items(record.filesTouched.map { Markdown.code($0) })))
        blocks.append(section("Commands used", commands(record)))
        blocks.append(section("Figures", Figures(record, previous: previous).markdown))
        blocks.append(section("Steps", steps(record)))
        blocks.append(section("Rehearsal", rehearsal(record)))
        blocks.append(section("Rollback", rollback(record)))
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["## \(title)", ""] + lines
    }

    private static func about(_ record: RunRecord) -> [String] {
        var facts = ["Run: \(Markdown.code(record.id))", "By: \(Markdown.text(record.actor.words))"]
        let duration = record.durationMs.map { ", took \(Wording.duration(milliseconds: $0))" } ?? ""
        facts.append("Started: \(Moments.instant(record.startedAt))\(duration)")
        if let commit = record.commitWords { facts.append("Commit: \(Markdown.text(commit))") }
        for (name, value) in record.inputs.sorted(by: { $0.key < $1.key }) {
            facts.append("Input \(Markdown.code(name)): \(Markdown.code(value))")
        }
        if record.rehearsal { facts.append("This was a rehearsal.") }
        if let why = record.gateOverride {
            facts.append("The gate was closed, and passed all the same: \(Markdown.text(why))")
        }
        return facts.map { "- \($0)" }
    }

    /// A reason may have several lines; they stay lines.
    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n").map { Markdown.text($0) }.joined(separator: "  \n")
    }

    private static func items(_ items: [String]) -> [String] {
        let shown = items.prefix(mostItems).map { "- \($0)" }
        return shown + (items.count > mostItems ? ["- and \(items.count - mostItems) more"] : [])
    }

    private static func commands(_ record: RunRecord) -> [String] {
        let used = record.steps.filter { !$0.attempts.isEmpty && $0.action.command != nil }
        guard !used.isEmpty else { return [] }
        let lines = used.flatMap { step in
            ["# \(ShownText.line(step.id))"] + ShownText.lines(step.action.command?.pasteable ?? "")
        }
        return Markdown.block(lines, language: "sh")
    }

    private static func steps(_ record: RunRecord) -> [String] {
        Markdown.table(
            ["Step", "Owner", "Result", "Took", "Expected"],
            record.steps.map { step in
                let why = step.failure?.what ?? step.skipped
                return [
                    "\(Markdown.code(step.id)) \(Markdown.text(step.name))", Markdown.text(step.owner),
                    step.status.mark.word + (why.map { ": \(Markdown.text($0))" } ?? ""), step.durationWords,
                    Markdown.text(step.expect.says),
                ]
            })
    }

    private static func rehearsal(_ record: RunRecord) -> [String] {
        guard let rehearsed = record.rehearsed else { return [] }
        let verdict =
            rehearsed.problem.map { "It does not hold: \(Markdown.text($0))." }
            ?? "It holds: forward, back to what was there before, and forward again."
        let rows = rehearsed.steps.map { step in
            [
                Markdown.code(step.id), pass(step.forward),
                step.back.map { back in
                    back.times == 0 ? "" : back.status.rawValue + (back.durationMs.map(took) ?? "")
                } ?? "", pass(step.again), Markdown.text(step.notRehearsed.map { "not rehearsed: \($0)" } ?? ""),
            ]
        }
        return [verdict, ""] + Markdown.table(["Step", "Forward", "Back", "Forward again", ""], rows)
    }

    private static func pass(_ pass: RehearsalRecord.Pass?) -> String {
        pass.map { $0.status.mark.word + ($0.durationMs.map(took) ?? "") } ?? ""
    }

    private static func took(_ milliseconds: Int) -> String { ", \(Wording.duration(milliseconds: milliseconds))" }

    private static func rollback(_ record: RunRecord) -> [String] {
        var lines: [String] = []
        if let rollback = record.rollback {
            let who = rollback.automatic ? "by the run itself" : "by \(rollback.by.words)"
            lines.append(
                "\(Markdown.text("\(record.status.mark.word): \(who), \(Moments.instant(rollback.startedAt))")).")
            if let problem = rollback.problem { lines.append("Incomplete: \(Markdown.text(problem)).") }
            lines.append("")
        }
        if let command = record.commands.rollback {
            lines += ["Undo it with:", ""] + Markdown.block([command], language: "sh") + [""]
        }
        lines += Markdown.table(
            ["Step", "Undo", "State"],
            record.steps.reversed().filter { !$0.attempts.isEmpty }.map { step in
                [
                    Markdown.code(step.id), undo(step),
                    step.rollback.status == .pending ? "not undone" : step.rollback.mark.word,
                ]
            })
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func undo(_ step: StepRecord) -> String {
        switch step.rollback.kind {
        case .command, .automatic: step.rollback.says.map { Markdown.text($0) } ?? Markdown.code(step.rollback.shown)
        case .none: "none: \(Markdown.text(step.rollback.reason ?? "it changes nothing"))"
        case .irreversible: "irreversible: \(Markdown.text(step.rollback.reason ?? ""))"
        }
    }
}

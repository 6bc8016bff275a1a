import Deployment
package import Diagnostics
package import Engine

/// Everything that a record holds, for `history show`.
package enum RunText {
    package static func text(_ record: RunRecord, palette: Palette = .plain, width: Int = 80) -> String {
        var blocks = [[RunSummary.headline(record, palette)] + facts(record, palette, width)]
        let writer = StepText(palette: palette, width: width)
        for (index, step) in record.steps.enumerated() { blocks.append(writer.lines(step, number: index + 1)) }
        blocks.append(rollback(record, palette, width))
        blocks.append(RehearsalText(record: record, palette: palette, width: width).lines)
        blocks.append(fingerprint(record, palette, width))
        blocks.append(list("warnings", record.warnings, palette, width))
        blocks.append(list("what changed", record.changes, palette, width))
        blocks.append(list("files touched", record.filesTouched, palette, width))
        let log = NextCommand(purpose: "read what its steps printed", command: "rehearse history log \(record.id)")
        let ways = NextCommand.ways(on: record).filter { !$0.command.hasPrefix("rehearse history show ") }
        blocks.append(NextCommand.block([log] + ways))
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func facts(_ record: RunRecord, _ palette: Palette, _ width: Int) -> [String] {
        var facts = LabelledLines(labelWidth: 11, width: width, palette: palette)
        facts.add("run", exact: record.id)
        facts.add("runbook", exact: "\(record.runbook.path)  sha256 \(record.runbook.sha256.prefix(12))")
        facts.add("environment", exact: "\(record.environment.name)  sha256 \(record.environment.sha256.prefix(12))")
        facts.add("compose", exact: record.environment.composeSha256.map { "rendered  sha256 \($0.prefix(12))" })
        facts.add("commit", prose: record.commitWords)
        facts.add("by", prose: record.actor.words)
        facts.add("started", prose: Moments.instant(record.startedAt))
        facts.add("ended", prose: record.endedAt.map(Moments.instant))
        facts.add("took", prose: record.durationMs.map(Wording.duration(milliseconds:)))
        facts.add("reason", prose: record.reason)
        for (index, input) in record.inputs.sorted(by: { $0.key < $1.key }).enumerated() {
            facts.add(index == 0 ? "inputs" : "", prose: "\(input.key)=\(input.value)")
        }
        facts.add("gate", prose: record.gateOverride.map { "closed, and passed all the same: \($0)" }, .caution)
        for condition in record.gate ?? [] {
            let mark = condition.held ? "held" : "NOT HELD"
            facts.add("", prose: "\(condition.name) \(mark): \(condition.found)", condition.held ? .plain : .caution)
        }
        for (index, resumed) in record.resumed.enumerated() {
            let assumed = resumed.reason.map { ", --assume \($0)" } ?? ""
            facts.add(
                index == 0 ? "resumed" : "", prose: "\(Moments.instant(resumed.at)) by \(resumed.by.words)\(assumed)")
        }
        facts.add(
            "closed", prose: record.closed.map { "\(Moments.instant($0.at)) by \($0.by.words): \($0.reason ?? "")" })
        facts.add(
            "settled", prose: record.settled ? "yes" : "no: something is left to finish or undo",
            record.settled ? .plain : .caution)
        facts.add("tool", prose: "rehearse \(record.tool.version)")
        facts.add(
            "journal", prose: Wording.count(record.journal.events, "event") + ", head \(record.journal.head.prefix(12))"
        )
        return facts.lines
    }

    private static func rollback(_ record: RunRecord, _ palette: Palette, _ width: Int) -> [String] {
        guard let rollback = record.rollback else { return [] }
        var facts = LabelledLines(labelWidth: 11, width: width, palette: palette)
        facts.add(
            "started", prose: Moments.instant(rollback.startedAt) + (rollback.automatic ? ", by the run itself" : ""))
        facts.add("ended", prose: rollback.endedAt.map(Moments.instant))
        facts.add("by", prose: rollback.by.words)
        facts.add("reason", prose: rollback.reason)
        facts.add(
            "commands", prose: rollback.use.map { _ in "of the runbook of that day, not of the record" }, .caution)
        facts.add("incomplete", prose: rollback.problem, .bad)
        return [palette.bold("rollback")] + facts.lines
    }

    private static func fingerprint(_ record: RunRecord, _ palette: Palette, _ width: Int) -> [String] {
        guard let fingerprint = record.fingerprint, !fingerprint.before.isEmpty else { return [] }
        let names = fingerprint.before.keys.sorted()
        let labelWidth = min(24, names.map { ShownText.columns(ShownText.line($0)) }.max() ?? 0)
        var facts = LabelledLines(labelWidth: labelWidth, width: width, palette: palette)
        for name in names {
            let before = fingerprint.before[name] ?? ""
            let label = ShownText.line(name)
            guard let after = fingerprint.after?[name] else {
                facts.add(label, prose: before)
                continue
            }
            if after == before {
                facts.add(label, prose: "\(before), and again after the rollback", .good)
            } else {
                facts.add(label, prose: "was \(before), is \(after)", .bad)
            }
        }
        return [palette.bold("fingerprint")] + facts.lines
    }

    private static func list(_ title: String, _ items: [String], _ palette: Palette, _ width: Int) -> [String] {
        guard !items.isEmpty else { return [] }
        return [palette.bold(title)] + items.map { "  \(ShownText.line($0))" }
    }
}

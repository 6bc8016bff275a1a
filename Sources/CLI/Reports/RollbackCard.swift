import Deployment
package import Diagnostics
package import Engine

/// The first screen of a rollback: everything that a person who was just woken needs to say yes or no.
package enum RollbackCard {
    /// - Parameters:
    ///   - remaining: the steps to deal with, in the order of the rollback (`RollbackEngine.remaining`).
    ///   - now: for the run's age; `nil` leaves it out.
    ///   - rehearsedDurations: by step, how long its undo took when it was rehearsed, in milliseconds; `nil` when no
    ///     rehearsal is known at all.
    ///   - currentRunbookDifferences: how today's runbook differs from the record; `nil` when nobody looked.
    ///   - usesCurrentRunbook: today's commands will run; `remaining` has them already.
    ///   - goesPastIrreversible: the rollback was told to go on behind steps that cannot be undone.
    package static func text(
        _ record: RunRecord, remaining: [StepRecord], palette: Palette = .plain, width: Int = 80, now: Timestamp? = nil,
        rehearsedDurations: [String: Int]? = nil, currentRunbookDifferences: [String]? = nil,
        usesCurrentRunbook: Bool = false, goesPastIrreversible: Bool = false
    ) -> String {
        let writer = RollbackCardWriter(
            record: record, remaining: remaining, palette: palette, width: width,
            rehearsedDurations: rehearsedDurations, goesPastIrreversible: goesPastIrreversible)
        let blocks = [
            header(record, palette, width, now), writer.willRun(), writer.willNotRun(), writer.leftAlone(),
            differences(currentRunbookDifferences, usesCurrentRunbook, palette, width),
            NextCommand.block([
                NextCommand(
                    purpose: "see these commands with their variables, ready to be pasted",
                    command: "rehearse rollback \(record.id)\(usesCurrentRunbook ? " --use current" : "") --plan")
            ]),
        ]
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func header(_ record: RunRecord, _ palette: Palette, _ width: Int, _ now: Timestamp?) -> [String] {
        let mark = record.status.mark
        var facts = LabelledLines(labelWidth: 7, width: width, palette: palette)
        facts.add("run", exact: record.id)
        facts.add("state", prose: mark.word, mark.tone)
        let age = now.flatMap { Moments.age(record.startedAt, now: $0) }.map { ", \($0)" } ?? ""
        facts.add("started", prose: "\(Moments.instant(record.startedAt))\(age)")
        facts.add("by", prose: record.actor.words)
        facts.add("commit", prose: record.commitWords)
        facts.add(
            "inputs",
            prose: record.inputs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", "))
        facts.add("reason", prose: record.reason)
        facts.add("gate", prose: record.gateOverride.map { "closed, and passed all the same: \($0)" }, .caution)
        return [palette.bold("rollback of \(record.title)")] + facts.lines
    }

    private static func differences(
        _ differences: [String]?, _ isUsed: Bool, _ palette: Palette, _ width: Int
    ) -> [String] {
        guard let differences, !differences.isEmpty else { return [] }
        let lines = differences.flatMap { difference in
            let wrapped = TextLayout.wrap(ShownText.line(difference), width: max(24, width - 4))
            return wrapped.enumerated().map { ($0 == 0 ? "  ~ " : "    ") + $1 }
        }
        let heading =
            isUsed
            ? "today's runbook is used in place of the record, and differs:"
            : "today's runbook differs; the record is used all the same:"
        return [palette.yellow(heading)] + lines
    }
}

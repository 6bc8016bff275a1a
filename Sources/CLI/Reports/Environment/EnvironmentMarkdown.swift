import Deployment
import Diagnostics
import Engine

/// An environment's last runs as Markdown.
package enum EnvironmentMarkdown {
    private static let mostUnsettled = 20

    /// - Parameter limit: bytes; the oldest runs are left out of the table for it, and that is said.
    package static func text(_ report: EnvironmentReport, limit: Int = GitHubSummary.limit) -> String {
        var blocks = [["# Runs on \(Markdown.text(report.environment)): \(report.sentence)"], facts(report)]
        blocks.append(
            section(
                "Runbooks",
                Markdown.table(
                    ["Runbook", "Runs", "Succeeded", "Median", "Longest"],
                    report.runbooks.map { row in
                        [
                            Markdown.code(row.name), String(row.runs), String(row.succeeded), duration(row.medianMs),
                            duration(row.longestMs),
                        ]
                    })))
        blocks.append(
            section(
                "Who",
                Markdown.table(
                    ["Who", "Runs", "Rollbacks by hand"],
                    report.people.map { [Markdown.text($0.name), String($0.runs), String($0.rollbacks)] })))
        let head = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
        return head + "\n" + runs(report, room: limit - head.utf8.count - 200)
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["## \(title)", ""] + lines
    }

    private static func facts(_ report: EnvironmentReport) -> [String] {
        var facts: [String] = []
        if let last = report.records.first, let first = report.records.last {
            facts.append("From \(Moments.instant(first.startedAt)) to \(Moments.instant(last.startedAt))")
        }
        let rollbacks = report.rollbacks
        if rollbacks.count > 0 {
            facts.append(
                "Rollbacks: \(rollbacks.automatic) by the run itself, \(rollbacks.byHand) by hand, "
                    + "\(rollbacks.incomplete) incomplete")
        }
        if report.overriddenGates > 0 {
            facts.append("Started although the gate was closed: \(report.overriddenGates)")
        }
        let unsettled = report.unsettled
        for record in unsettled.prefix(mostUnsettled) {
            facts.append("Not settled: \(Markdown.code(record.id)) (\(record.status.mark.word))")
        }
        if unsettled.count > mostUnsettled {
            facts.append("\(Wording.count(unsettled.count - mostUnsettled, "more run")) not settled")
        }
        return facts.map { "- \($0)" }
    }

    private static func runs(_ report: EnvironmentReport, room: Int) -> String {
        let table = Markdown.table(
            ["Run", "Result", "Took", "By", "Reason"],
            report.records.map { record in
                [
                    Markdown.code(record.id), result(record), duration(record.durationMs),
                    Markdown.text(record.actor.words), Markdown.text(record.reason ?? ""),
                ]
            })
        var used = 0
        let shown = table.prefix { line in
            used += line.utf8.count + 1
            return used <= room
        }
        let left = table.count - shown.count
        return "## Runs\n\n" + shown.joined(separator: "\n") + "\n"
            + (left > 0 ? "\n\(Wording.count(left, "older run")) left out, as the page may not be larger\n" : "")
    }

    private static func result(_ record: RunRecord) -> String {
        let step = record.stoppedStep.map { " at \(Markdown.code($0.step.id))" } ?? ""
        let undone = record.rollback.map { $0.automatic ? "" : ", by \(Markdown.text($0.by.words))" } ?? ""
        return record.status.mark.word + step + undone + (record.rehearsal ? ", a rehearsal" : "")
    }

    private static func duration(_ milliseconds: Int?) -> String {
        milliseconds.map(Wording.duration(milliseconds:)) ?? ""
    }
}

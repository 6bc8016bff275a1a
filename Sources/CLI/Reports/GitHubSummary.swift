import Deployment
import Diagnostics
package import Engine

/// The page that GitHub shows for a job: `$GITHUB_STEP_SUMMARY`.
///
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
package enum GitHubSummary {
    /// What GitHub takes is 1 MiB for all steps of a job together; more is refused as a whole.
    package static let limit = 1_000_000

    /// A step's log, or as much of its end as is worth showing.
    package struct Log: Sendable {
        package let title: String
        package let text: String

        package init(title: String, text: String) {
            self.title = title
            self.text = text
        }
    }

    /// Logs go first when it gets too long, then what the notes list, and both is said.
    ///
    /// - Parameter logs: the most important one first; the last ones are dropped first.
    /// - Returns: fewer than `limit` bytes of UTF-8.
    package static func text(_ record: RunRecord, logs: [Log] = [], limit: Int = Self.limit) -> String {
        let head = heading(record) + "\n"
        let notes = NotesMarkdown.text(record)
        let body = head + notes
        guard body.utf8.count < limit - 200 else {
            return head + "The notes are too long for this page:\n\n"
                + Markdown.block(["rehearse notes \(record.id)"], language: "sh").joined(separator: "\n") + "\n"
        }
        var result = body
        var dropped = 0
        for log in logs {
            let section = "\n" + details(log)
            if dropped > 0 || result.utf8.count + section.utf8.count >= limit - 200 {
                dropped += 1
            } else {
                result += section
            }
        }
        if dropped > 0 {
            let words = dropped == 1 ? "1 log is" : "\(dropped) logs are"
            result += "\n\(words) left out, as the page may not be larger: `rehearse history log \(record.id)`\n"
        }
        return result
    }

    private static func heading(_ record: RunRecord) -> String {
        let sign =
            switch record.status {
            case .succeeded: "✅"
            case .closed, .running, .interrupted, .rolledBack: "⚠️"
            case .failed, .crashed, .rollbackIncomplete: "❌"
            }
        var lines = ["\(sign) **\(Markdown.text(record.title)) \(record.status.mark.word)**"]
        if let (position, step) = record.stoppedStep {
            let what = step.failure?.what ?? step.status.mark.word
            lines += [
                "", "Step \(position) of \(record.steps.count), \(Markdown.code(step.id)): \(Markdown.text(what))",
            ]
            lines += ["", "Expected: \(Markdown.text(step.failure?.expected ?? step.expect.says))"]
        }
        let ways = NextCommand.ways(on: record)
        lines +=
            [""]
            + ways.flatMap {
                ["To \(Markdown.text($0.purpose)):", ""] + Markdown.block([$0.command], language: "sh") + [""]
            }
        return lines.joined(separator: "\n")
    }

    private static func details(_ log: Log) -> String {
        let lines =
            ["<details><summary>\(Markdown.html(log.title))</summary>", ""]
            + Markdown.block(ShownText.lines(log.text)) + ["", "</details>"]
        return lines.joined(separator: "\n") + "\n"
    }
}

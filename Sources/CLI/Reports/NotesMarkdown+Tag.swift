import Deployment
import Diagnostics
package import Engine

extension NotesMarkdown {
    private static let mostTagItems = 50

    /// The notes of a run that is still going on, as the message of the tag that it makes: plain text, subject first.
    ///
    /// No line begins with `#`, which git takes for a comment where a person edits the message later.
    package static func tagMessage(_ record: RunRecord) -> String {
        let tag = record.steps.lazy.compactMap(\.action.tag?.name).first
        var blocks = [[ShownText.line(tag.map { "\($0): \(record.title)" } ?? record.title)]]
        if let reason = record.reason { blocks.append(ShownText.lines(reason).map(unhashed)) }
        blocks.append(list("What changed:", record.changes))
        blocks.append(list("Files touched:", record.filesTouched))
        blocks.append(list("Checked before:", done(record)))
        blocks.append(list("Figures:", Figures(record, previous: nil).plain))
        var facts = ["Run: \(record.id)", "By: \(record.actor.words)"]
        if let commit = record.git?.commit { facts.append("Commit: \(ShownText.line(commit))") }
        facts.append("Rollback: rehearse rollback \(record.id)")
        blocks.append(facts)
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func done(_ record: RunRecord) -> [String] {
        let good: Set<StepStatus> = [.succeeded, .satisfied]
        return record.steps.filter { good.contains($0.status) }.map { step in
            "\(step.id): \(step.expect.says)\(step.durationMs.map { " (\(Wording.duration(milliseconds: $0)))" } ?? "")"
        }
    }

    private static func list(_ title: String, _ items: [String]) -> [String] {
        guard !items.isEmpty else { return [] }
        let more = items.count > mostTagItems ? ["- and \(items.count - mostTagItems) more"] : []
        return [title] + items.prefix(mostTagItems).map { "- \(ShownText.line($0))" } + more
    }

    private static func unhashed(_ line: String) -> String { line.hasPrefix("#") ? " \(line)" : line }
}

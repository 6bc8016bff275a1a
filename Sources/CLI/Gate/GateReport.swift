package import Diagnostics
package import Engine
package import YAML

/// What `gate` answers.
package struct GateReport: Hashable, Sendable {
    package let environment: String
    /// `nil`: any runbook.
    package let runbook: String?
    package let commit: String?
    package let conditions: [GateCondition]

    package init(environment: String, runbook: String?, commit: String?, conditions: [GateCondition]) {
        self.environment = environment
        self.runbook = runbook
        self.commit = commit
        self.conditions = conditions
    }

    package var isOpen: Bool { conditions.allSatisfy(\.held) }

    /// `the gate of production is closed: 1 of 3 conditions is not held`.
    package var summary: String {
        let closed = conditions.count { !$0.held }
        guard !conditions.isEmpty else { return "the gate of \(environment) is open: it has no conditions" }
        guard closed > 0 else {
            return "the gate of \(environment) is open: \(Wording.count(conditions.count, "condition")) held"
        }
        let verb = closed == 1 ? "is" : "are"
        return "the gate of \(environment) is closed: \(closed) of \(Wording.count(conditions.count, "condition")) "
            + "\(verb) not held"
    }

    // MARK: - Text

    package func text(palette: Palette, width: Int) -> String {
        var lines = [palette.paint("\(isOpen ? "✓" : "✗") \(summary)", isOpen ? .good : .bad)]
        for condition in conditions {
            var facts = LabelledLines(indentation: 4, labelWidth: 9, width: width, palette: palette)
            facts.add("found", prose: condition.found)
            facts.add("open with", exact: condition.openWith)
            let mark = condition.held ? palette.green("✓ held") : palette.red("✗ NOT HELD")
            lines += ["  \(mark)  \(palette.bold(condition.name))"] + facts.lines
        }
        return lines.map { $0 + "\n" }.joined()
    }

    // MARK: - JSON

    package var document: Node {
        .mapping([
            ("schema", .integer(1)), ("environment", .string(environment)), ("runbook", .string(orNull: runbook)),
            ("commit", .string(orNull: commit)), ("open", .boolean(isOpen)),
            (
                "conditions",
                .sequence(
                    conditions.map { condition in
                        .mapping([
                            ("name", .string(condition.name)), ("held", .boolean(condition.held)),
                            ("found", .string(condition.found)), ("open_with", .string(orNull: condition.openWith)),
                        ])
                    })
            ),
        ])
    }

    // MARK: - Markdown

    package var markdown: String {
        var lines = ["\(isOpen ? "✅" : "❌") **\(Markdown.text(summary))**"]
        if let commit { lines += ["", "Commit: \(Markdown.code(commit))"] }
        let rows = conditions.map { condition in
            [
                Markdown.code(condition.name), condition.held ? "held" : "**not held**", Markdown.text(condition.found),
                condition.openWith.map { Markdown.code($0) } ?? "",
            ]
        }
        let table = Markdown.table(["Condition", "", "Found", "Open with"], rows)
        if !table.isEmpty { lines += [""] + table }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - GitHub

    /// An annotation for each condition that is not held; a notice when all are.
    package var annotations: String {
        let closed = conditions.filter { !$0.held }
        guard !closed.isEmpty else {
            return GitHubCommands.command("notice", [("title", "gate")], ShownText.line(summary)) + "\n"
        }
        return closed.map { condition in
            let next = condition.openWith.map { "\nopen with: \(ShownText.line($0))" } ?? ""
            return GitHubCommands.command(
                "error", [("title", "gate of \(environment): \(condition.name)")],
                ShownText.line(condition.found) + next) + "\n"
        }.joined()
    }
}

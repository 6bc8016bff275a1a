package import Deployment
package import Diagnostics

/// What `run` would do, for reading before it is done.
package enum PlanText {
    /// Header, every step, and the count that people look for first at the end. Ends with a line break.
    package static func text(_ plan: Plan, palette: Palette = .plain, width: Int = 80) -> String {
        var blocks = [header(plan, palette, width)]
        let writer = PlannedStepText(numberWidth: String(plan.steps.count).count, palette: palette, width: width)
        for (index, step) in plan.steps.enumerated() { blocks.append(writer.lines(step, number: index + 1)) }
        blocks.append([palette.bold(count(plan))])
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// `5 to run, 4 can be undone or change nothing, 1 point of no return, 1 skipped`.
    package static func count(_ plan: Plan) -> String {
        let open = plan.steps.filter { $0.skipped == nil }
        let pivots = open.count { $0.rollback.kind == .irreversible }
        let skipped = plan.steps.count - open.count
        var parts = [
            "\(open.count) to run", "\(open.count - pivots) can be undone or change nothing",
            pivots == 1 ? "1 point of no return" : "\(pivots) points of no return",
        ]
        if skipped > 0 { parts.append("\(skipped) skipped") }
        return parts.joined(separator: ", ")
    }

    private static func header(_ plan: Plan, _ palette: Palette, _ width: Int) -> [String] {
        var facts = LabelledLines(labelWidth: 11, width: width, palette: palette)
        facts.add("runbook", exact: "\(plan.runbook.path)  \(digest(plan.runbook.sha256))")
        facts.add("environment", exact: "\(plan.environment.name)  \(digest(plan.environment.sha256))")
        facts.add("compose", exact: plan.environment.composeSha256.map { "rendered  \(digest($0))" })
        facts.add("url", exact: plan.url)
        for (index, input) in plan.inputs.sorted(by: { $0.key < $1.key }).enumerated() {
            facts.add(index == 0 ? "inputs" : "", prose: "\(input.key)=\(input.value)")
        }
        facts.add("values", prose: plan.variables.isEmpty ? nil : Wording.count(plan.variables.count, "value"))
        for (index, secret) in plan.secrets.sorted(by: { $0.key < $1.key }).enumerated() {
            facts.add(index == 0 ? "secrets" : "", prose: "\(secret.key) from \(secret.value.description)")
        }
        for (index, probe) in plan.fingerprint.enumerated() {
            facts.add(index == 0 ? "fingerprint" : "", exact: "\(probe.name)  \(probe.command.pasteable)")
        }
        let title = ShownText.line("\(plan.runbook.name) on \(plan.environment.name)")
        return [palette.bold("plan: \(title)")] + facts.lines
    }

    private static func digest(_ sha256: String) -> String { "sha256 \(sha256.prefix(12))" }
}

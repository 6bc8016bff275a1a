import Deployment
import Diagnostics

/// One step of a plan.
///
/// The sign in front says what kind it is: `+` can be undone, `=` changes nothing, `!` point of no return, `-` skipped.
struct PlannedStepText {
    let numberWidth: Int
    let palette: Palette
    let width: Int

    /// - Parameter number: 1-based.
    func lines(_ step: PlannedStep, number: Int) -> [String] {
        let position = String(repeating: " ", count: max(0, numberWidth - String(number).count)) + String(number)
        var heading = StyledLine("\(sign(step)) \(position)  ", tone(step))
        heading.add(ShownText.line(step.id), step.skipped == nil ? .strong : .quiet)
        heading.add("  \(ShownText.line(step.name))", step.skipped == nil ? .plain : .quiet)
        var facts = LabelledLines(indentation: numberWidth + 4, labelWidth: 8, width: width, palette: palette)
        facts.add("skipped", prose: step.skipped, .caution)
        facts.add("owner", prose: step.owner)
        facts.add("beside", prose: step.group.map { "the others of \($0)" })
        addAction(of: step, to: &facts)
        facts.add("verify", exact: step.verify?.pasteable)
        facts.add("expect", prose: Self.expectation(step.expect))
        facts.add("limits", prose: limits(step))
        addRollback(of: step, to: &facts)
        return [heading.text(palette, columns: max(20, width))] + facts.lines
    }

    private func sign(_ step: PlannedStep) -> String {
        if step.skipped != nil { return "-" }
        return switch step.rollback.kind {
        case .command, .automatic: "+"
        case .none: "="
        case .irreversible: "!"
        }
    }

    private func tone(_ step: PlannedStep) -> Tone {
        if step.skipped != nil { return .quiet }
        return switch step.rollback.kind {
        case .command, .automatic: .good
        case .none: .quiet
        case .irreversible: .caution
        }
    }

    // MARK: - Forward

    private func addAction(of step: PlannedStep, to facts: inout LabelledLines) {
        facts.add("unless", exact: step.skipIf?.pasteable)
        for capture in step.capture {
            facts.add("capture", exact: "\(capture.name)=$(\(capture.command.pasteable))")
        }
        facts.add(
            "env",
            prose: step.action.env.keys.sorted().map { "\($0)=\(step.action.env[$0] ?? "")" }.joined(separator: " "))
        facts.add("secrets", prose: step.secrets.joined(separator: ", "))
        facts.add("dir", exact: step.action.dir)
        facts.add(step.action.kind, exact: step.action.text)
    }

    /// `every container is healthy; within 2m`.
    static func expectation(_ expect: Expectation) -> String {
        var parts = [expect.says]
        if expect.exit != 0 { parts.append("exit \(expect.exit)") }
        if let pattern = expect.standardOutput { parts.append("standard output has `\(pattern)`") }
        if let pattern = expect.standardError { parts.append("standard error has `\(pattern)`") }
        if let within = expect.within { parts.append("within \(DurationSyntax.format(within))") }
        return parts.joined(separator: "; ")
    }

    private func limits(_ step: PlannedStep) -> String {
        var parts = ["timeout \(DurationSyntax.format(.milliseconds(step.timeoutMs)))"]
        if let retry = step.retry, retry.times > 0 {
            var words = "retry \(retry.times == 1 ? "once" : "\(retry.times) times")"
            if retry.delay > .zero { words += " after \(DurationSyntax.format(retry.delay))" }
            if retry.backoff != 1 { words += ", each time \(Self.factor(retry.backoff)) times longer" }
            if let on = retry.on { words += ", only after \(on.joined(separator: ", "))" }
            parts.append(words)
        }
        if step.idempotent { parts.append("safe to run again") }
        if step.always { parts.append("runs at the end whatever happens") }
        return parts.joined(separator: "; ")
    }

    private static func factor(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }

    // MARK: - Back

    private func addRollback(of step: PlannedStep, to facts: inout LabelledLines) {
        let rollback = step.rollback
        switch rollback.kind {
        case .command:
            facts.add("rollback", exact: rollback.command?.pasteable)
            facts.add("", exact: rollback.verify.map { "then \($0.pasteable)" })
            if let timeout = rollback.timeoutMs, timeout != step.timeoutMs {
                facts.add("", prose: "timeout \(DurationSyntax.format(.milliseconds(timeout)))")
            }
        case .none: facts.add("rollback", prose: "none: \(rollback.reason ?? "it changes nothing")")
        case .irreversible: facts.add("rollback", prose: "! irreversible: \(rollback.reason ?? "")", .caution)
        case .automatic: facts.add("rollback", prose: "undoes itself; the command is recorded when the step starts")
        }
    }
}

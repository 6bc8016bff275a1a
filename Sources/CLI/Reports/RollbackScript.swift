import Deployment
import Diagnostics
import Engine

/// Writes the undo of a run as shell text: the same variables, folder and command that the engine would use.
struct RollbackScript {
    let record: RunRecord
    let plan: Plan
    let root: String

    func opening() -> [String] {
        [
            "# rollback of \(record.title), run \(record.id)",
            "# newest step first; for a POSIX shell, pasted or piped; it ends at the first command that fails",
        ]
    }

    /// A comment in the place of a step that stays done.
    func irreversible(_ step: StepRecord) -> String {
        "# ! \(ShownText.line(step.id)) cannot be undone: \(ShownText.line(step.rollback.reason ?? ""))"
    }

    /// As the rollback itself ends there: exit 4, a person must choose.
    func end(before step: StepRecord) -> [String] {
        [
            irreversible(step), "# the commands behind it:",
            "# rehearse rollback \(record.id) --plan --past-irreversible",
            "echo \(ShellQuoting.quoted("\(step.id) cannot be undone; the rollback stops here")) >&2", "exit 4",
        ]
    }

    /// A subshell; its last line is `)`.
    func block(_ step: StepRecord) -> [String] {
        let heading =
            "# \(ShownText.line(step.id)): undo \"\(ShownText.line(step.name))\" (owner \(ShownText.line(step.owner)))"
        let scripts = [step.rollback.command, step.rollback.verify].compactMap(\.self)
        let directory = step.action.dir.map { "\(root)/\($0)" } ?? root
        var lines = [heading, "(", "set -eu", "cd -- \(ShellQuoting.quoted(directory))"]
        for (name, value) in variables(of: step).sorted(by: { $0.key < $1.key }) { lines += export(name, value) }
        for name in (plan.step(step.id)?.secrets ?? []).sorted() {
            let source = plan.secrets[name].map { "  # from \(ShownText.line($0.description))" } ?? ""
            lines.append(": \"${\(name):?secret \(name) is needed}\"\(source)")
            lines.append("export \(name)")
        }
        for (index, script) in scripts.enumerated() {
            // The engine starts each by itself: neither `exit` nor `cd` in one may reach the next.
            let isLast = index == scripts.count - 1
            lines += isLast ? command(script) : ["("] + command(script) + [")"]
        }
        return lines + [")"]
    }

    /// What the engine's `StepVariables` hands to an undo, secrets and the caller's own environment aside.
    private func variables(of step: StepRecord) -> [String: String] {
        var own = [
            "REHEARSE_RUN": record.id, "REHEARSE_ENVIRONMENT": plan.environment.name,
            "REHEARSE_RUNBOOK": plan.runbook.name, "REHEARSE_STEP": step.id, "REHEARSE_OUTCOME": step.status.rawValue,
            "REHEARSE_ATTEMPT": String(step.rollback.attempts.count + 1),
            "REHEARSE_IDEMPOTENCY_KEY": "\(record.id):\(step.id):rollback",
        ]
        if let url = plan.url { own["REHEARSE_URL"] = url }
        if plan.environment.composeSha256 != nil {
            own["REHEARSE_COMPOSE_FILE"] = "\(root)/.rehearse/runs/\(record.id)/compose.yaml"
        }
        return record.recordedVariables(forUndoOf: step, plan).merging(own) { $1 }
    }

    /// A recorded value in which a secret was hidden is not the value any more, so a person has to give it.
    private func export(_ name: String, _ value: String) -> [String] {
        if let secret = HiddenValue.secret(in: value, of: plan.secrets.keys.sorted()) {
            return [": \"${\(name):?it held the secret \(secret), which is not recorded}\"", "export \(name)"]
        }
        guard Self.isPasteable(value) else {
            return [
                ": \"${\(name):?its recorded value has control characters; use rehearse rollback}\"", "export \(name)",
            ]
        }
        return ["export \(name)=\(ShellQuoting.quoted(value))"]
    }

    /// Control characters could not be pasted and would drive the terminal.
    private func command(_ script: Script) -> [String] {
        guard Self.isPasteable(script.pasteable) else {
            return ShownText.lines(script.pasteable).map { "# \($0)" }
                + ["echo 'this command has control characters; use rehearse rollback' >&2", "exit 1"]
        }
        return script.pasteable.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func isPasteable(_ text: String) -> Bool { Wording.visible(text) == text }
}

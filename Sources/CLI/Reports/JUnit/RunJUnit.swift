import Deployment
import Diagnostics
package import Engine

/// A run as test results: the run is a suite, each step a case; a rollback is a suite of its own, and so is what a
/// rehearsal has shown.
package enum RunJUnit {
    /// - Parameter logs: what the steps printed; it stands in the text of those that failed.
    package static func report(_ record: RunRecord, logs: [LogExcerpt] = []) -> JUnitReport {
        let back = record.rollback.map { self.back(record, $0, logs) }
        return JUnitReport(suites: [forward(record, logs)] + [back].compactMap(\.self) + RehearsalJUnit.suites(record))
    }

    // MARK: - Forward

    private static func forward(_ record: RunRecord, _ logs: [LogExcerpt]) -> JUnitReport.Suite {
        let took = record.steps.compactMap(\.durationMs).reduce(0, +)
        return JUnitReport.Suite(
            name: record.title, startedAt: record.startedAt, host: record.actor.host,
            milliseconds: record.durationMs ?? took, properties: properties(record),
            cases: record.steps.map { step in
                JUnitReport.Case(
                    name: "\(step.id): \(step.name)", className: className(record), milliseconds: step.durationMs ?? 0,
                    outcome: outcome(step, log(of: step.id, isUndo: false, logs)))
            })
    }

    static func className(_ record: RunRecord) -> String { "\(record.environment.name).\(record.runbook.name)" }

    private static func properties(_ record: RunRecord) -> [(name: String, value: String)] {
        var found = [
            ("run", record.id), ("status", record.status.rawValue), ("by", record.actor.words),
            ("tool", "rehearse \(record.tool.version)"),
        ]
        if let commit = record.git?.commit { found.append(("commit", commit)) }
        if let reason = record.reason { found.append(("reason", reason)) }
        if let why = record.gateOverride { found.append(("gate_override", why)) }
        if record.rehearsal { found.append(("rehearsal", "true")) }
        return found + record.inputs.sorted { $0.key < $1.key }.map { ("input.\($0.key)", $0.value) }
    }

    private static func outcome(_ step: StepRecord, _ log: String?) -> JUnitReport.Outcome {
        switch step.status {
        case .succeeded: return .passed
        case .satisfied: return .skipped("already done")
        case .skipped: return .skipped(step.skipped ?? "it does not apply here")
        case .pending: return .skipped("not started: the run ended before it")
        case .failed:
            let kind = step.failure?.reason.rawValue ?? "exit"
            let message = step.failure?.what ?? "failed"
            let text = text(step.actionText, step.failure, step.expect.says, log)
            // What never ran has proved nothing.
            return step.failure?.reason == .spawn
                ? .error(kind: kind, message: message, text: text)
                : .failure(kind: kind, message: message, text: text)
        case .running, .interrupted, .unknown:
            let message =
                step.status == .unknown
                ? "how it ended is not known" : step.status == .running ? "still running" : "stopped"
            return .error(
                kind: step.status.rawValue, message: message,
                text: text(step.actionText, step.failure, step.expect.says, log))
        }
    }

    // MARK: - Back

    private static func back(
        _ record: RunRecord, _ rollback: RollbackSummary, _ logs: [LogExcerpt]
    ) -> JUnitReport.Suite {
        let undone = record.steps.reversed().filter { $0.mayHaveActed || !$0.rollback.attempts.isEmpty }
        let steps = undone.map { step in
            JUnitReport.Case(
                name: "undo \(step.id): \(step.name)", className: className(record) + ".rollback",
                milliseconds: StepRecord.total(step.rollback.attempts) ?? 0,
                outcome: outcome(step.rollback, log(of: step.id, isUndo: true, logs)))
        }
        return JUnitReport.Suite(
            name: "rollback of \(record.title)", startedAt: rollback.startedAt, host: rollback.by.host,
            milliseconds: steps.reduce(0) { $0 + $1.milliseconds },
            properties: [
                ("run", record.id), ("by", rollback.by.words), ("automatic", String(rollback.automatic)),
            ] + (rollback.problem.map { [("incomplete", $0)] } ?? []),
            cases: steps + fingerprint(record))
    }

    private static func outcome(_ undo: StepRecord.RollbackRecord, _ log: String?) -> JUnitReport.Outcome {
        switch undo.status {
        case .done: return .passed
        case .waived: return .skipped("passed by: a person said so")
        case .none where undo.kind == .irreversible, .pending where undo.kind == .irreversible:
            let why = undo.reason ?? ""
            return .error(kind: "irreversible", message: "cannot be undone: \(why)", text: why)
        case .none: return .skipped(undo.reason ?? "it changed nothing")
        case .pending: return .skipped("not undone: the rollback ended before it")
        case .failed:
            return .failure(
                kind: undo.failure?.reason.rawValue ?? "exit", message: undo.failure?.what ?? "failed",
                text: text(undo.shown, undo.failure, "exit 0", log))
        case .running, .unknown:
            return .error(
                kind: undo.status.rawValue,
                message: undo.status == .running ? "still running" : "how it ended is not known",
                text: text(undo.shown, undo.failure, "exit 0", log))
        }
    }

    /// Whether the world is as it was before.
    private static func fingerprint(_ record: RunRecord) -> [JUnitReport.Case] {
        guard let fingerprint = record.fingerprint, let after = fingerprint.after else { return [] }
        return fingerprint.before.sorted { $0.key < $1.key }.map { name, before in
            let now = after[name] ?? "nothing"
            return JUnitReport.Case(
                name: "fingerprint \(name)", className: className(record) + ".rollback", milliseconds: 0,
                outcome: now == before
                    ? .passed
                    : .failure(
                        kind: "fingerprint", message: "the rollback did not bring `\(name)` back",
                        text: "was \(before)\nis \(now)"))
        }
    }

    // MARK: - Words

    private static func log(of step: String, isUndo: Bool, _ logs: [LogExcerpt]) -> String? {
        logs.first { $0.step == step && $0.isUndo == isUndo }?.text
    }

    private static func text(
        _ command: String, _ failure: StepRecord.Failure?, _ expected: String, _ log: String?
    ) -> String {
        var lines = [command, "expected: \(failure?.expected ?? expected)"]
        if let retry = failure?.retry { lines.append("retry: \(retry)") }
        if let log, !log.isEmpty { lines += ["", log] }
        return lines.joined(separator: "\n")
    }
}

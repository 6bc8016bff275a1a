package import Deployment
package import Diagnostics

extension RunRecord {
    /// Captures and outputs of the steps before one, later ones winning.
    ///
    /// Not of those that ran side by side with it: what they had put out by then was chance.
    package func variables(before id: String) -> [String: String] {
        let end = steps.firstIndex { $0.id == id } ?? steps.endIndex
        let group = end < steps.endIndex ? steps[end].group : nil
        var result: [String: String] = [:]
        // By index: a step is large, and most put nothing out.
        for index in 0..<end where !(steps[index].captures.isEmpty && steps[index].outputs.isEmpty) {
            guard group == nil || steps[index].group != group else { continue }
            result.merge(steps[index].captures) { $1 }
            result.merge(steps[index].outputs) { $1 }
        }
        return result
    }

    /// What an undo gets of what was recorded; secrets, and what the program adds of its own, come on top.
    package func recordedVariables(forUndoOf step: StepRecord, _ plan: Plan) -> [String: String] {
        [plan.variables, plan.inputs, variables(before: step.id), step.rollback.env].reduce(into: [:]) {
            $0.merge($1) { $1 }
        }
    }
}

/// A value, or an undo's own text, in which a secret was hidden when it was recorded: it is not what it was, and a command
/// that got it would undo something else.
package struct HiddenValue: Hashable, Sendable {
    package let step: String
    /// The variable; `nil` for the undo's own command.
    package let variable: String?
    package let secret: String

    /// The first one in the way of a rollback of these steps.
    package static func first(in remaining: [StepRecord], of record: RunRecord, _ plan: Plan) -> HiddenValue? {
        let names = plan.secrets.keys.sorted()
        for step in remaining where step.rollback.kind != .irreversible {
            for script in [step.rollback.command, step.rollback.verify].compactMap(\.self) {
                if let secret = secret(in: script.pasteable, of: names) {
                    return HiddenValue(step: step.id, variable: nil, secret: secret)
                }
            }
            let fresh = Set(plan.step(step.id)?.secrets ?? [])
            let variables = record.recordedVariables(forUndoOf: step, plan).filter { !fresh.contains($0.key) }
            for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
                if let secret = secret(in: value, of: names) {
                    return HiddenValue(step: step.id, variable: name, secret: secret)
                }
            }
        }
        return nil
    }

    /// The secret whose label stands in a text.
    package static func secret(in text: String, of names: some Sequence<String>) -> String? {
        guard text.contains("[secret ") else { return nil }
        return names.first { text.contains("[secret \($0)]") }
    }

    /// What a person who wanted to roll back reads; exit code 4.
    package func diagnostic(_ run: String) -> Diagnostic {
        let what = variable.map { "the recorded value of `\($0)`" } ?? "its recorded command"
        return Diagnostic(
            "`\(step)` cannot be undone from the record: \(what) held the secret `\(secret)`, which is never written down",
            expected: "captures, outputs and commands without secrets",
            retry: "no: nothing was run; undo it by hand, then: rehearse history close \(run) --reason WHY",
            next: "rehearse rollback \(run) --plan")
    }
}

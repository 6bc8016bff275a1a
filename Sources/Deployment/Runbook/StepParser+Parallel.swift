import Diagnostics
import YAML

extension StepParser {
    /// How many steps may stand side by side.
    private static let mostBesideEachOther = 64
    /// What a `parallel` step itself may say. Everything else is said of each step in it.
    private static let groupKeys = ["id", "name", "owner", "expect", "when", "parallel"]
    /// What cannot stand beside others: it asks a person, parts again, or must not be half done.
    private static let lonelyActions = ["approve", "runbook", "tag", "parallel"]

    /// The steps of a `parallel` step; those that are wrong are left out and told.
    func group(_ fields: Fields) -> [Step]? {
        for key in Self.keys where fields.contains(key) && !Self.groupKeys.contains(key) {
            problems.error(
                "`\(key)` says nothing of a `parallel` step", at: fields.keyRange(key),
                expected: "one of \(Wording.list(Self.groupKeys))", next: "say it of the steps in it")
        }
        guard let items = fields.list("parallel") else { return nil }
        guard (1...Self.mostBesideEachOther).contains(items.count) else {
            problems.error(
                items.isEmpty ? "`parallel` is empty" : "\(Wording.count(items.count, "step")) side by side",
                at: fields.keyRange("parallel"), expected: "1 to \(Self.mostBesideEachOther) steps")
            return nil
        }
        var seen: [StepID: SourceRange] = [:]
        let steps = items.compactMap(step)
        for step in steps {
            if let first = seen.updateValue(step.range, forKey: step.id) {
                problems.error(
                    "there are two steps called `\(step.id)` in this `parallel` step", at: step.range,
                    related: [.init(range: first, label: "first here")], expected: "each `id` once")
            }
            checkStandsBeside(step)
        }
        return steps.isEmpty ? nil : steps
    }

    private func checkStandsBeside(_ step: Step) {
        let kind = step.action.kind
        if Self.lonelyActions.contains(kind) {
            problems.error(
                "the step `\(step.id)` cannot run beside others: it is `\(kind)`", at: step.range,
                expected: "an action that needs nobody and no step of its own", next: "make it a step by itself")
        }
        if step.runsAlways {
            problems.error(
                "the step `\(step.id)` is `always` and stands in a `parallel` step", at: step.range,
                expected: "`always` only of a step by itself", next: "move it out of the `parallel` step")
        }
        if case .irreversible = step.rollback {
            problems.error(
                "the step `\(step.id)` cannot be undone, and others run beside it", at: step.range,
                expected: "a point of no return by itself, so that what is before it and after it is certain",
                next: "move it behind the `parallel` step")
        }
    }
}

extension Step {
    /// A step by itself, or those that a `parallel` step holds.
    var besideEachOther: [Step] {
        if case .parallel(let steps) = action { return steps }
        return [self]
    }
}

import Diagnostics
import YAML

extension EnvironmentParser {
    private static let conditions = ["parity", "rehearsed", "branch", "clean", "approvals", "acknowledged", "status"]

    func gate(_ fields: Fields) -> Gate {
        var gate = Gate()
        guard let node = fields.node("gate"),
            let inner = Fields(node, of: "gate", known: Self.conditions, problems: problems)
        else { return gate }
        if let parity = inner.node("parity"),
            let condition = Fields(parity, of: "parity condition", known: ["with"], problems: problems)
        {
            gate.parityWith = environmentName(condition, "with")
        }
        gate.rehearsed = rehearsed(inner)
        gate.branch = inner.string("branch")?.value
        gate.requiresCleanTree = inner.boolean("clean")?.value ?? false
        gate.approvals = inner.integer("approvals", in: 1...20)?.value
        gate.requiresAcknowledgement = inner.boolean("acknowledged")?.value ?? false
        gate.requiresLiveness = inner.boolean("status")?.value ?? false
        return gate
    }

    private func rehearsed(_ gate: Fields) -> Gate.Rehearsed? {
        guard let node = gate.node("rehearsed"),
            let inner = Fields(node, of: "rehearsal condition", known: ["on", "within", "by"], problems: problems)
        else { return nil }
        let within = inner.duration("within")
        let binding = inner.choice("by", Gate.RehearsalBinding.self)?.value ?? .commit
        guard let name = environmentName(inner, "on") else { return nil }
        return Gate.Rehearsed(
            environment: name, withinMilliseconds: within.map { $0.value.milliseconds }, binding: binding)
    }

    private func environmentName(_ fields: Fields, _ key: String) -> String? {
        guard let name = fields.requiredString(key, expected: "the name of an environment") else { return nil }
        guard EnvironmentName(name.value) != nil else {
            problems.error(
                "`\(name.value)` cannot be an environment's name", at: name.range, expected: EnvironmentName.rule)
            return nil
        }
        return name.value
    }
}

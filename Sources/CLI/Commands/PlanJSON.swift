import Deployment
import Engine
import YAML

/// A plan as JSON: what the record's `runbook`, `environment`, `inputs` and `steps` will hold, every step `pending`.
enum PlanJSON {
    static func document(_ plan: Plan) -> Node {
        let full = plan.node.mapping ?? Mapping()
        let steps = zip(plan.steps, full["steps"]?.sequence ?? []).map { step, planned in
            var entries = StepRecord(pending: step).node.mapping ?? Mapping()
            // What a record does not repeat: how long, how often, with which secrets.
            for entry in planned.mapping?.entries ?? [] where entries[entry.key] == nil { entries.append(entry) }
            if step.skipped != nil { entries["status"] = .string(StepStatus.skipped.rawValue) }
            return Node(.mapping(entries))
        }
        var document = Mapping([Mapping.Entry(key: "schema", value: .integer(RunRecord.currentSchema))])
        for entry in full.entries where entry.key != "steps" { document.append(entry) }
        document.append(Mapping.Entry(key: "steps", value: .sequence(steps)))
        return Node(.mapping(document))
    }
}

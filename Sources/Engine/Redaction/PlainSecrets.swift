package import Deployment
package import Diagnostics
import YAML

/// Finds secrets' values that stand in plain text in a plan.
///
/// The plan is recorded with every secret hidden, so such a text would come back as another one on the day of a rollback.
package enum PlainSecrets {
    /// - Returns: a problem for each place; empty for a plan that can be recorded as it is.
    package static func problems(in plan: Plan, _ secrets: [(name: String, value: Secret)]) -> [Diagnostic] {
        let mask = SecretMask(secrets)
        guard mask.scanner != nil else { return [] }
        let names = secrets.map(\.name)
        var found: [Diagnostic] = []
        walk(plan.node, path: "") { node, path in
            let hidden = TextMasking.mask(node, with: mask)
            guard let text = hidden.string, text != node.string else { return }
            let secret = HiddenValue.secret(in: text, of: names) ?? ""
            found.append(
                Diagnostic(
                    "the value of the secret `\(secret)` stands in the plan, at `\(path)`",
                    expected: "`secrets: [\(secret)]` at the step, and the variable in its place",
                    next: "take it out of the runbook, the environment or the command line; a plan is recorded"))
        }
        return found
    }

    private static func walk(_ node: Node, path: String, _ visit: (Node, String) -> Void) {
        switch node.value {
        case .scalar: visit(node, path)
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                walk(item, path: "\(path)[\(item["id"]?.string ?? String(index))]", visit)
            }
        case .mapping(let mapping):
            for entry in mapping.entries {
                walk(entry.value, path: path.isEmpty ? entry.key : "\(path).\(entry.key)", visit)
            }
        }
    }
}

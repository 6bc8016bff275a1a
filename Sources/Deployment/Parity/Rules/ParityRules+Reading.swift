import Diagnostics
package import YAML

extension ParityRules {
    /// Reads `environments/parity.yaml`.
    ///
    /// - Parameter environments: the names that `between` may use; `nil` when they are not known.
    /// - Returns: `nil` when there is an error; all of them are in `problems` then.
    package static func read(
        _ node: Node, environments: [String]? = nil, problems: Problems
    ) -> ParityRules? {
        let found = Problems()
        defer { problems.add(found.all) }
        guard let fields = Fields(node, of: "parity file", known: ["rules"], problems: found) else { return nil }
        var rules: [ParityRule] = []
        var names: [String: SourceRange] = [:]
        // `rules:` with nothing behind it is a list to be filled.
        let items = fields.node("rules")?.isNull == true ? [] : fields.list("rules") ?? []
        for item in items {
            guard let reader = ParityRuleReader(item, environments: environments, problems: found) else { continue }
            if let name = reader.name {
                if let first = names[name.value] {
                    found.error(
                        "two rules are named `\(name.value)`", at: name.range, label: "here again",
                        related: [Diagnostic.Related(range: first, label: "first here")],
                        expected: "each name once", next: "rename one of the two")
                } else {
                    names[name.value] = name.range
                }
            }
            if let rule = reader.rule() { rules.append(rule) }
        }
        warnAboutRepetitions(rules, found)
        return found.hasErrors ? nil : ParityRules(rules)
    }

    /// A rule that says what an earlier one says can never decide anything.
    private static func warnAboutRepetitions(_ rules: [ParityRule], _ problems: Problems) {
        var first: [ParityRule.Conditions: String] = [:]
        for rule in rules {
            if let name = first[rule.conditions] {
                problems.warning(
                    "rule `\(rule.name)` accepts the same as `\(name)`", at: rule.range,
                    label: "this one never decides", next: "remove one of the two")
            } else {
                first[rule.conditions] = rule.name
            }
        }
    }
}

extension ParityRule {
    fileprivate struct Conditions: Hashable {
        let between: Pair?
        let path: [PathPattern.Part]
        let allow: Allowed
        let relation: String?
        let left: ExpectedValue?
        let right: ExpectedValue?
    }

    fileprivate var conditions: Conditions {
        Conditions(
            between: between, path: path.parts, allow: allow, relation: relation?.text, left: left, right: right)
    }
}

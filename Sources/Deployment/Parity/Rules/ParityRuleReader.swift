import Diagnostics
import YAML

/// Reads one entry of `rules`.
struct ParityRuleReader {
    let name: Located<String>?
    private let fields: Fields
    private let environments: [String]?
    private let problems: Problems

    private static let keys = [
        "name", "between", "path", "allow", "where", "left", "right", "reason", "owner", "until",
    ]

    /// The parts of what two environments are compared at.
    private static let sections = ["values", "secrets", "config", "url", "jobs", "compose"]

    /// - Returns: `nil` when the entry is no map.
    init?(_ node: Node, environments: [String]?, problems: Problems) {
        guard let fields = Fields(node, of: "rule", known: Self.keys, problems: problems) else { return nil }
        self.fields = fields
        self.environments = environments
        self.problems = problems
        name = fields.requiredString("name", expected: "a name that reports can call the rule by")
    }

    /// Reads every field, so that all problems are found; `nil` when one that is needed is missing or wrong.
    func rule() -> ParityRule? {
        let before = problems.all.count
        let between = between()
        let path = path()
        let allow = allow()
        let relation = relation()
        let left = expected("left")
        let right = expected("right")
        let reason = fields.requiredString("reason", expected: "why the two may differ")
        let owner = fields.requiredString("owner", expected: "who decides about this difference")
        let until = until()
        guard let name, let path, let allow, let reason, let owner,
            !problems.all[before...].contains(where: { $0.severity == .error })
        else { return nil }
        let rule = ParityRule(
            name: name.value, between: between, path: path, allow: allow, relation: relation, left: left, right: right,
            reason: reason.value, owner: owner.value, until: until, range: name.range)
        return canHold(rule) ? rule : nil
    }

    // MARK: - What it is about

    private func between() -> ParityRule.Pair? {
        guard let names = fields.strings("between") else { return nil }
        guard names.count == 2 else {
            problems.error(
                "`between` names \(Wording.count(names.count, "environment"))",
                at: fields.node("between")?.range ?? fields.range, expected: "two environments: `[staging, production]`"
            )
            return nil
        }
        if let environments {
            for name in names where !environments.contains(name.value) {
                problems.error(
                    "there is no environment `\(name.value)`", at: name.range,
                    label: Wording.didYouMean(name.value, environments),
                    expected: environments.isEmpty ? nil : Wording.list(environments))
            }
        }
        return ParityRule.Pair(left: names[0].value, right: names[1].value)
    }

    private func path() -> PathPattern? {
        guard let node = fields.required("path", expected: "a path such as `values.LOG_LEVEL`"),
            let text = fields.string(node, "path")
        else { return nil }
        do {
            let pattern = try PathPattern(text.value)
            warnAboutSection(pattern, node)
            return pattern
        } catch {
            problems.error(
                "the path \(error.message)", at: node.part(offset: error.offset, length: error.length),
                expected: "keys joined by `.`, `*` for one, `**` for any depth, `[target=80]` for an item")
            return nil
        }
    }

    /// Other documents than environments may be compared, so a strange beginning is only worth a warning.
    private func warnAboutSection(_ pattern: PathPattern, _ node: Node) {
        guard case .key(let glob)? = pattern.parts.first, let section = glob.literal,
            !Self.sections.contains(section), let hint = Wording.didYouMean(section, Self.sections)
        else { return }
        problems.warning(
            "environments have no `\(section)`", at: node.part(offset: 0, length: section.unicodeScalars.count),
            label: hint)
    }

    private func allow() -> ParityRule.Allowed? {
        let expected = Wording.list(ParityRule.Allowed.allCases.map(\.rawValue))
        guard fields.required("allow", expected: expected) != nil else { return nil }
        return fields.choice("allow", ParityRule.Allowed.self)?.value
    }

    // MARK: - What it expects

    private func relation() -> RelationExpression? {
        guard let text = fields.string("where"), let node = fields.node("where") else { return nil }
        do {
            return try RelationExpression(text.value)
        } catch {
            problems.error(
                "the relation \(error.message)", at: node.part(offset: error.offset, length: error.length),
                label: error.hint,
                expected:
                    "`left`, one of \(RelationExpression.Operator.allCases.map(\.rawValue).joined(separator: " ")), and `right` or a value"
            )
            return nil
        }
    }

    private func expected(_ key: String) -> ExpectedValue? {
        guard let node = fields.node(key) else { return nil }
        switch node.value {
        case .scalar(let scalar):
            warnAboutSlashes(scalar, node, key)
            return .value(scalar)
        case .mapping:
            guard let inner = Fields(node, of: "expected value", known: ["matches"], problems: problems),
                let expression = inner.requiredString("matches", expected: "a regular expression")
            else { return nil }
            guard ExpectedValue.compiles(expression.value) else {
                problems.error(
                    "`\(expression.value)` is no regular expression", at: expression.range,
                    expected: "a regular expression that the whole value matches")
                return nil
            }
            return .matching(expression.value)
        case .sequence:
            fields.wrongType(node, key, "a value, or `{matches: EXPRESSION}`")
            return nil
        }
    }

    private func warnAboutSlashes(_ scalar: Scalar, _ node: Node, _ key: String) {
        guard scalar.kind == .string, scalar.text.utf8.count > 2, scalar.text.hasPrefix("/"),
            scalar.text.hasSuffix("/"), scalar.text.contains(where: { "\\[(*+?|^$".contains($0) })
        else { return }
        problems.warning(
            "`\(key)` is compared as the text it is", at: node.range, label: "no regular expression",
            next: "write `\(key): {matches: EXPRESSION}` if one is meant")
    }

    private func until() -> ParityDeadline? {
        guard let node = fields.node("until") else { return nil }
        guard let text = node.spelling, let deadline = ParityDeadline(text) else {
            fields.wrongType(node, "until", "a date such as `2027-06-30`")
            return nil
        }
        return deadline
    }

    // MARK: - Whether it can ever hold

    /// An error for a rule that no difference can satisfy.
    private func canHold(_ rule: ParityRule) -> Bool {
        if rule.allow == .added || rule.allow == .removed {
            let missing = rule.allow == .added ? "left" : "right"
            let has = rule.allow == .added ? rule.left != nil : rule.right != nil
            if has {
                problems.error(
                    "a rule that allows `\(rule.allow.rawValue)` cannot expect a `\(missing)` value",
                    at: fields.keyRange(missing), expected: "no `\(missing)`: there is nothing on that side")
                return false
            }
            if let relation = rule.relation, relation.names(rule.allow == .added ? .left : .right) {
                problems.error(
                    "a rule that allows `\(rule.allow.rawValue)` cannot compare a `\(missing)` value",
                    at: fields.node("where")?.range ?? fields.range, expected: "a relation without `\(missing)`")
                return false
            }
        }
        if let relation = rule.relation, case .value(let left)? = rule.left, case .value(let right)? = rule.right,
            relation.outcome(left: left, right: right, key: rule.path.lastKey) != .holds
        {
            problems.error(
                "`\(relation.text)` does not hold for the expected values",
                at: fields.node("where")?.range ?? fields.range,
                related: [Diagnostic.Related(range: fields.keyRange("left"), label: "expected here")],
                expected: "values for which it holds, or no `where`")
            return false
        }
        return true
    }
}

extension PathPattern {
    /// The name of the last key, when the pattern gives it in full.
    var lastKey: String? {
        for part in parts.reversed() {
            if case .key(let glob) = part { return glob.literal }
        }
        return nil
    }
}

extension Node {
    /// Where a part of a scalar's text stands; the whole scalar when escapes or line breaks make it unsure.
    fileprivate func part(offset: Int, length: Int) -> SourceRange {
        guard let scalar, !range.isNone, range.start.line == range.end.line else { return range }
        let quotes = range.end.column - range.start.column - scalar.text.unicodeScalars.count
        guard quotes == 0 || quotes == 2 else { return range }
        return range.part(offset: offset + quotes / 2, length: length)
    }
}

package import Diagnostics
package import YAML

/// The words that every format says about a report. Whatever comes from a document passes through `redact`.
package struct ParityWording: Sendable {
    package let left: String
    package let right: String
    package let sources: SourceTable
    /// Puts something in place of every text that must not be shown.
    private let redact: @Sendable (String) -> String

    package init(
        _ report: ParityReport, sources: SourceTable, redact: @escaping @Sendable (String) -> String = { $0 }
    ) {
        left = report.left
        right = report.right
        self.sources = sources
        self.redact = redact
    }

    package func name(_ side: ParitySide) -> String { side == .left ? left : right }

    /// A text of the user's for showing: redacted, and nothing in it controls a terminal.
    package func text(_ text: String) -> String { Wording.visible(redact(text)) }

    package func path(_ path: ParityPath) -> String {
        path.isEmpty ? path.description : Wording.visible(path.text(redact))
    }

    /// `file:line:column`; `nil` for what stands in no file.
    package func location(_ range: SourceRange) -> String? { sources.location(of: range).map { text($0) } }

    /// `file:line:column` of a value; `nil` on the side that has none.
    package func location(_ difference: Difference, _ side: ParitySide) -> String? {
        guard difference.value(on: side) != nil else { return nil }
        return location(side == .left ? difference.leftRange : difference.rightRange)
    }

    // MARK: - Values

    /// The tree as it may be shown: every text redacted, digests of secrets left out.
    package func shown(_ difference: Difference, _ side: ParitySide) -> Node? {
        guard let value = difference.value(on: side) else { return nil }
        if difference.path.isSecretDigest { return .string(Self.hidden) }
        return redacted(value, path: difference.path)
    }

    /// What stands in place of a digest: even a salted one is nobody's business.
    package static let hidden = "[not shown]"

    /// A value in one line, as YAML would have it: strings quoted only where they could be mistaken.
    package func inline(_ node: Node) -> String { Self.inline(node) }

    static func inline(_ node: Node) -> String {
        switch node.value {
        case .scalar(let scalar): inline(scalar)
        case .sequence(let items): "[" + items.map { inline($0) }.joined(separator: ", ") + "]"
        case .mapping(let mapping):
            "{"
                + mapping.entries.map { "\(Self.inline(Scalar($0.key, kind: .string))): \(inline($0.value))" }
                .joined(separator: ", ") + "}"
        }
    }

    private static func inline(_ scalar: Scalar) -> String {
        switch scalar.kind {
        case .null: "null"
        case .string:
            scalar.text.contains("\n")
                ? JSONWriter.quoted(scalar.text)
                : Wording.visible(String(YAMLWriter.text(of: Node(.scalar(scalar))).dropLast()))
        default: scalar.text
        }
    }

    private func redacted(_ node: Node, path: ParityPath) -> Node {
        switch node.value {
        case .scalar(let scalar):
            let text = redact(scalar.text)
            // What stands in place of a number is no number.
            return text == scalar.text ? node : Node(.scalar(Scalar(text, kind: .string)), range: node.range)
        case .sequence(let items):
            return Node(.sequence(items.map { redacted($0, path: path) }), range: node.range)
        case .mapping(let mapping):
            var result = Mapping()
            for entry in mapping.entries {
                let inner = path.appending(.key(entry.key))
                let value = inner.isSecretDigest ? .string(Self.hidden) : redacted(entry.value, path: inner)
                result.put(Mapping.Entry(key: redact(entry.key), keyRange: entry.keyRange, value: value))
            }
            return Node(.mapping(result), range: node.range)
        }
    }

    // MARK: - Sentences

    /// What is special about a difference, to stand behind its path; `nil` when nothing is.
    package func note(_ difference: Difference) -> String? {
        switch difference.kind {
        case .added: "only in \(text(right))"
        case .removed: "only in \(text(left))"
        case .changed:
            difference.path.isSecretDigest
                ? "the values are not the same" : difference.isTypeOnly ? "differs in type only" : nil
        }
    }

    /// Why a rule about this difference does not accept it; `nil` when there is none, or it does.
    package func why(_ finding: ParityFinding) -> String? {
        if let decision = finding.considered.first, decision.rule.name == finding.decidedBy?.name {
            return why(decision, finding.difference)
        }
        // A rule about this very path that allows something else is what its author should know.
        return finding.considered.first.flatMap { why($0, finding.difference) }
    }

    /// What a rule makes of a difference, when it does not accept it.
    package func why(_ consideration: RuleConsideration, _ difference: Difference) -> String? {
        verdict(consideration, difference).map { "rule `\(text(consideration.rule.name))` \($0)" }
    }

    /// The same without the rule's name in front: `allows …`, `expects …`.
    func verdict(_ consideration: RuleConsideration, _ difference: Difference) -> String? {
        switch consideration.outcome {
        case .accepts: return nil
        case .expired: return "accepted this until \(consideration.rule.until?.text ?? "")"
        case .otherKind:
            return "allows `\(consideration.rule.allow.rawValue)`, and this is \(kindName(difference))"
        case .unexpected(let side):
            let ruleSide = consideration.direction == .asWritten ? side : side.other
            let expected = ruleSide == .left ? consideration.rule.left : consideration.rule.right
            let found = shown(difference, side).map { inline($0) } ?? "nothing"
            return "expects \(text(expected?.description ?? "")) in \(text(name(side))), and it has \(found)"
        case .relationFails:
            return "wants `\(text(consideration.rule.relation?.text ?? ""))`\(turned(consideration))"
        case .notComparable:
            return "wants `\(text(consideration.rule.relation?.text ?? ""))`\(turned(consideration)), "
                + "and these values cannot be compared so"
        }
    }

    private func kindName(_ difference: Difference) -> String {
        difference.isTypeOnly ? "`changed` in type only" : "`\(difference.kind.rawValue)`"
    }

    private func turned(_ consideration: RuleConsideration) -> String {
        guard consideration.direction == .mirrored, let pair = consideration.rule.between else { return "" }
        return " with \(text(pair.left)) as left"
    }

    /// `platform, until 2027-06-30`; empty when no rule accepts or accepted the difference.
    package func owner(_ finding: ParityFinding) -> String {
        guard let rule = finding.rule else { return "" }
        let passed = finding.verdict == .expired ? ", which has passed" : ""
        return text(rule.owner) + (rule.until.map { ", until \($0.text)\(passed)" } ?? "")
    }

    /// `perhaps renamed to …`; `nil` when nothing points to it.
    package func renaming(_ finding: ParityFinding) -> String? {
        finding.renamed.map { other in
            "perhaps renamed \(finding.difference.kind == .removed ? "to" : "from") \(path(other))"
        }
    }

    /// Why a stale rule may match nothing; `nil` when there is no guess.
    package func hint(_ stale: StaleRule) -> String? {
        switch stale.hint {
        case nil: nil
        case .below(let path): "there is a difference below it, at \(self.path(path)); `.**` would match it"
        case .otherKind(let path, let kind):
            "\(self.path(path)) is `\(kind.rawValue)`, and the rule allows `\(stale.rule.allow.rawValue)`"
        }
    }

    /// What accepting does and does not do.
    package static let meaningOfAccepted =
        "accepted means intended: both environments keep their own value, and nothing is changed or hidden"
}

extension Difference {
    package func value(on side: ParitySide) -> Node? { side == .left ? left : right }
}

extension ParityPath {
    /// Where `--secret-digests` puts what it compares.
    var isSecretDigest: Bool { segments.count == 3 && key(at: 0) == "secrets" && key(at: 2) == "digest" }
}

import Diagnostics
import YAML

/// What `--accept PATH` makes of a report: the narrowest rule that accepts what the path shows.
package struct ParityAcceptance {
    /// Why no rule is made.
    package enum Refusal: Error, Sendable {
        /// Nothing differs there; what differs below it, or the collection above that only one side has.
        case nothing(below: [ParityPath], above: ParityPath?)
        case accepted(by: String)
        /// A path without `*` that means several differences.
        case several([ParityPath])
    }

    /// What a person says about the rule.
    package struct Words: Sendable {
        package var name: String?
        package var reason: String
        package var owner: String
        package var until: String?
        package var allowsAnyValue: Bool

        package init(name: String?, reason: String, owner: String, until: String?, allowsAnyValue: Bool) {
            self.name = name
            self.reason = reason
            self.owner = owner
            self.until = until
            self.allowsAnyValue = allowsAnyValue
        }
    }

    package let rule: ParityRuleDraft
    /// The differences that it is to accept, never empty.
    package let paths: [ParityPath]

    /// - Parameter taken: the names that other rules have.
    package init(
        _ pattern: PathPattern, in report: ParityReport, between: ParityRule.Pair, _ words: Words, taken: [String]
    ) throws(Refusal) {
        let matching = report.findings.filter { pattern.matches($0.difference.path) }
        guard let first = matching.first else {
            throw .nothing(
                below: report.findings.filter { $0.verdict != .accepted }.map(\.difference.path)
                    .filter { pattern.matchesAbove($0) },
                above: report.findings.first { pattern.mayMatchBelow($0.difference.path) }?.difference.path)
        }
        let open = matching.filter { $0.verdict != .accepted }
        guard !open.isEmpty else { throw .accepted(by: first.rule?.name ?? "") }
        guard pattern.hasWildcard || open.count == 1 else { throw .several(open.map(\.difference.path)) }
        paths = open.map(\.difference.path)
        let difference = open[0].difference
        let isOne = !pattern.hasWildcard
        let isPinned = isOne && !words.allowsAnyValue && !difference.path.isSecretDigest
        rule = ParityRuleDraft(
            name: words.name ?? Self.name(for: pattern, taken),
            between: between,
            path: isOne ? difference.path.description : pattern.text,
            allow: Self.allowed(open.map(\.difference)),
            left: isPinned ? Self.pinned(difference.left) : nil,
            right: isPinned ? Self.pinned(difference.right) : nil,
            reason: words.reason, owner: words.owner, until: words.until)
    }

    private static func allowed(_ differences: [Difference]) -> ParityRule.Allowed {
        if differences.allSatisfy(\.isTypeOnly) { return .typeOnly }
        let kinds = Set(differences.map(\.kind))
        guard let kind = kinds.first, kinds.count == 1 else { return .any }
        return ParityRule.Allowed(rawValue: kind.rawValue) ?? .any
    }

    /// A value that a rule can name in one line; longer ones are left open.
    private static func pinned(_ node: Node?) -> Scalar? {
        guard let scalar = node?.scalar, scalar.kind != .null, !scalar.text.isEmpty,
            scalar.text.utf8.count <= longestPinned, !scalar.text.contains(where: \.isNewline)
        else { return nil }
        return Scalar(scalar.text, kind: scalar.kind)
    }

    private static let longestPinned = 200

    /// `values-log-level` for `values.LOG_LEVEL`, with a number when that is taken.
    private static func name(for pattern: PathPattern, _ taken: [String]) -> String {
        let words = pattern.text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let base = words.isEmpty ? "accepted" : words.joined(separator: "-")
        guard taken.contains(base) else { return base }
        return (2...).lazy.map { "\(base)-\($0)" }.first { !taken.contains($0) } ?? base
    }
}

extension PathPattern {
    /// Whether it may mean several values by what it says: `*`, `**`, `[*]` or a part of a name.
    package var hasWildcard: Bool {
        parts.contains { part in
            switch part {
            case .anySegment, .anyDepth, .anyItem: true
            case .key(let glob): !glob.isLiteral
            case .item(let pairs, _): pairs.contains { !$0.value.isLiteral }
            case .position: false
            }
        }
    }
}

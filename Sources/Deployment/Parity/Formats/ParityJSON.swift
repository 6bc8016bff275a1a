package import Diagnostics
package import YAML

/// The report as a document for programs, to be written by `JSONWriter`.
///
/// Schema 1. `left` and `right` of a difference hold the values with their types, null on the side that has none
/// (`kind` tells it from a null that is there). `rule`, `reason`, `owner` and `until` are null unless the verdict is
/// `accepted` or `expired`; `why` says why a rule about the value did not accept it. The counts of `summary` but
/// `compared` add up to it; `known` is there only after `--since`.
package enum ParityJSON {
    package static func document(
        _ report: ParityReport, sources: SourceTable, redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> Node {
        let wording = ParityWording(report, sources: sources, redact: redact)
        return .mapping([
            (key: "schema", value: .integer(1)),
            (key: "left", value: .string(redact(report.left))),
            (key: "right", value: .string(redact(report.right))),
            (key: "differences", value: .sequence(report.findings.map { difference($0, wording, redact) })),
            (key: "stale_rules", value: .strings(report.staleRules.map { redact($0.rule.name) })),
            (key: "rules_for_others", value: .strings(report.rulesForOthers.map(redact))),
            (key: "overlaps", value: .sequence(report.overlaps.map { overlap($0, redact) })),
            (key: "reordered", value: .strings(report.reordered.map { path($0, redact) })),
            (key: "summary", value: summary(report.summary)),
        ])
    }

    static func difference(
        _ finding: ParityFinding, _ wording: ParityWording, _ redact: (String) -> String
    ) -> Node {
        let difference = finding.difference
        let rule = finding.rule
        let (left, right) = values(difference, wording)
        return .mapping([
            (key: "path", value: .string(path(difference.path, redact))),
            (key: "kind", value: .string(difference.kind.rawValue)),
            (key: "type_only", value: .boolean(difference.isTypeOnly)),
            (key: "left", value: left),
            (key: "right", value: right),
            (key: "left_at", value: .string(orNull: wording.location(difference, .left))),
            (key: "right_at", value: .string(orNull: wording.location(difference, .right))),
            (key: "verdict", value: .string(finding.verdict.rawValue)),
            (key: "rule", value: .string(orNull: rule.map { redact($0.name) })),
            (key: "reason", value: .string(orNull: rule.map { redact($0.reason) })),
            (key: "owner", value: .string(orNull: rule.map { redact($0.owner) })),
            (key: "until", value: .string(orNull: rule?.until?.text)),
            (key: "why", value: .string(orNull: wording.why(finding))),
            (key: "renamed", value: .string(orNull: finding.renamed.map { path($0, redact) })),
        ])
    }

    /// The two values; as texts when JSON would spell both alike, as it does `True` and `true`, or `0x10` and `16`.
    private static func values(_ difference: Difference, _ wording: ParityWording) -> (Node, Node) {
        let left = wording.shown(difference, .left) ?? .null
        let right = wording.shown(difference, .right) ?? .null
        guard difference.kind == .changed, let one = left.scalar, let other = right.scalar, one.text != other.text,
            one.jsonText == other.jsonText
        else { return (left, right) }
        return (.string(one.text), .string(other.text))
    }

    private static func path(_ path: ParityPath, _ redact: (String) -> String) -> String {
        path.isEmpty ? path.description : path.text(redact)
    }

    private static func overlap(_ overlap: RuleOverlap, _ redact: (String) -> String) -> Node {
        .mapping([
            (key: "decides", value: .string(redact(overlap.winner))),
            (key: "over", value: .string(redact(overlap.loser))),
            (key: "path", value: .string(path(overlap.path, redact))),
        ])
    }

    private static func summary(_ summary: ParitySummary) -> Node {
        var entries: [(key: String, value: Node)] = [
            (key: "compared", value: .integer(summary.compared)),
            (key: "equal", value: .integer(summary.equal)),
            (key: "accepted", value: .integer(summary.accepted)),
            (key: "expired", value: .integer(summary.expired)),
            (key: "drift", value: .integer(summary.drift)),
        ]
        if summary.known > 0 { entries.append((key: "known", value: .integer(summary.known))) }
        return .mapping(entries)
    }
}

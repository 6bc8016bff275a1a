package import Diagnostics
package import YAML

/// The explanation for programs. Schema 1: `path`, `findings` (as in `differences` of the report, each with its
/// `candidates`), `rules_for_others`, `holds`.
package enum ParityExplanationJSON {
    package static func document(
        _ explanation: ParityExplanation, sources: SourceTable,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> Node {
        let wording = ParityWording(explanation.report, sources: sources, redact: redact)
        return .mapping([
            (key: "schema", value: .integer(1)),
            (key: "path", value: .string(redact(explanation.pattern.text))),
            (key: "findings", value: .sequence(explanation.findings.map { finding($0, wording, redact) })),
            (key: "rules_for_others", value: .strings(explanation.forOthers.map { redact($0.name) })),
            (key: "holds", value: .boolean(explanation.holds)),
        ])
    }

    private static func finding(
        _ finding: ParityFinding, _ wording: ParityWording, _ redact: (String) -> String
    ) -> Node {
        var mapping = ParityJSON.difference(finding, wording, redact).mapping ?? Mapping()
        let candidates = finding.considered.enumerated().map { index, consideration in
            Node.mapping([
                (key: "rule", value: .string(redact(consideration.rule.name))),
                (key: "at", value: .string(orNull: wording.location(consideration.rule.range))),
                (key: "path", value: .string(redact(consideration.rule.path.text))),
                (key: "decides", value: .boolean(index == 0 && finding.decidedBy != nil)),
                (key: "accepts", value: .boolean(consideration.outcome == .accepts)),
                (key: "why", value: .string(wording.judgement(consideration, in: finding, isFirst: index == 0))),
            ])
        }
        mapping.append(Mapping.Entry(key: "candidates", value: .sequence(candidates)))
        return Node(.mapping(mapping))
    }
}

/// What `--explain PATH` tells: each difference that the path means with every rule about it, and the rules that are
/// about the path but not about these two environments.
package struct ParityExplanation: Sendable {
    package let pattern: PathPattern
    package let report: ParityReport
    /// In the order of their paths; empty when nothing differs there.
    package let findings: [ParityFinding]
    /// Where something differs below the path, when nothing does at it.
    package let below: [ParityPath]
    /// What holds the path and is only on one side, when nothing differs at the path itself.
    package let above: ParityPath?
    /// Rules for other environments whose path matches a finding.
    package let forOthers: [ParityRule]

    package init(_ pattern: PathPattern, in report: ParityReport, rules: ParityRules) {
        self.pattern = pattern
        self.report = report
        let found = report.findings.filter { pattern.matches($0.difference.path) }
        findings = found
        below = found.isEmpty ? report.findings.map(\.difference.path).filter { pattern.matchesAbove($0) } : []
        above =
            found.isEmpty
            ? report.findings.first { pattern.mayMatchBelow($0.difference.path) }?.difference.path : nil
        let others = Set(report.rulesForOthers)
        forOthers = rules.rules.filter { rule in
            others.contains(rule.name) && found.contains { rule.path.matches($0.difference.path) }
        }
    }

    /// Whether everything that differs there is accepted.
    package var holds: Bool { findings.allSatisfy { $0.verdict == .accepted } }
}

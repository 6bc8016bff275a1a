package import Diagnostics

/// What a comparison means in the light of the rules: the value from which every format is folded.
package struct ParityReport: Sendable {
    /// The operands as the user named them.
    package let left: String
    package let right: String
    /// In the order of their paths.
    package private(set) var findings: [ParityFinding]
    /// Rules about this pair that matched no difference, in the order of the file.
    package let staleRules: [StaleRule]
    /// The names of the rules that are about two other environments, in the order of the file.
    package let rulesForOthers: [String]
    /// Rules that matched a difference which a more specific one decided.
    package let overlaps: [RuleOverlap]
    /// Lists whose order differs although nothing says whether that matters.
    package let reordered: [ParityPath]
    package let equalCount: Int
    /// Drift that an earlier report had already, left out of `findings` by `since`.
    package private(set) var knownCount = 0

    /// - Parameters:
    ///   - left: an operand's name; what stands before an `@` is the environment that `between` means.
    ///   - today: the present instant; a rule's `until` is held against it.
    package init(left: String, right: String, result: ComparisonResult, rules: ParityRules, today: Timestamp) {
        var judge = ParityJudge(
            left: Self.environment(of: left), right: Self.environment(of: right), rules: rules, today: today)
        self.left = left
        self.right = right
        findings = Renaming.hinted(judge.findings(for: result))
        staleRules = judge.staleRules(for: result)
        rulesForOthers = judge.rulesForOthers
        overlaps = judge.overlaps
        reordered = result.reordered
        equalCount = result.equalCount
    }

    package var summary: ParitySummary {
        var counts: [ParityFinding.Verdict: Int] = [:]
        for index in findings.indices { counts[findings[index].verdict, default: 0] += 1 }
        return ParitySummary(
            compared: equalCount + findings.count + knownCount,
            equal: equalCount,
            accepted: counts[.accepted] ?? 0,
            expired: counts[.expired] ?? 0,
            drift: counts[.drift] ?? 0,
            known: knownCount
        )
    }

    /// Whether the two agree in everything that nobody accepted: an expired acceptance is none.
    package var holds: Bool { findings.indices.allSatisfy { findings[$0].verdict == .accepted } }

    /// The same report without the drift that an earlier comparison of the two had already.
    ///
    /// A difference is known when the earlier report calls the same path and the same values drift or expired.
    package func since(_ earlier: ParityReport) -> ParityReport {
        let known = Dictionary(
            earlier.findings.lazy.filter { $0.verdict != .accepted }.map { ($0.difference.path, $0.difference) }
        ) { first, _ in first }
        var report = self
        report.findings.removeAll { $0.verdict != .accepted && known[$0.difference.path] == $0.difference }
        report.knownCount += findings.count - report.findings.count
        return report
    }

    private static func environment(of operand: String) -> String {
        operand.firstIndex(of: "@").map { String(operand[..<$0]) } ?? operand
    }
}

/// How many values were compared, and what became of them: the parts add up to `compared`.
package struct ParitySummary: Hashable, Sendable {
    /// Leaf values (scalars, empty collections); what only one side has counts once, however much it holds.
    package let compared: Int
    package let equal: Int
    package let accepted: Int
    package let expired: Int
    package let drift: Int
    /// Drift that was there before the change in question.
    package let known: Int

    /// `2 drift, 1 expired, 3 accepted, 118 of 124 values equal`; drift is always told.
    package var sentence: String {
        var parts = [drift == 0 ? "no drift" : "\(drift) drift"]
        if expired > 0 { parts.append("\(expired) expired") }
        if known > 0 { parts.append("\(known) known before") }
        if accepted > 0 { parts.append("\(accepted) accepted") }
        parts.append("\(equal) of \(Wording.count(compared, "value")) equal")
        return parts.joined(separator: ", ")
    }
}

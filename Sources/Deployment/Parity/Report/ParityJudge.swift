import Diagnostics
import YAML

/// Holds differences against the rules that are about a pair of environments.
struct ParityJudge {
    private let applicable: [(rule: ParityRule, direction: ParityRule.Direction)]
    let rulesForOthers: [String]
    private let today: Timestamp
    private var expectations = ExpectationCheck()
    /// By the place in `applicable`.
    private var hasMatched: [Bool]
    private(set) var overlaps: [RuleOverlap] = []
    private var toldOverlaps: Set<[String]> = []

    init(left: String, right: String, rules: ParityRules, today: Timestamp) {
        applicable = rules.rules.compactMap { rule in
            rule.direction(left: left, right: right).map { (rule, $0) }
        }
        rulesForOthers = rules.rules.filter { $0.direction(left: left, right: right) == nil }.map(\.name)
        self.today = today
        hasMatched = [Bool](repeating: false, count: applicable.count)
    }

    mutating func findings(for result: ComparisonResult) -> [ParityFinding] {
        var findings: [ParityFinding] = []
        for difference in result.differences { findings += judge(difference, result.options) }
        return findings
    }

    // MARK: - One difference

    /// One finding, or several when rules are about parts of a collection that only one side has.
    private mutating func judge(_ difference: Difference, _ options: ComparisonOptions) -> [ParityFinding] {
        let finding = finding(for: difference)
        guard finding.decidedBy == nil, hasRuleBelow(difference) else { return [finding] }
        var parts: [ParityFinding] = []
        for part in Comparison.parts(of: difference, options: options) { parts += judge(part, options) }
        // Parts that no rule decides about are better shown as the one collection that they are.
        return parts.contains { $0.decidedBy != nil } ? parts : [finding]
    }

    private func hasRuleBelow(_ difference: Difference) -> Bool {
        guard let value = difference.onlyValue, value.scalar == nil else { return false }
        return applicable.contains { entry in
            entry.rule.path.mayMatchBelow(Self.turned(difference, entry.direction).path)
        }
    }

    private mutating func finding(for difference: Difference) -> ParityFinding {
        var considered: [RuleConsideration] = []
        for (index, entry) in applicable.enumerated() {
            guard let consideration = consider(entry.rule, entry.direction, difference) else { continue }
            considered.append(consideration)
            if consideration.outcome != .otherKind { hasMatched[index] = true }
        }
        considered = Self.ranked(considered)
        tellOverlaps(considered, difference.path)
        let decision = considered.first { $0.outcome != .otherKind }
        let verdict: ParityFinding.Verdict =
            switch decision?.outcome {
            case .accepts?: .accepted
            case .expired?: .expired
            default: .drift
            }
        return ParityFinding(
            difference: difference, verdict: verdict, decidedBy: decision?.rule, considered: considered)
    }

    /// `nil` when the rule is about something else.
    private mutating func consider(
        _ rule: ParityRule, _ direction: ParityRule.Direction, _ difference: Difference
    ) -> RuleConsideration? {
        guard direction == .mirrored else {
            guard rule.path.matches(difference.path) else { return nil }
            return RuleConsideration(rule: rule, direction: direction, outcome: outcome(rule, direction, difference))
        }
        let turned = difference.mirrored
        guard rule.path.matches(turned.path) else { return nil }
        return RuleConsideration(rule: rule, direction: direction, outcome: outcome(rule, direction, turned))
    }

    /// - Parameter difference: with the sides as the rule has them.
    private mutating func outcome(
        _ rule: ParityRule, _ direction: ParityRule.Direction, _ difference: Difference
    ) -> RuleConsideration.Outcome {
        guard rule.allow.covers(difference) else { return .otherKind }
        if let left = rule.left, !expectations.isMet(left, by: difference.left) {
            return .unexpected(direction == .asWritten ? .left : .right)
        }
        if let right = rule.right, !expectations.isMet(right, by: difference.right) {
            return .unexpected(direction == .asWritten ? .right : .left)
        }
        if let relation = rule.relation {
            switch relation.outcome(
                left: difference.left?.scalar, right: difference.right?.scalar, key: difference.path.lastKey)
            {
            case .holds: break
            case .fails: return .relationFails
            case .notComparable: return .notComparable
            }
        }
        return rule.until?.hasPassed(at: today) == true ? .expired : .accepts
    }

    private static func turned(_ difference: Difference, _ direction: ParityRule.Direction) -> Difference {
        direction == .asWritten ? difference : difference.mirrored
    }

    // MARK: - Several rules

    /// The most specific first; of equally specific ones, which are alternatives, one that accepts, then the file's
    /// order. Rules for another kind of difference decide nothing and come last.
    private static func ranked(_ considered: [RuleConsideration]) -> [RuleConsideration] {
        guard considered.count > 1 else { return considered }
        return considered.enumerated().sorted { one, other in
            let (first, second) = (one.element, other.element)
            let areOther = (first.outcome == .otherKind, second.outcome == .otherKind)
            if areOther.0 != areOther.1 { return areOther.1 }
            let specificities = (first.rule.path.specificity, second.rule.path.specificity)
            if specificities.0 != specificities.1 { return specificities.0 > specificities.1 }
            if first.outcome.rank != second.outcome.rank { return first.outcome.rank < second.outcome.rank }
            return one.offset < other.offset
        }.map(\.element)
    }

    private mutating func tellOverlaps(_ considered: [RuleConsideration], _ path: ParityPath) {
        let matching = considered.filter { $0.outcome != .otherKind }
        guard let winner = matching.first?.rule.name else { return }
        for loser in matching.dropFirst().map(\.rule.name) where toldOverlaps.insert([winner, loser]).inserted {
            overlaps.append(RuleOverlap(winner: winner, loser: loser, path: path))
        }
    }

    // MARK: - Rules without a difference

    /// To be asked after `findings`.
    func staleRules(for result: ComparisonResult) -> [StaleRule] {
        zip(applicable, hasMatched).filter { !$0.1 }.map { entry, _ in
            StaleRule(rule: entry.rule, hint: Self.hint(entry.rule, entry.direction, result.differences))
        }
    }

    private static func hint(
        _ rule: ParityRule, _ direction: ParityRule.Direction, _ differences: [Difference]
    ) -> StaleRule.Hint? {
        var below: ParityPath?
        for difference in differences {
            let path = direction == .asWritten ? difference.path : difference.path.mirrored
            if rule.path.matches(path) { return .otherKind(difference.path, difference.kind) }
            if below == nil, rule.path.matchesAbove(path) { below = difference.path }
        }
        return below.map { .below($0) }
    }
}

extension RuleConsideration.Outcome {
    fileprivate var rank: Int {
        switch self {
        case .accepts: 0
        case .expired: 1
        case .unexpected, .relationFails, .notComparable: 2
        case .otherKind: 3
        }
    }
}

/// One difference and what is to be thought of it.
package struct ParityFinding: Sendable {
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// A rule says that it is meant.
        case accepted
        /// A rule said so until a day that has passed.
        case expired
        /// Nobody said so.
        case drift
    }

    package let difference: Difference
    package let verdict: Verdict
    /// The rule that decided; for drift, the one whose expectation was not met, `nil` when no rule is about it.
    package let decidedBy: ParityRule?
    /// Every rule for this pair whose path matches: the deciding one first, then by specificity.
    package let considered: [RuleConsideration]
    /// Where the same value may have gone to or come from.
    package var renamed: ParityPath?

    /// The rule that accepts the difference, or did.
    package var rule: ParityRule? { verdict == .drift ? nil : decidedBy }
}

/// A rule whose path matches a difference, and what it makes of it.
package struct RuleConsideration: Sendable {
    package enum Outcome: Hashable, Sendable {
        case accepts
        /// Its `until` has passed.
        case expired
        /// It allows another kind of difference.
        case otherKind
        /// The value on a side of the comparison is not the one that the rule expects.
        case unexpected(ParitySide)
        /// Its `where` does not hold.
        case relationFails
        /// Its `where` relates values that cannot be compared.
        case notComparable
    }

    package let rule: ParityRule
    package let direction: ParityRule.Direction
    package let outcome: Outcome
}

package enum ParitySide: Hashable, Sendable {
    case left
    case right

    package var other: ParitySide { self == .left ? .right : .left }
}

/// A rule that matches nothing.
package struct StaleRule: Sendable {
    package enum Hint: Hashable, Sendable {
        /// Its path matches a difference of a kind that it does not allow.
        case otherKind(ParityPath, Difference.Kind)
        /// There is a difference below what its path matches.
        case below(ParityPath)
    }

    package let rule: ParityRule
    package let hint: Hint?
}

/// Two rules that match the same difference.
package struct RuleOverlap: Hashable, Sendable {
    package let winner: String
    package let loser: String
    /// The first difference that both match.
    package let path: ParityPath
}

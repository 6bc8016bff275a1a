package import Diagnostics

/// One intended difference: what may differ, how, why, and who says so.
package struct ParityRule: Sendable {
    package enum Allowed: String, Hashable, Sendable, CaseIterable {
        case changed
        case added
        case removed
        case any
        /// Only the type differs: `1` and `"1"`.
        case typeOnly = "type_only"

        package func covers(_ difference: Difference) -> Bool {
            switch self {
            case .any: true
            case .typeOnly: difference.isTypeOnly
            default: rawValue == difference.kind.rawValue
            }
        }
    }

    /// Two environments by name.
    package struct Pair: Hashable, Sendable {
        package let left: String
        package let right: String

        package init(left: String, right: String) {
            self.left = left
            self.right = right
        }
    }

    /// How a rule is read for the two sides that are compared.
    package enum Direction: Hashable, Sendable {
        case asWritten
        /// The rule's left is the comparison's right.
        case mirrored
    }

    package let name: String
    /// `nil` when the rule is about any two operands.
    package let between: Pair?
    package let path: PathPattern
    package let allow: Allowed
    package let relation: RelationExpression?
    package let left: ExpectedValue?
    package let right: ExpectedValue?
    package let reason: String
    package let owner: String
    package let until: ParityDeadline?
    /// Where the rule's name stands.
    package let range: SourceRange

    /// - Returns: `nil` when the rule is about two other environments.
    package func direction(left: String, right: String) -> Direction? {
        guard let between else { return .asWritten }
        if between == Pair(left: left, right: right) { return .asWritten }
        return between == Pair(left: right, right: left) ? .mirrored : nil
    }
}

extension ParityRule {
    /// Whether two rules say the same, wherever they stand.
    func hasSameMeaning(as other: ParityRule) -> Bool {
        name == other.name && between == other.between && path.parts == other.path.parts && allow == other.allow
            && relation?.text == other.relation?.text && left == other.left && right == other.right
            && reason == other.reason && owner == other.owner && until == other.until
    }
}

/// The last day on which a difference is accepted.
package struct ParityDeadline: Hashable, Sendable {
    /// As written: a date, or an instant.
    package let text: String
    /// The first instant at which it has passed.
    let end: Timestamp

    /// `2027-06-30`, which includes that whole day in UTC, or an instant in RFC 3339; `nil` for anything else.
    package init?(_ text: String) {
        guard let instant = Timestamp(text) else { return nil }
        self.text = text
        end = text.utf8.count == 10 ? instant.adding(milliseconds: 86_400_000) : instant
    }

    package func hasPassed(at now: Timestamp) -> Bool { now >= end }
}

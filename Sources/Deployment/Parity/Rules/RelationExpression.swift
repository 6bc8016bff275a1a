package import YAML

/// What a rule's `where` says: `left <= right`, `right <= 512M`, `left < right as versions`.
///
/// Each side is `left`, `right` or a value. What is compared is, unless `as` says it, found from the two values:
/// numbers, sizes (`512M`, `1.5GiB`), durations (`1h30m`) or versions (`1.10` is above `1.9`).
package struct RelationExpression: Hashable, Sendable {
    package enum Operator: String, Hashable, Sendable, CaseIterable {
        case less = "<"
        case notGreater = "<="
        case equal = "=="
        case notEqual = "!="
        case notLess = ">="
        case greater = ">"

        func holds(_ order: Order) -> Bool {
            switch self {
            case .less: order == .ascending
            case .notGreater: order != .descending
            case .equal: order == .same
            case .notEqual: order != .same
            case .notLess: order != .ascending
            case .greater: order == .descending
            }
        }
    }

    enum Operand: Hashable, Sendable {
        case left
        case right
        case value(String)
    }

    package enum Outcome: Hashable, Sendable {
        case holds
        case fails
        /// One of the sides has no value, or the two are not of one measure.
        case notComparable
    }

    let first: Operand
    let relation: Operator
    let second: Operand
    let measure: Measure?
    /// As written.
    package let text: String

    /// Whether the expression speaks of a side.
    func names(_ operand: Operand) -> Bool { first == operand || second == operand }

    /// - Parameter key: the last key of the values' path; it tells the measure of Compose's own fields.
    package func outcome(left: Scalar?, right: Scalar?, key: String?) -> Outcome {
        func scalar(_ operand: Operand) -> Scalar? {
            switch operand {
            case .left: left
            case .right: right
            case .value(let text): Self.literal(text)
            }
        }
        guard let one = scalar(first), let other = scalar(second), one.kind != .null, other.kind != .null else {
            return .notComparable
        }
        if let order = Measure.order(one, other, as: measure ?? Measure.usual(forKey: key)) {
            return relation.holds(order) ? .holds : .fails
        }
        // What cannot be ordered can still be the same or not.
        switch relation {
        case .equal: return one.text == other.text ? .holds : .fails
        case .notEqual: return one.text == other.text ? .fails : .holds
        default: return .notComparable
        }
    }

    private static func literal(_ text: String) -> Scalar {
        let isNumber =
            Double(text) != nil && text.utf8.allSatisfy { $0 != UInt8(ascii: "x") && $0 != UInt8(ascii: "p") }
        guard isNumber else { return Scalar(text, kind: .string) }
        return Scalar(text, kind: Int(text) == nil ? .float : .integer)
    }
}

/// Which of two values comes first.
enum Order: Hashable, Sendable {
    case ascending
    case same
    case descending

    init<Value: Comparable>(_ one: Value, _ other: Value) {
        self = one < other ? .ascending : one > other ? .descending : .same
    }
}

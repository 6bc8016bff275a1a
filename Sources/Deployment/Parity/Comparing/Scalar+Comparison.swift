import YAML

extension Scalar {
    enum ComparisonOutcome {
        case same
        case sameButType
        case different
    }

    /// - Parameter spelling: whether booleans written in two ways are two values.
    func comparison(with other: Scalar, spelling: Bool) -> ComparisonOutcome {
        if kind == other.kind {
            switch kind {
            case .null: return .same
            case .boolean where !spelling: return boolean == other.boolean ? .same : .different
            default: return Self.isSame(text, other.text) ? .same : .different
            }
        }
        if Self.isSame(text, other.text) { return .sameButType }
        // An integer and a decimal of the same value: 1 and 1.0.
        if let number, let counterpart = other.number, number == counterpart { return .sameButType }
        return .different
    }

    /// The same bytes. Swift's own `==` would also take `é` for `e` with an accent behind it, which no other program
    /// does that gets the value.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left == right && left.utf8.elementsEqual(right.utf8)
    }
}

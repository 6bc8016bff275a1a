import YAML

/// What two values are compared as.
enum Measure: String, Hashable, Sendable, CaseIterable {
    case numbers
    case sizes
    case durations
    case versions

    /// The measure of Compose's own fields, whose values alone would leave it open: `0.50` processors are fewer than
    /// `0.6`, and `512m` of memory are no minutes.
    static func usual(forKey key: String?) -> Measure? { key.flatMap { fields[$0] } }

    /// - Returns: `nil` when the values cannot be compared so; without a measure, when they have none in common.
    static func order(_ one: Scalar, _ other: Scalar, as measure: Measure?) -> Order? {
        if let measure, let order = measure.order(one, other) { return order }
        return probable(one, other).first?.order(one, other)
    }

    /// The measure in which both values can be read, the likeliest first.
    private static func probable(_ one: Scalar, _ other: Scalar) -> [Measure] {
        let areWhole = Int(one.text) != nil && Int(other.text) != nil
        let hasNumber = one.number != nil || other.number != nil
        var candidates: [Measure] = areWhole || hasNumber ? [.numbers] : []
        candidates += [.durations, .sizes, .versions]
        return candidates.filter { $0.order(one, other) != nil }
    }

    private func order(_ one: Scalar, _ other: Scalar) -> Order? {
        switch self {
        case .numbers:
            if let left = Int(one.text), let right = Int(other.text) { return Order(left, right) }
            guard let left = one.number ?? Self.decimal(one.text), let right = other.number ?? Self.decimal(other.text)
            else { return nil }
            return Order(left, right)
        case .sizes: return Self.order(one.text, other.text, Quantity.bytes)
        case .durations: return Self.order(one.text, other.text, Quantity.seconds)
        case .versions:
            guard let left = VersionNumber(one.text), let right = VersionNumber(other.text) else { return nil }
            return Order(left, right)
        }
    }

    private static func order(_ one: String, _ other: String, _ amount: (String) -> Double?) -> Order? {
        guard let left = amount(one), let right = amount(other) else { return nil }
        return Order(left, right)
    }

    private static func decimal(_ text: String) -> Double? {
        text.utf8.allSatisfy { (0x2B...0x39).contains($0) && $0 != 0x2C && $0 != 0x2F } ? Double(text) : nil
    }

    private static let fields: [String: Measure] = [
        "cpus": .numbers, "cpu_count": .numbers, "cpu_percent": .numbers,
        "memory": .sizes, "mem_limit": .sizes, "mem_reservation": .sizes, "memswap_limit": .sizes, "shm_size": .sizes,
        "kernel_memory": .sizes, "size": .sizes,
        "interval": .durations, "timeout": .durations, "start_period": .durations, "start_interval": .durations,
        "stop_grace_period": .durations, "delay": .durations, "monitor": .durations, "window": .durations,
        "max_failure_ratio": .numbers,
    ]
}

/// The two functions that statistics need and the standard library lacks; right to about 15 digits.
enum Elementary {
    static let logarithmOfTwo = 0.693147180559945309417232121458

    /// The natural logarithm; −∞ for zero, not a number below.
    static func logarithm(_ value: Double) -> Double {
        guard value > 0 else { return value == 0 ? -.infinity : .nan }
        guard value.isFinite else { return value }
        var exponent = Double(value.exponent)
        var significand = value.significand
        if significand > 1.4142 {
            significand /= 2
            exponent += 1
        }
        // 2 artanh((m − 1) / (m + 1)), whose series is short for an m near 1.
        let ratio = (significand - 1) / (significand + 1)
        var power = ratio
        var sum = ratio
        var divisor = 3.0
        while power.magnitude > 1e-18 {
            power *= ratio * ratio
            sum += power / divisor
            divisor += 2
        }
        return exponent * logarithmOfTwo + 2 * sum
    }

    static func exponential(_ value: Double) -> Double {
        guard value < 709 else { return value.isNaN ? .nan : .infinity }
        guard value > -745 else { return 0 }
        let twos = (value / logarithmOfTwo).rounded()
        let rest = value - twos * logarithmOfTwo
        var term = 1.0
        var sum = 1.0
        var index = 1.0
        while term.magnitude > 1e-18 {
            term *= rest / index
            sum += term
            index += 1
        }
        // In two halves: the smallest results have exponents that one factor cannot have.
        let half = (twos / 2).rounded(.towardZero)
        return sum * Double(sign: .plus, exponent: Int(half), significand: 1)
            * Double(sign: .plus, exponent: Int(twos - half), significand: 1)
    }
}

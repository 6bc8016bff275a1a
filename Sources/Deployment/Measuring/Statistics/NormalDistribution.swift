/// The standard normal distribution.
package enum NormalDistribution {
    /// How likely a value above `z` is.
    package static func upperTail(_ z: Double) -> Double {
        guard !z.isNaN else { return .nan }
        guard z >= 0 else { return 1 - upperTail(-z) }
        guard z < 38 else { return 0 }
        let density = Elementary.exponential(-z * z / 2) * 0.398942280401432677939946
        guard z >= 3 else {
            // A power series near the middle, a continued fraction outside: each where it is exact.
            var term = z
            var sum = z
            var divisor = 3.0
            while term > 1e-17 * sum {
                term *= z * z / divisor
                sum += term
                divisor += 2
            }
            return 0.5 - density * sum
        }
        var fraction = z
        for step in stride(from: 60.0, through: 1, by: -1) { fraction = z + step / fraction }
        return density / fraction
    }

    /// The value below which a share of all lies; ±∞ for 1 and 0.
    package static func quantile(_ share: Double) -> Double {
        guard share > 0 else { return -.infinity }
        guard share < 1 else { return .infinity }
        var (low, high) = (-38.0, 38.0)
        for _ in 0..<80 {
            let middle = (low + high) / 2
            // By the tail that is the smaller one: the other has no digits left.
            let isBelow =
                share < 0.5 ? upperTail(-middle) < share : upperTail(middle) > 1 - share
            if isBelow { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// A quantile of the χ² distribution (Wilson and Hilferty 1931; within 1 % from 5 degrees of freedom on).
    static func chiSquareQuantile(_ share: Double, degreesOfFreedom: Double) -> Double {
        let ninth = 2 / (9 * degreesOfFreedom)
        let root = max(0, 1 - ninth + quantile(share) * ninth.squareRoot())
        return degreesOfFreedom * root * root * root
    }
}

/// Random numbers that are the same for the same seed, on every machine and in every version: SplitMix64
/// (Steele, Lea and Flood 2014). For resampling and for the order of samples; never for secrets.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 up to `limit`, which is not reached. The standard library's own way may change; this one does not.
    package mutating func index(below limit: Int) -> Int {
        precondition(limit > 0, "there is something to choose from")
        return Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }
}

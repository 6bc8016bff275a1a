/// Where a case takes its random choices from: the same seed gives the same case on every machine.
///
/// A class, because all parts of a case draw from one sequence. SplitMix64: https://prng.di.unimi.it/splitmix64.c
final class Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// From 0 up to, not including, `limit`, which is at least 1.
    func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

    func choose<Option>(_ options: [Option]) -> Option { options[number(below: options.count)] }

    /// One of several values of a field.
    func pick(_ options: Draft...) -> Draft { choose(options) }

    /// Different ones of the options, in their order, so many as `counts` allows.
    func some<Option>(_ options: [Option], _ counts: ClosedRange<Int>) -> [Option] {
        var wanted = min(options.count, counts.lowerBound + number(below: counts.count))
        var left = options.count
        return options.filter { _ in
            defer { left -= 1 }
            guard number(below: left) < wanted else { return false }
            wanted -= 1
            return true
        }
    }

    /// A list of different ones of the items.
    func list(_ counts: ClosedRange<Int>, _ items: Draft...) -> Draft { .list(some(items, counts)) }
}

/// Skips the text in which no pattern can begin, several bytes at a time.
///
/// A pattern of at least `window` bytes contains, wherever it stands, a whole block of three bytes at one of every
/// `stride` places. So only those places are looked up: in a table that says at which offsets of the patterns' first
/// bytes such a block occurs. What passes is checked again, by a hash of the window's two ends, before a `PatternTree`
/// has to walk through it.
struct PatternFilter: Sendable {
    /// The shortest window that the hash of two blocks of four bytes and a stride of four need.
    static let shortestWindow = 6

    private static let longestWindow = 10
    private static let blockLength = 3

    let window: Int
    private let stride: Int
    /// For each hashed block a bit per offset, 0 to `stride - 1`, at which it occurs.
    private var offsets: [UInt8]
    private let offsetShift: UInt32
    /// A bit per hashed window.
    private var windows: [UInt64]
    private let windowShift: UInt64

    /// Every pattern must have at least `shortestWindow` bytes, and there must be one.
    init(_ patterns: [[UInt8]]) {
        let shortest = patterns.reduce(Int.max) { min($0, $1.count) }
        precondition(shortest >= PatternFilter.shortestWindow && !patterns.isEmpty, "a pattern is too short")
        window = min(shortest, PatternFilter.longestWindow)
        stride = window - PatternFilter.blockLength + 1
        // 1 entry in 16 taken at most, as long as the table stays inside a second-level cache.
        let bits = PatternFilter.bits(for: patterns.count * stride * 16, within: 12...18)
        offsetShift = UInt32(32 - bits)
        offsets = [UInt8](repeating: 0, count: 1 << bits)
        let windowBits = PatternFilter.bits(for: patterns.count * 64, within: 12...20)
        windowShift = UInt64(64 - windowBits)
        windows = [UInt64](repeating: 0, count: 1 << (windowBits - 6))
        for pattern in patterns {
            let bytes = pattern.span.bytes
            for offset in 0..<stride {
                let block =
                    UInt32(pattern[offset]) | UInt32(pattern[offset + 1]) << 8 | UInt32(pattern[offset + 2]) << 16
                offsets[slot(block)] |= 1 << UInt8(offset)
            }
            let bit = windowBit(bytes, at: 0)
            windows[bit >> 6] |= 1 << UInt64(bit & 63)
        }
    }

    /// The first place, from `floor` on, where a pattern may begin, or where too little text is left to tell.
    ///
    /// Never beyond the end of the text.
    func firstCandidate(in text: RawSpan, from floor: Int) -> Int {
        let end = text.byteCount
        var place = floor + stride - 1
        let table = offsets.span
        while place + 4 <= end {
            let block = text.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self) & 0xFF_FFFF
            var possible = table[slot(block)]
            while possible != 0 {
                // The largest offset is the earliest beginning.
                let offset = 7 - possible.leadingZeroBitCount
                let start = place - offset
                if start + window > end || mayBegin(text, at: start) { return start }
                possible &= ~(1 << UInt8(offset))
            }
            place += stride
        }
        return min(place - stride + 1, end)
    }

    private func mayBegin(_ text: RawSpan, at start: Int) -> Bool {
        let bit = windowBit(text, at: start)
        return windows[bit >> 6] & (1 << UInt64(bit & 63)) != 0
    }

    private func slot(_ block: UInt32) -> Int { Int((block &* 0x9E37_79B1) >> offsetShift) }

    private func windowBit(_ text: RawSpan, at start: Int) -> Int {
        let head = text.unsafeLoadUnaligned(fromByteOffset: start, as: UInt32.self)
        let tail = text.unsafeLoadUnaligned(fromByteOffset: start + window - 4, as: UInt32.self)
        return Int(((UInt64(head) << 32 | UInt64(tail)) &* 0x9E37_79B9_7F4A_7C15) >> windowShift)
    }

    private static func bits(for entries: Int, within range: ClosedRange<Int>) -> Int {
        min(max(Int.bitWidth - entries.leadingZeroBitCount, range.lowerBound), range.upperBound)
    }
}

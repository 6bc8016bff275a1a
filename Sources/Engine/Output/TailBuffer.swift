/// The last bytes of an output, in a ring that grows no larger than its capacity.
struct TailBuffer: Sendable {
    let capacity: Int
    private var bytes: [UInt8] = []
    /// Where the oldest byte is, once the ring is full.
    private var start = 0
    /// How many bytes were overwritten.
    private(set) var dropped = 0

    /// - Parameter capacity: At least one.
    init(capacity: Int) {
        precondition(capacity > 0, "a tail of nothing")
        self.capacity = capacity
    }

    var count: Int { bytes.count }

    mutating func append(_ piece: ArraySlice<UInt8>) {
        var piece = piece
        if piece.count > capacity {
            dropped += piece.count - capacity
            piece = piece.suffix(capacity)
        }
        let free = piece.prefix(capacity - bytes.count)
        bytes += free
        piece = piece.dropFirst(free.count)
        while !piece.isEmpty {
            let part = piece.prefix(capacity - start)
            bytes.replaceSubrange(start..<(start + part.count), with: part)
            dropped += part.count
            start = (start + part.count) % capacity
            piece = piece.dropFirst(part.count)
        }
    }

    /// The kept bytes in order, in pieces of at most a mebibyte.
    func pieces(droppingFirst skipped: Int = 0) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var skipped = skipped
        for part in [bytes[start...], bytes[..<start]] {
            var rest = part.dropFirst(skipped)
            skipped = max(0, skipped - part.count)
            while !rest.isEmpty {
                pieces.append(rest.prefix(1 << 20))
                rest = rest.dropFirst(1 << 20)
            }
        }
        return pieces
    }

    /// How many of the oldest bytes to skip to begin with a whole line; zero when no line begins near enough.
    var partOfLine: Int {
        for offset in 0..<min(bytes.count, 4 * 1024) where bytes[(start + offset) % bytes.count] == 0x0A {
            return offset + 1 < bytes.count ? offset + 1 : 0
        }
        return 0
    }
}

/// Masks a text that arrives in pieces. What comes out does not depend on where the pieces are cut.
///
/// Nothing that may still turn out to be a secret is let go: `feed` returns all but the longest end of the text that
/// some secret's form begins with, most often nothing. So there is nothing to flush when a stream falls silent, and
/// a timer cannot let part of a secret out.
package struct StreamingMask: Sendable {
    private let mask: SecretMask
    private var state = PatternScanner.State()
    /// Ends at `state.position`; the part before `heldFrom` is let go already.
    private var held: [UInt8] = []
    private var heldFrom = 0
    /// Found but not written yet: what covers the held bytes, or reaches into them.
    private var covers: [Cover] = []

    package init(_ mask: SecretMask) { self.mask = mask }

    /// How many bytes wait for what follows them.
    package var heldBytes: Int { held.count - heldFrom }

    /// The masked text that is certain by now.
    package mutating func feed(_ piece: [UInt8]) -> [UInt8] {
        guard let scanner = mask.scanner, !piece.isEmpty else { return piece }
        let pieceStart = state.position
        scanner.scan(piece, &state, &covers)
        let certain = state.position - scanner.tree.depth(state.node)
        if heldBytes == 0, covers.isEmpty, certain == state.position { return piece }
        return release(before: certain, piece, from: pieceStart)
    }

    /// The rest, once the text is complete. The next `feed` begins a new text.
    ///
    /// - Parameter cutShort: The text may have been cut anywhere, because its writer was ended. Then the first part of
    ///   a secret at its very end is masked too, if it has four bytes or more.
    package mutating func finish(cutShort: Bool = false) -> [UInt8] {
        guard let scanner = mask.scanner else { return [] }
        let depth = scanner.tree.depth(state.node)
        if cutShort, depth >= 4, let pattern = scanner.tree.beginning(state.node) {
            covers.add(
                Cover(
                    lower: state.position - depth, upper: state.position, pattern: pattern, patternLength: depth))
        }
        let rest = release(before: state.position, [], from: state.position)
        state = PatternScanner.State()
        return rest
    }

    /// Writes all that stands before a position, and keeps what follows.
    private mutating func release(before certain: Int, _ piece: [UInt8], from pieceStart: Int) -> [UInt8] {
        var released: [UInt8] = []
        released.reserveCapacity(max(0, certain - pieceStart) + heldBytes)
        // The position of the first held byte. All before it is written, or covered by `covers[0]`.
        var written = pieceStart - heldBytes
        func copy(through upper: Int) {
            guard upper > written else { return }
            if written < pieceStart {
                let start = held.count - (pieceStart - written)
                released.append(contentsOf: held[start..<(start + min(upper, pieceStart) - written)])
            }
            if upper > pieceStart {
                released.append(contentsOf: piece[(max(written, pieceStart) - pieceStart)..<(upper - pieceStart)])
            }
            written = upper
        }
        var done = 0
        for cover in covers {
            guard cover.lower < certain else { break }
            copy(through: cover.lower)
            // A cover that reaches further may still grow; its beginning is not text any more.
            written = max(written, min(cover.upper, certain))
            guard cover.upper <= certain else { break }
            released.append(contentsOf: mask.label(ofPattern: cover.pattern))
            done += 1
        }
        covers.removeFirst(done)
        copy(through: certain)
        keep(from: certain, piece, pieceStart)
        return released
    }

    private mutating func keep(from certain: Int, _ piece: [UInt8], _ pieceStart: Int) {
        if certain >= pieceStart {
            held = Array(piece[(certain - pieceStart)...])
            heldFrom = 0
        } else {
            heldFrom = held.count - (pieceStart - certain)
            held.append(contentsOf: piece)
            // Moved rarely enough that one byte at a time costs no more than a copy.
            if heldFrom > held.count / 2 {
                held.removeFirst(heldFrom)
                heldFrom = 0
            }
        }
    }
}

/// A text in which each unquoted `*` stands for any characters.
package struct Glob: Hashable, Sendable {
    /// The texts between the stars: one when there is no star.
    let pieces: [String]

    init(pieces: [String]) { self.pieces = pieces }

    package init(exactly text: String) { pieces = [text] }

    var isLiteral: Bool { pieces.count == 1 }

    /// The text of a glob without a star.
    var literal: String? { isLiteral ? pieces[0] : nil }

    func matches(_ text: String) -> Bool {
        if isLiteral { return text == pieces[0] }
        let first = pieces[0]
        let last = pieces[pieces.count - 1]
        guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = Self.firstRange(of: piece, in: rest) else { return false }
            rest = rest[found...]
        }
        return true
    }

    /// Where the text goes on behind the first `piece`.
    private static func firstRange(of piece: String, in text: Substring) -> Substring.Index? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(piece) { return text.index(start, offsetBy: piece.count) }
            start = text.index(after: start)
        }
        return nil
    }
}

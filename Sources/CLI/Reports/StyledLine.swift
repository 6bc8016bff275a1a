import Diagnostics

/// One line in pieces of different tones: cut first, coloured afterwards, so that no colour is ever cut in two.
struct StyledLine {
    private var pieces: [(text: String, tone: Tone)] = []

    init(_ text: String = "", _ tone: Tone = .plain) { add(text, tone) }

    mutating func add(_ text: String, _ tone: Tone = .plain) {
        if !text.isEmpty { pieces.append((text, tone)) }
    }

    var columns: Int { pieces.reduce(0) { $0 + ShownText.columns($1.text) } }

    /// - Parameter limit: columns at most; `nil` leaves the line whole.
    func text(_ palette: Palette, columns limit: Int? = nil) -> String {
        guard let limit, columns > limit else {
            return pieces.map { palette.paint($0.text, $0.tone) }.joined()
        }
        var room = limit
        var result = ""
        for piece in pieces where room > 0 {
            let width = ShownText.columns(piece.text)
            // What follows does not fit, so this piece has to carry the sign that something is missing.
            let isLast = width >= room
            let text = isLast ? ShownText.cut(piece.text + " ", columns: room) : piece.text
            result += palette.paint(text, piece.tone)
            room -= isLast ? room : width
        }
        return result
    }
}

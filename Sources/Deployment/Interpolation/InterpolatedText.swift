/// A text with `$NAME` and `${NAME}` in it, taken apart.
///
/// The pieces in order make up the text again; two texts never follow each other, and a text is never empty.
package struct InterpolatedText: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        /// Stands for itself; `$$` is already one `$`.
        case text(String)
        indirect case reference(VariableReference)
    }

    package let pieces: [Piece]

    package init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    /// The text when nothing has to be looked up.
    package var literal: String? {
        switch pieces.count {
        case 0: return ""
        case 1:
            if case .text(let text) = pieces[0] { return text }
            return nil
        default: return nil
        }
    }

    /// Every reference, those inside defaults and messages too, in the order in which they are written.
    package var references: [VariableReference] {
        pieces.flatMap { piece -> [VariableReference] in
            guard case .reference(let reference) = piece else { return [] }
            return [reference] + (reference.argument?.references ?? [])
        }
    }
}

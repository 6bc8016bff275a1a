/// A text in which secrets stand by name, until right before it is sent.
package struct SecretText: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        case text(String)
        case secret(String)
    }

    package let pieces: [Piece]

    /// Texts that follow each other become one.
    package init(_ pieces: [Piece]) {
        var merged: [Piece] = []
        for piece in pieces {
            if case .text(let next) = piece, case .text(let former)? = merged.last {
                merged[merged.count - 1] = .text(former + next)
            } else if piece != .text("") {
                merged.append(piece)
            }
        }
        self.pieces = merged
    }

    package init(plain text: String) { pieces = text.isEmpty ? [] : [.text(text)] }

    /// - Parameter template: as a plan has it: `${NAME}` is a secret and `$$` a dollar sign. `nil` when it is not.
    package init?(template: String) {
        guard case .success(let parsed) = Interpolation.parse(template) else { return nil }
        var pieces: [Piece] = []
        for piece in parsed.pieces {
            switch piece {
            case .text(let text): pieces.append(.text(text))
            case .reference(let reference):
                guard reference.operation == nil else { return nil }
                pieces.append(.secret(reference.name))
            }
        }
        self.init(pieces)
    }

    /// The text when no secret is in it.
    package var plain: String? {
        var result = ""
        for piece in pieces {
            guard case .text(let text) = piece else { return nil }
            result += text
        }
        return result
    }

    package var secrets: Set<String> {
        Set(pieces.compactMap { if case .secret(let name) = $0 { name } else { nil } })
    }

    /// With the secrets' values; `nil` when one is missing.
    package func filled(_ value: (String) -> String?) -> String? {
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .secret(let name):
                guard let value = value(name) else { return nil }
                result += value
            }
        }
        return result
    }

    /// A word of a POSIX shell, the secrets as variables: `'Cookie: session='"$SESSION"`.
    package var shellWord: String {
        if let plain { return ShellQuoting.quoted(plain) }
        return pieces.map { piece in
            switch piece {
            case .text(let text): ShellQuoting.quoted(text)
            case .secret(let name): "\"$\(name)\""
            }
        }.joined()
    }

    /// For people: secrets as `$NAME`.
    package var shown: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .secret(let name): "$\(name)"
            }
        }.joined()
    }
}

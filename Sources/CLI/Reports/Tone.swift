package import Diagnostics

/// What a piece of text means; its colour follows. Every text says the same without it.
package enum Tone: Hashable, Sendable {
    case plain
    case good
    case bad
    case caution
    /// Goes on right now.
    case active
    case quiet
    case strong
}

extension Palette {
    package func paint(_ text: String, _ tone: Tone) -> String {
        switch tone {
        case .plain: text
        case .good: green(text)
        case .bad: red(text)
        case .caution: yellow(text)
        case .active: blue(text)
        case .quiet: dim(text)
        case .strong: bold(text)
        }
    }
}

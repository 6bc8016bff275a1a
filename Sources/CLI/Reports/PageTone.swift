import Deployment

extension Tone {
    /// The same on a page.
    var onPage: Page.Tone {
        switch self {
        case .good: .good
        case .bad: .bad
        case .caution, .active: .caution
        case .plain, .quiet, .strong: .quiet
        }
    }
}

extension StateMark {
    var onPage: Page.State { Page.State(word, tone.onPage) }
}

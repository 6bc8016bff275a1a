/// The checks on what users see, as a runbook writes them.
package enum CheckKind: String, Hashable, Sendable, CaseIterable {
    case http
    case cache
    case loggedIn = "logged_in"
    case purge
    case measure
    case security

    /// Why a step of this kind needs no way back.
    package var reasonForNoRollback: String {
        switch self {
        case .http, .cache, .loggedIn, .measure, .security: "it only looks"
        case .purge: "a purge cannot be taken back and need not be: the cache fills again from the origin"
        }
    }
}

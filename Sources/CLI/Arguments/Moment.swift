package import Diagnostics

/// A point in the past, as `--since` takes it.
package enum Moment: Hashable, Sendable {
    /// This long before now: `7d`.
    case ago(Duration)
    /// RFC 3339, or a date alone: its first instant in UTC.
    case at(Timestamp)

    /// `nil` for a text that is neither.
    package init?(_ text: String) {
        if let timestamp = Timestamp(text) {
            self = .at(timestamp)
        } else if let duration = try? DurationSyntax.parse(text) {
            // Which of the two was meant is unknown, so that the reason for refusing one of them would mislead.
            self = .ago(duration)
        } else {
            return nil
        }
    }

    package static let expected = "a duration back from now such as `7d`, or a date such as `2026-11-20`"

    package func timestamp(now: Timestamp) -> Timestamp {
        switch self {
        case .at(let timestamp): return timestamp
        case .ago(let duration):
            let (seconds, attoseconds) = duration.components
            // `DurationSyntax` reads no more than a hundred years: no overflow.
            let milliseconds = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
            return now.adding(milliseconds: -milliseconds)
        }
    }
}

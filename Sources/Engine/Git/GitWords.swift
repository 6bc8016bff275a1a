import Deployment
import Diagnostics
import Host

/// What git printed, made fit for a message or a log.
package enum GitWords {
    /// The line of standard error that says why: the last `fatal:` or `error:`, else the last one; never empty.
    static func reason(_ output: CapturedOutput) -> String {
        let lines = output.trimmedErrorText.split(whereSeparator: \.isNewline).map(String.init)
        let complaints = lines.filter { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") || $0.contains("! [") }
        let line = complaints.last ?? lines.last ?? "no reason given (\(ending(output.outcome.ending)))"
        return shown(line)
    }

    /// All of standard error and output, for a log.
    static func all(_ output: CapturedOutput) -> String {
        [output.trimmedText, output.trimmedErrorText].filter { !$0.isEmpty }.map(withoutCredentials)
            .joined(separator: "\n")
    }

    /// One line without credentials and without anything that a terminal would obey, cut at 300 characters.
    package static func shown(_ text: String) -> String {
        let visible = Wording.visible(withoutCredentials(text), keepingColumns: true)
        return visible.count <= 300 ? visible : visible.prefix(300) + "…"
    }

    /// A text in which the `user:password@` of every URL is `[credentials]@`.
    ///
    /// A user alone is kept for SSH, where it is no secret; with HTTPS it may be a token.
    package static func withoutCredentials(_ text: String) -> String {
        var rest = text[...]
        var clean = ""
        while let mark = rest.firstRange(of: "://") {
            let authority = rest[mark.upperBound...].prefix { !"/ \t\r\n'\"`".contains($0) }
            clean += rest[..<mark.upperBound]
            rest = rest[mark.upperBound...]
            guard let at = authority.lastIndex(of: "@") else { continue }
            let isSecret = SharedHistory.isCredential(authority[..<at], scheme: clean.dropLast(3))
            clean += isSecret ? "[credentials]" : String(authority[..<at])
            rest = rest[at...]
        }
        return clean + rest
    }

    private static func ending(_ ending: ProcessOutcome.Ending) -> String {
        switch ending {
        case .exited(let status): "exit \(status)"
        case .signalled(let signal): "signal \(signal)"
        case .notStarted(let failure): "`\(failure.subject)` cannot be started"
        }
    }
}

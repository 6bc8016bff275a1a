package import Diagnostics

/// Why git could not answer.
package enum GitFailure: Error, Hashable, Sendable {
    /// There is no `git` in `PATH`.
    case notInstalled
    /// The folder is in no repository with a working tree.
    case notARepository(directory: String)
    /// It was ended after this time.
    case timedOut(Duration)
    /// It was ended because we were told to stop.
    case interrupted(signal: Int32)
    /// It ended with an error; its own last words, one line, without credentials. Never empty.
    case refused(words: String)

    package var diagnostic: Diagnostic {
        switch self {
        case .notInstalled:
            Diagnostic("`git` is not installed", expected: "a `git` program in `PATH`", next: "install git, then again")
        case .notARepository(let directory):
            Diagnostic(
                "`\(Wording.visible(directory, keepingColumns: true))` is not in a git repository",
                expected: "a project under git", next: "git init")
        case .timedOut(let time):
            Diagnostic("git gave no answer within \(DurationSyntax.format(time))", expected: "an answer of git")
        case .interrupted(let signal):
            Diagnostic("git was stopped by signal \(signal)", expected: "an answer of git")
        case .refused(let words):
            Diagnostic("git refused: \(words)", expected: "a repository that git can read", next: "git status")
        }
    }
}

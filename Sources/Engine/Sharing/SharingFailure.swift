package import Diagnostics
import Host

/// Why the shared history could not be read or written.
package enum SharingFailure: Error, Hashable, Sendable {
    /// The repository has no remote of that name, and it is no address either.
    case unknownRemote(String, known: [String])
    /// Its address is of a kind that is not spoken.
    case refusedAddress(remote: String, transport: String)
    /// Its push URL holds a password or a token, and is another than the one for fetching.
    case credentials(remote: String)
    /// It did not answer, or not for us.
    case unreachable(remote: String, GitFailure)
    /// It answered, and did not take what was pushed (a hook, a right that is missing).
    case rejected(remote: String, words: String)
    /// Others wrote to it at every try.
    case crowded(remote: String, tries: Int)
    /// The private repository below `.rehearse/`, which is only a copy.
    case repository(GitFailure)
    /// What the remote holds is not what rehearse writes.
    case malformed(remote: String, what: String)
    /// A record of ours could not be signed.
    case unsigned(words: String)
    /// The lock that was ours is another's, or nobody's.
    case lockLost(environment: String, holder: SharedLock?)
    case locked(SharedLock)
    case state(StateFailure)
    case stopped(signal: Int32)

    package var diagnostic: Diagnostic {
        switch self {
        case .unknownRemote(let name, let known):
            Diagnostic(
                "there is no remote `\(name)` here for the shared history", label: Wording.didYouMean(name, known),
                expected: known.isEmpty
                    ? "a git repository with that remote, or an address"
                    : "one of \(Wording.list(known)), or an address",
                next: "git remote add \(name) URL")
        case .refusedAddress(let remote, let transport):
            Diagnostic(
                "the history remote `\(remote)` is reached by `\(transport)`", expected: "https, ssh, or a path",
                next: "git remote set-url \(remote) URL")
        case .credentials(let remote):
            Diagnostic(
                "the push URL of the history remote `\(remote)` holds a password or a token",
                expected: "a credential helper, or the same URL for fetching",
                next: "git remote set-url --push \(remote) URL")
        case .unreachable(let remote, let failure):
            Diagnostic(
                "the history remote `\(remote)` cannot be reached: \(Self.words(failure))",
                expected: "an answer without a question back", retry: "safe",
                next: "git ls-remote \(remote)")
        case .rejected(let remote, let words):
            Diagnostic(
                "the history remote `\(remote)` does not take the records: \(words)",
                expected: "the right to push to refs/rehearse/", retry: "safe", next: "rehearse history sync")
        case .crowded(let remote, let tries):
            Diagnostic(
                "others wrote to the history remote `\(remote)` at each of \(Wording.count(tries, "try", plural: "tries"))",
                expected: "a moment without others", retry: "safe", next: "rehearse history sync")
        case .repository(let failure):
            Diagnostic(
                "the copy of the shared history below .rehearse/ cannot be used: \(Self.words(failure))",
                expected: "a sound repository", retry: "after repair",
                next: "rm -rf .rehearse/shared/history.git, which is fetched again")
        case .malformed(let remote, let what):
            Diagnostic(
                "the history remote `\(remote)` holds what is none of ours: \(what)",
                expected: "what rehearse has written", retry: "after repair", next: "rehearse history sync")
        case .unsigned(let words):
            Diagnostic(
                "the record cannot be signed: \(words)",
                expected: "`user.signingkey` and `gpg.format` in git's settings",
                next: "git config gpg.format ssh, and git config user.signingkey FILE")
        case .lockLost(let environment, let holder):
            Diagnostic(
                "lock.lost: the shared lock of `\(environment)` is no longer ours",
                label: holder.map { "now \($0.words)" } ?? "it was broken",
                expected: "the lock left in place until the run has ended",
                retry: "no: nothing more was started; another run may be at work",
                next: "rehearse lock status \(environment)")
        case .locked(let lock): lock.refusal
        case .state(let failure): failure.diagnostic
        case .stopped(let signal):
            Diagnostic("stopped by \(SignalName.of(signal)) while waiting for the shared lock")
        }
    }

    /// Whether nobody knows what the remote has, because it gave no answer.
    var isSilence: Bool {
        if case .unreachable = self { true } else { false }
    }

    /// Whether this machine cannot speak to the remote at all.
    var isOutOfReach: Bool {
        switch self {
        case .unreachable, .unknownRemote, .refusedAddress, .credentials, .repository: true
        default: false
        }
    }

    private static func words(_ failure: GitFailure) -> String {
        switch failure {
        case .refused(let words): words
        case .timedOut(let time): "no answer within \(DurationSyntax.format(time))"
        case .interrupted(let signal): "stopped by \(SignalName.of(signal))"
        case .notInstalled: "`git` is not installed"
        case .notARepository(let directory): "\(directory) is no repository"
        }
    }
}

/// Where an environment's records and locks are shared: `history:` in its manifest.
package struct SharedHistory: Hashable, Sendable, Codable {
    /// The name of a git remote of the project's repository, or an address as git takes it.
    package var remote: String
    /// Tells the projects apart that share one remote; `nil` for a remote of one project.
    package var project: String?
    /// Whether a run waits for the remote: without it, it is not begun.
    package var isRequired: Bool
    /// Whether the records of others count only when one of `allowedSigners` has signed them.
    package var requiresSignature: Bool
    /// A file as `ssh-keygen` takes it, relative to the project's folder.
    package var allowedSigners: String?
    /// How long the remote may take to answer one question, in milliseconds.
    package var timeoutMs: Int

    package static let defaultTimeoutMs = 30_000

    package init(
        remote: String, project: String? = nil, isRequired: Bool = true, requiresSignature: Bool = false,
        allowedSigners: String? = nil, timeoutMs: Int = defaultTimeoutMs
    ) {
        self.remote = remote
        self.project = project
        self.isRequired = isRequired
        self.requiresSignature = requiresSignature
        self.allowedSigners = allowedSigners
        self.timeoutMs = timeoutMs
    }

    /// Whether the address of a git remote holds what must not be written down: a password, or a user that may be a token.
    package static func holdsCredentials(_ address: String) -> Bool {
        guard let mark = address.firstRange(of: "://") else { return false }
        let authority = address[mark.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return isCredential(authority[..<at], scheme: address[..<mark.lowerBound])
    }

    /// Whether what stands in front of the `@` of an address must not be shown. A user alone is no secret with SSH.
    package static func isCredential(_ user: Substring, scheme: some StringProtocol) -> Bool {
        user.contains(":") || !scheme.hasSuffix("ssh")
    }
}

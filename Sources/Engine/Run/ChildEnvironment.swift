package import Deployment
package import Host

/// The variables that commands get: a short documented list from outside, then what the plan says.
package struct ChildEnvironment: Sendable {
    /// What passes from the caller's environment. Everything else a command needs is in the manifests, so that it is
    /// recorded, and a rollback next month from another shell has it too.
    package static let inheritedNames: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TERM", "TMPDIR", "VIRTUAL_ENV",
        "SSH_AUTH_SOCK", "SSH_AGENT_PID", "NO_COLOR", "CI", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy",
        "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GNUPGHOME", "KUBECONFIG", "BUILDKIT_PROGRESS",
    ]
    package static let inheritedPrefixes = [
        "LC_", "XDG_", "DOCKER_", "GIT_AUTHOR_", "GIT_COMMITTER_", "GITHUB_", "RUNNER_", "GITLAB_", "CI_", "BUILDKITE_",
    ]
    /// What only a CI job has. A rehearsal's way back goes without it, as whoever rolls back at night does.
    private static let jobPrefixes = ["GITHUB_", "RUNNER_", "GITLAB_", "CI_", "BUILDKITE_"]
    /// Words that mark a credential among those.
    private static let credentialWords = ["TOKEN", "PASSWORD", "SECRET", "_KEY", "CREDENTIAL"]

    private let base: [String: String]

    /// - Parameters:
    ///   - secrets: where the environment's secrets come from; their variables never pass by themselves.
    ///   - isElsewhere: without what only a CI job has.
    package init(_ host: Host, secrets: some Sequence<SecretDeclaration.Source>, isElsewhere: Bool = false) {
        let withheld = Set(
            secrets.compactMap { source -> String? in
                if case .variable(let name) = source { return name }
                return nil
            })
        base = host.surroundings.variables.filter { name, _ in
            guard Self.passes(name), !withheld.contains(name) else { return false }
            return !isElsewhere || name != "CI" && !Self.jobPrefixes.contains(where: name.hasPrefix)
        }
    }

    private static func passes(_ name: String) -> Bool {
        if inheritedNames.contains(name) { return true }
        return inheritedPrefixes.contains(where: name.hasPrefix) && !credentialWords.contains(where: name.contains)
    }

    /// Layers later ones of which win.
    package func variables(_ layers: [[String: String]]) -> [String: String] {
        layers.reduce(into: base) { $0.merge($1) { $1 } }
    }
}

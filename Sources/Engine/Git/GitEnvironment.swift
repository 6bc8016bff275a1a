/// The variables that `git` gets: the caller's own, made so that git neither asks, hangs, nor is led astray.
package enum GitEnvironment {
    /// The transports a remote may use; `ext::` and other helpers would run programs.
    package static let allowedTransports = ["https", "ssh", "file"]

    /// The caller's variables with these changes, which a recorded script makes by itself as well.
    ///
    /// Credentials that come without a question (agents, helpers, `http.extraHeader`, `GIT_CONFIG_COUNT`) keep working.
    package static func hardened(_ variables: [String: String]) -> [String: String] {
        var hardened = variables.filter { name, _ in !misleading.contains(name) && !name.hasPrefix("GIT_TRACE") }
        hardened.merge(settings) { _, ours in ours }
        hardened["GIT_ALLOW_PROTOCOL"] = transports(within: variables["GIT_ALLOW_PROTOCOL"])
        return hardened
    }

    /// What is set, whatever the caller has. Sorted by name in a recorded script.
    static let settings = [
        // Set but empty: neither `core.askPass` nor SSH_ASKPASS is asked instead.
        "GIT_ASKPASS": "",
        "GIT_ALLOW_PROTOCOL": allowedTransports.joined(separator: ":"),
        // A transfer slower than 1 kB/s for 30 seconds is a dead one.
        "GIT_HTTP_LOW_SPEED_LIMIT": "1000",
        "GIT_HTTP_LOW_SPEED_TIME": "30",
        // Reading must not rewrite the index under somebody's editor.
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PAGER": "cat",
        "GIT_TERMINAL_PROMPT": "0",
        "GCM_INTERACTIVE": "never",
        "LC_ALL": "C",
        "SSH_ASKPASS_REQUIRE": "never",
    ]

    /// What points git to another repository than the folder's own, or changes what paths mean. Set inside git hooks.
    static let misleading: Set<String> = [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS", "GIT_GRAFT_FILE", "GIT_ICASE_PATHSPECS", "GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE", "GIT_NOGLOB_PATHSPECS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE", "LANGUAGE", "SSH_ASKPASS",
    ]

    /// A caller's narrower choice is kept.
    private static func transports(within choice: String?) -> String {
        guard let choice else { return allowedTransports.joined(separator: ":") }
        let chosen = choice.split(separator: ":").map(String.init)
        return allowedTransports.filter(chosen.contains).joined(separator: ":")
    }
}

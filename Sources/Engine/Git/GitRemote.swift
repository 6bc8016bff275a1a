import Host

/// A remote as the repository's configuration has it, `insteadOf` rules applied.
package struct GitRemote: Hashable, Sendable {
    package let name: String
    package let fetchAddress: RemoteAddress
    /// Never empty.
    package let pushAddresses: [RemoteAddress]

    /// What git is given to ask about the place that a push goes to.
    ///
    /// The name, where that is the same place: then the remote's own settings count and no credential is in an argument.
    var argument: String { fetchAddress == pushAddresses[0] ? name : pushAddresses[0].text }
}

extension GitRepository {
    /// All remotes, in git's order.
    package func remotes() throws(GitFailure) -> [GitRemote] {
        var fetch: [String: String] = [:]
        var push: [String: [String]] = [:]
        var names: [String] = []
        // NAME TAB ADDRESS BLANK (fetch), perhaps followed by a partial clone's `[filter]`.
        for line in try ask(["remote", "-v"]).lines {
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let name = String(parts[0])
            if let mark = parts[1].ranges(of: " (fetch)").last {
                names.append(name)
                fetch[name] = String(parts[1][..<mark.lowerBound])
            } else if parts[1].hasSuffix(" (push)") {
                push[name, default: []].append(String(parts[1].dropLast(" (push)".count)))
            }
        }
        return names.compactMap { name in
            guard let from = fetch[name], let to = push[name] else { return nil }
            return GitRemote(
                name: name, fetchAddress: RemoteAddress(from), pushAddresses: to.map(RemoteAddress.init))
        }
    }

    /// What git is to start SSH with so that it never asks, as variables for a network command.
    ///
    /// Empty when the transport is another one, or SSH is a program of the caller's that need not know the option.
    func sshVariables(for address: RemoteAddress) throws(GitFailure) -> [String: String] {
        guard address.transport == .ssh else { return [:] }
        let configured = attempt(["config", "--get", "core.sshCommand"])
        let own = configured.succeeded ? configured.trimmedText : nil
        if environment["GIT_SSH_COMMAND"] == nil, own == nil, environment["GIT_SSH"] != nil { return [:] }
        let command = environment["GIT_SSH_COMMAND"] ?? own ?? "ssh"
        let program = command.prefix { $0 != " " }.split(separator: "/").last
        guard program == "ssh" else { return [:] }
        return ["GIT_SSH_COMMAND": "\(command) -oBatchMode=yes -oConnectTimeout=20"]
    }
}

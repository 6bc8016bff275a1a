import Deployment
import Host

/// The remote of a shared history, as this checkout reaches it.
struct HistoryRemote: Hashable, Sendable {
    /// For messages: the name, or the address without credentials.
    let shown: String
    /// What git is given: the name where that is enough, so that no credential is in an argument.
    let argument: String
    let address: RemoteAddress
    /// Settings of the project's repository that reaching the remote needs; `git` gets them as variables, because they
    /// may be credentials.
    let settings: [Setting]
    /// What git is to start SSH with.
    let variables: [String: String]
    /// `sha1` or `sha256`.
    let objectFormat: String

    struct Setting: Hashable, Sendable {
        let key: String
        let value: String
    }

    /// - Throws: `SharingFailure.unknownRemote` or `.refusedAddress`; nothing was asked over a network.
    static func find(_ wanted: String, in root: String, host: Host) throws(SharingFailure) -> HistoryRemote {
        let repository = GitRepository(directory: root, host: host, environment: host.surroundings.variables)
        // A project without git may share its history all the same, at an address.
        let remotes = (try? repository.remotes()) ?? []
        let named = remotes.first { $0.name == wanted }
        guard named != nil || wanted.contains("/") || wanted.contains(":") else {
            throw .unknownRemote(wanted, known: remotes.map(\.name))
        }
        let top = repository.attempt(["rev-parse", "--show-toplevel"])
        let given = named?.pushAddresses[0] ?? RemoteAddress(wanted)
        let address = given.absolute(from: named != nil && top.succeeded ? top.trimmedText : root)
        if !address.isAllowed, !address.isLoopbackHTTP {
            if case .other(let transport) = address.transport {
                throw .refusedAddress(remote: GitWords.shown(wanted), transport: GitWords.shown(transport))
            }
            preconditionFailure("every other address is allowed")
        }
        let usesName = named.map { $0.pushAddresses == [$0.fetchAddress] && address == $0.fetchAddress } ?? false
        // It would have to be an argument, which every user of the machine can read.
        if !usesName, address.holdsCredentials { throw .credentials(remote: GitWords.shown(wanted)) }
        do throws(GitFailure) {
            return HistoryRemote(
                shown: GitWords.shown(wanted), argument: usesName ? wanted : address.text, address: address,
                settings: settings(of: repository, remote: usesName ? wanted : nil),
                variables: try repository.sshVariables(for: address),
                objectFormat: objectFormat(repository))
        } catch {
            throw .unreachable(remote: GitWords.shown(wanted), error)
        }
    }

    private static func objectFormat(_ repository: GitRepository) -> String {
        let output = repository.attempt(["rev-parse", "--show-object-format"])
        return output.succeeded && output.trimmedText == "sha256" ? "sha256" : "sha1"
    }

    /// How to reach a remote and how to sign, from the repository's own configuration; git reads the others by itself.
    ///
    /// Nothing else of it counts: it may name programs, filters and other places.
    private static func settings(of repository: GitRepository, remote: String?) -> [Setting] {
        let output = repository.attempt(["config", "--list", "-z", "--show-scope"])
        guard output.succeeded, !output.isTruncated else { return [] }
        let pieces = output.zeroEnded
        return stride(from: 0, to: pieces.count - 1, by: 2).compactMap { index in
            guard pieces[index] == "local" || pieces[index] == "worktree" else { return nil }
            let parts = pieces[index + 1].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, isWanted(String(parts[0]), remote: remote) else { return nil }
            return Setting(key: String(parts[0]), value: String(parts[1]))
        }
    }

    private static func isWanted(_ key: String, remote: String?) -> Bool {
        if key == "core.sshcommand" || ["http.", "credential.", "url.", "gpg.", "user."].contains(where: key.hasPrefix)
        {
            return true
        }
        guard let remote, let last = key.value(after: "remote.\(remote).") else { return false }
        return ["url", "pushurl", "proxy", "proxyauthmethod", "receivepack", "uploadpack"].contains(last)
    }
}

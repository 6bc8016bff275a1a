import Host

/// A tag at one end.
package struct GitTag: Hashable, Sendable {
    package var name: String
    /// The id that the ref holds.
    package var object: String
    /// The commit in the end; the object itself for a lightweight tag.
    package var commit: String
    package var isAnnotated: Bool
}

/// Branches and tags of a remote at one moment.
package struct RemoteReferences: Hashable, Sendable {
    /// Commit ids by branch name.
    package var branches: [String: String] = [:]
    package var tags: [String: GitTag] = [:]

    init(branches: [String: String] = [:], tags: [String: GitTag] = [:]) {
        self.branches = branches
        self.tags = tags
    }

    /// Reads `git ls-remote`: ID TAB REF a line; an annotated tag is followed by its commit under `REF^{}`.
    init(lines: [String]) {
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let id = String(parts[0])
            if let name = String(parts[1]).value(after: "refs/heads/") {
                branches[name] = id
            } else if let name = String(parts[1]).value(after: "refs/tags/") {
                if name.hasSuffix("^{}") {
                    tags[String(name.dropLast(3))]?.commit = id
                    tags[String(name.dropLast(3))]?.isAnnotated = true
                } else {
                    tags[name] = GitTag(name: name, object: id, commit: id, isAnnotated: false)
                }
            }
        }
    }
}

extension GitRepository {
    /// Asks the place that pushes go to. One question, whatever is wanted.
    ///
    /// - Parameter patterns: Full ref names in which `*` stands for anything.
    func references(
        of remote: GitRemote, matching patterns: [String]
    ) throws(GitFailure) -> RemoteReferences {
        let variables = try sshVariables(for: remote.pushAddresses[0])
        let output = try ask(
            ["ls-remote", "--quiet", "--", remote.argument] + patterns, timeout: networkTimeout, keeping: 32 << 20,
            adding: variables)
        // Half a list would pass for a whole one.
        guard !output.isTruncated else { throw .refused(words: "more than 32 MiB of refs were listed") }
        return RemoteReferences(lines: output.lines)
    }

    /// The tags here that match one of the patterns, or are below one as below a folder.
    ///
    /// - Parameter patterns: Full ref names in which `*` stands for anything but a slash.
    func tags(matching patterns: [String]) throws(GitFailure) -> [String: GitTag] {
        let format = "%(objectname) %(objecttype) %(*objectname) %(refname)"
        let output = try ask(["for-each-ref", "--format=\(format)", "--"] + patterns, keeping: 32 << 20)
        guard !output.isTruncated else { throw .refused(words: "more than 32 MiB of tags were listed") }
        var tags: [String: GitTag] = [:]
        for line in output.lines {
            let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let name = parts[3].value(after: "refs/tags/") else { continue }
            tags[name] = GitTag(
                name: name, object: parts[0], commit: parts[2].isEmpty ? parts[0] : parts[2],
                isAnnotated: parts[1] == "tag")
        }
        return tags
    }

    /// Brings the objects of a remote's ref here, without touching any ref.
    func fetchObjects(of reference: String, from remote: GitRemote) throws(GitFailure) {
        let variables = try sshVariables(for: remote.pushAddresses[0])
        _ = try ask(
            [
                "fetch", "--quiet", "--no-tags", "--no-prune", "--no-auto-gc", "--no-write-fetch-head",
                "--recurse-submodules=no", "--refmap=", "--", remote.argument, reference,
            ], timeout: .seconds(120), adding: variables)
    }
}

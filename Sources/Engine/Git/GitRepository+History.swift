import Host

/// A file that differs between two commits.
package struct GitFileChange: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case added
        case modified
        case deleted
        /// A file became a link, or the like.
        case retyped
    }

    package var kind: Kind
    /// Relative to the top of the repository.
    package var path: String
}

package struct GitCommit: Hashable, Sendable {
    package var id: String
    /// The first line of its message.
    package var subject: String
}

/// A list that may have been longer.
package struct GitListing<Element: Hashable & Sendable>: Hashable, Sendable {
    package var items: [Element]
    package var isTruncated: Bool
}

extension GitRepository {
    /// The full id of the commit that a revision names; `nil` when there is none.
    package func commit(named revision: String) throws(GitFailure) -> String? {
        guard isRevision(revision) else { return nil }
        let output = attempt(["rev-parse", "--verify", "--quiet", "\(revision)^{commit}"])
        if output.outcome.ending == .exited(1) { return nil }
        guard output.succeeded else {
            let failure = failure(of: output, timeout: Self.localTimeout)
            // A tag on something that is no commit, an ambiguous short id: no commit by that name.
            if case .refused = failure { return nil }
            throw failure
        }
        return output.trimmedText
    }

    /// The files that differ between two commits, sorted by path; a rename is a deletion and an addition.
    package func changedFiles(
        from first: String, to last: String, limit: Int = 10_000
    ) throws(GitFailure) -> GitListing<GitFileChange> {
        guard isRevision(first), isRevision(last) else { throw .refused(words: "not a revision") }
        let output = try ask(
            ["diff-tree", "-r", "-z", "--no-commit-id", "--name-status", "--no-renames", first, last, "--"],
            keeping: 8 << 20)
        let pieces = output.zeroEnded
        var changes: [GitFileChange] = []
        for index in stride(from: 0, to: pieces.count - 1, by: 2) where changes.count < limit {
            let kind: GitFileChange.Kind =
                switch pieces[index] {
                case "A": .added
                case "D": .deleted
                case "T": .retyped
                default: .modified
                }
            changes.append(GitFileChange(kind: kind, path: pieces[index + 1]))
        }
        return GitListing(items: changes, isTruncated: output.isTruncated || pieces.count / 2 > changes.count)
    }

    /// The commits that `last` holds and `first` does not, newest first; all of them without `first`.
    package func commits(
        after first: String?, upTo last: String = "HEAD", limit: Int = 1_000
    ) throws(GitFailure) -> GitListing<GitCommit> {
        guard isRevision(last), first.map(isRevision) ?? true else { throw .refused(words: "not a revision") }
        let output = try ask(
            ["log", "-z", "--no-decorate", "--no-show-signature", "--no-color", "--format=%H %s"]
                + ["--max-count=\(limit + 1)", first.map { "\($0)..\(last)" } ?? last, "--"],
            keeping: 8 << 20)
        // `-z` puts the zero byte between the entries, not after the last one.
        let entries = output.standardOutput.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let commits = entries.prefix(limit).map { entry in
            let parts = entry.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            return GitCommit(id: String(parts[0]), subject: parts.count > 1 ? String(parts[1]) : "")
        }
        return GitListing(items: commits, isTruncated: output.isTruncated || entries.count > limit)
    }

    /// The tag to tell what is new since: of those with the name's prefix whose commit is in HEAD's history, the highest
    /// version below it. `nil` for a first release, or a name without a version.
    package func lastTag(before name: String) throws(GitFailure) -> String? {
        guard let version = TagVersion(name), try status().commit != nil else { return nil }
        let output = try ask(
            ["for-each-ref", "--format=%(refname)", "--merged=HEAD", "--", "refs/tags/\(version.prefix)*"],
            keeping: 8 << 20)
        let earlier = output.lines.compactMap { $0.value(after: "refs/tags/") }.compactMap(TagVersion.init)
            .filter { $0.prefix == version.prefix && $0 < version }
        return earlier.max()?.name
    }

    /// Neither an option nor empty; everything else git itself accepts or refuses.
    private func isRevision(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("-") && !text.utf8.contains(0)
    }
}

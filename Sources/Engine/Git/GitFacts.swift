/// What a record says about the commit that a run was made from.
package struct GitFacts: Hashable, Sendable {
    /// `nil` before the first commit.
    package var commit: String?
    /// `nil` when HEAD is detached.
    package var branch: String?
    /// Something is not committed, `.rehearse/` aside.
    package var isDirty: Bool
    /// The tag that points at HEAD, the highest version where there are several.
    package var tag: String?

    package init(commit: String?, branch: String?, isDirty: Bool, tag: String?) {
        self.commit = commit
        self.branch = branch
        self.isDirty = isDirty
        self.tag = tag
    }
}

extension GitRepository {
    /// The facts of this moment, in two processes.
    ///
    /// - Throws: `.notInstalled` and `.notARepository` for a project without git, which most commands take for an answer.
    package func facts() throws(GitFailure) -> GitFacts {
        // Known without asking: a process is dear where there is nothing to be told.
        guard hasRepositoryAbove else { throw .notARepository(directory: directory) }
        let status = try status()
        guard let commit = status.commit else {
            return GitFacts(commit: nil, branch: status.branch, isDirty: !status.changes.isEmpty, tag: nil)
        }
        let output = try ask(
            ["for-each-ref", "--format=%(refname)", "--points-at=\(commit)", "--", "refs/tags/"])
        let names = output.lines.compactMap { $0.value(after: "refs/tags/") }
        return GitFacts(
            commit: commit, branch: status.branch, isDirty: !status.changes.isEmpty, tag: TagVersion.highest(of: names))
    }
}

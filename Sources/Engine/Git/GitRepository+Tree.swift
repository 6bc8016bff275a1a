import Host

extension GitRepository {
    /// Git's name for all that a commit holds: two commits of the same files have the same one.
    package func tree(of commit: String) throws(GitFailure) -> String {
        try ask(["rev-parse", "--verify", "--quiet", "\(commit)^{tree}"]).trimmedText
    }
}

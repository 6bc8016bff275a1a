import Host

/// A file as it was at a commit.
package enum GitFile: Hashable, Sendable {
    case content([UInt8])
    /// There is no such file at that commit, or it is a folder.
    case missing
    case tooLarge(limit: Int)
}

extension GitRepository {
    /// Reads a file without checking anything out: no filters, no line-end conversion, symbolic links not followed.
    ///
    /// - Parameters:
    ///   - path: Relative to the project's folder.
    ///   - commit: A full id, from `commit(named:)`.
    package func file(_ path: String, at commit: String, limit: Int = 8 << 20) throws(GitFailure) -> GitFile {
        let output = attempt(["cat-file", "blob", "\(commit):./\(path)"], keeping: limit)
        if output.succeeded {
            return output.isTruncated ? .tooLarge(limit: limit) : .content(output.standardOutput)
        }
        let failure = failure(of: output, timeout: Self.localTimeout)
        if case .refused = failure { return .missing }
        throw failure
    }
}

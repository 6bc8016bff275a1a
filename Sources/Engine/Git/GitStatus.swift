import Host

/// Where the working tree stands, as one `git status --porcelain=v2 --branch -z` says it.
///
/// https://git-scm.com/docs/git-status#_porcelain_format_version_2
package struct GitStatus: Hashable, Sendable {
    /// `nil` before the first commit.
    package var commit: String?
    /// `nil` when HEAD is detached.
    package var branch: String?
    /// What is not committed, untracked and unmerged files included; relative to the top, folders with a slash.
    package var changes: [String]
    /// More was changed than was read.
    package var isTruncated: Bool

    package init(commit: String?, branch: String?, changes: [String], isTruncated: Bool) {
        self.commit = commit
        self.branch = branch
        self.changes = changes
        self.isTruncated = isTruncated
    }

    /// Reads git's answer, made with `-z --no-renames`; lines that are not known are left out.
    init(_ output: [UInt8], isTruncated: Bool) {
        self.init(commit: nil, branch: nil, changes: [], isTruncated: isTruncated)
        // The last piece is empty, or cut off where the answer was.
        for piece in output.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
            let line = String(decoding: piece, as: UTF8.self)
            if let value = line.value(after: "# branch.oid ") {
                commit = value == "(initial)" ? nil : value
            } else if let value = line.value(after: "# branch.head ") {
                branch = value == "(detached)" ? nil : value
            } else if let path = line.value(after: "? ") {
                changes.append(path)
            } else if line.hasPrefix("1 ") {
                append(pathAfter: 8, of: line)
            } else if line.hasPrefix("u ") {
                append(pathAfter: 10, of: line)
            }
        }
    }

    /// A path is the rest of its line and may hold blanks and line breaks.
    private mutating func append(pathAfter fields: Int, of line: String) {
        let parts = line.split(separator: " ", maxSplits: fields, omittingEmptySubsequences: false)
        if parts.count == fields + 1 { changes.append(String(parts[fields])) }
    }
}

extension String {
    /// The rest of a text that begins so; `nil` when it does not.
    func value(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}

extension GitRepository {
    /// The commit, the branch and what is not committed, rehearse's own state left out.
    package func status() throws(GitFailure) -> GitStatus {
        let output = try ask(
            [
                "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--no-renames",
                "--no-ahead-behind", "--", ":(top)", ":(exclude)\(Self.stateFolder)",
            ])
        return GitStatus(output.standardOutput, isTruncated: output.isTruncated)
    }
}

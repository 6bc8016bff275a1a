import Host

/// What a project's folder held at a commit, by paths relative to that folder.
package struct GitTree: Hashable, Sendable {
    package enum Entry: Hashable, Sendable {
        /// - Parameter object: the id of its content.
        case file(object: String, mode: UInt32, size: Int)
        /// A symbolic link; its content is where it leads.
        case link(object: String)
        /// Another repository, whose files are not part of this one.
        case submodule
    }

    /// Every file, folders left out.
    package let entries: [String: Entry]
    /// The names in every folder, sorted; the project's own folder is the empty path.
    package let folders: [String: [String]]

    package init(entries: [String: Entry]) {
        self.entries = entries
        var folders: [String: Set<String>] = ["": []]
        for path in entries.keys {
            var folder = ""
            for name in path.split(separator: "/") {
                folders[folder, default: []].insert(String(name))
                folder += folder.isEmpty ? String(name) : "/\(name)"
            }
        }
        self.folders = folders.mapValues { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    }
}

extension GitRepository {
    /// Lists the project's folder at a commit; nothing is checked out.
    ///
    /// - Parameter commit: A full id, from `commit(named:)`.
    package func tree(at commit: String) throws(GitFailure) -> GitTree {
        let output = try ask(["ls-tree", "-r", "-z", "-l", commit], keeping: Self.largestListing)
        guard !output.isTruncated else { throw .refused(words: "the commit has too many files to list") }
        var entries: [String: GitTree.Entry] = [:]
        for line in output.zeroEnded {
            // https://git-scm.com/docs/git-ls-tree#_output_format: mode, type, object and size, a tab, the path.
            guard let tab = line.firstIndex(of: "\t") else { continue }
            let fields = line[..<tab].split(separator: " ")
            guard fields.count == 4, let mode = UInt32(fields[0], radix: 8) else { continue }
            let object = String(fields[2])
            let path = String(line[line.index(after: tab)...])
            switch (fields[1], mode & 0o170000) {
            case ("commit", _): entries[path] = .submodule
            case (_, 0o120000): entries[path] = .link(object: object)
            default: entries[path] = .file(object: object, mode: mode & 0o777, size: Int(fields[3]) ?? 0)
            }
        }
        return GitTree(entries: entries)
    }

    /// The content of a file or link as it is stored: no filters, no conversion of line ends.
    package func content(of object: String, limit: Int) throws(GitFailure) -> [UInt8] {
        try ask(["cat-file", "blob", object], keeping: limit).standardOutput
    }

    /// The project's folder relative to the top of the repository: `deploy/`, or empty for the top itself.
    package func folderInRepository() throws(GitFailure) -> String {
        try ask(["rev-parse", "--show-prefix"]).trimmedText
    }

    private static let largestListing = 64 << 20
}

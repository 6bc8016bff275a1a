import Host

/// A name in a tree of git.
struct TreeEntry: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case file = "blob"
        case folder = "tree"
        /// A link, an executable or a submodule: nothing that rehearse writes.
        case other
    }

    let kind: Kind
    let object: String
    /// Bytes; `nil` for a folder, or where nobody asked.
    var size: Int?

    var line: String {
        switch kind {
        case .file: "100644 blob \(object)"
        case .folder: "040000 tree \(object)"
        case .other: preconditionFailure("only what rehearse writes is written")
        }
    }
}

/// Objects in and out, many at once: a process for each would be most of the time.
extension HistoryRepository {
    /// - Returns: the names of the contents, in their order.
    func write(_ contents: [[UInt8]]) throws(SharingFailure) -> [String] {
        guard !contents.isEmpty else { return [] }
        var input: [UInt8] = []
        input.reserveCapacity(contents.reduce(0) { $0 + $1.count + 48 })
        for (index, content) in contents.enumerated() {
            input += "blob\nmark :\(index + 1)\ndata \(content.count)\n".utf8
            input += content
            input += "\nget-mark :\(index + 1)\n".utf8
        }
        input += "done\n".utf8
        // fast-import names what it was given without that being a commit or a ref.
        let output = try ask(["fast-import", "--quiet", "--done"], input: input, keeping: 80 * contents.count + 1024)
        return try names(output, contents.count)
    }

    /// - Returns: the names of the folders, in their order.
    func write(trees: [[String: TreeEntry]]) throws(SharingFailure) -> [String] {
        guard !trees.isEmpty else { return [] }
        let texts = trees.map { tree in
            tree.sorted { $0.key < $1.key }.map { "\($0.value.line)\t\($0.key)\u{0}" }.joined()
        }
        let output = try ask(
            ["mktree", "-z", "--batch", "--missing"], input: Array(texts.joined(separator: "\u{0}").utf8 + [0]),
            keeping: 80 * trees.count + 1024)
        return try names(output, trees.count)
    }

    private func names(_ output: CapturedOutput, _ count: Int) throws(SharingFailure) -> [String] {
        let names = output.lines
        guard names.count == count, names.allSatisfy({ ObjectName.isValid($0) }) else {
            throw .repository(.refused(words: "git named \(names.count) of \(count) objects"))
        }
        return names
    }

    /// - Throws: `.unsigned` when it was to be signed and could not be.
    func commit(_ tree: String, parent: String?, message: String, isSigned: Bool) throws(SharingFailure) -> String {
        let output = attempt(
            ["commit-tree"] + (isSigned ? ["-S"] : ["--no-gpg-sign"]) + (parent.map { ["-p", $0] } ?? []) + [tree],
            input: Array(message.utf8))
        guard output.succeeded, ObjectName.isValid(output.trimmedText) else {
            let failure = failure(of: output, after: GitRepository.localTimeout)
            if isSigned, case .refused(let words) = failure { throw .unsigned(words: words) }
            throw .repository(failure)
        }
        return output.trimmedText
    }

    /// The names in one folder.
    func entries(of tree: String) throws(SharingFailure) -> [String: TreeEntry] {
        let output = try ask(["ls-tree", "-z", "--end-of-options", tree], keeping: 64 << 20)
        var entries: [String: TreeEntry] = [:]
        for piece in output.zeroEnded {
            guard let (path, entry) = Self.entry(piece) else { continue }
            entries[path] = entry
        }
        return entries
    }

    /// Every file at a commit by its path, with its size.
    ///
    /// - Parameter below: only these folders; empty for all.
    func files(at commit: String, below folders: [String] = []) throws(SharingFailure) -> [(path: String, TreeEntry)] {
        let output = try ask(
            ["ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", commit] + folders, keeping: 512 << 20)
        return output.zeroEnded.compactMap(Self.entry)
    }

    /// Every folder at a commit by its path.
    func folders(at commit: String) throws(SharingFailure) -> [(path: String, TreeEntry)] {
        let output = try ask(
            ["ls-tree", "-r", "-d", "-z", "--full-tree", "--end-of-options", commit], keeping: 512 << 20)
        return output.zeroEnded.compactMap(Self.entry)
    }

    /// Paths of the files that are not the same at two commits.
    func changes(from old: String, to new: String) throws(SharingFailure) -> [String] {
        try ask(
            [
                "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--end-of-options", old, new,
            ], keeping: 512 << 20
        ).zeroEnded
    }

    /// MODE TYPE NAME [SIZE] TAB PATH.
    private static func entry(_ piece: String) -> (path: String, TreeEntry)? {
        guard let tab = piece.firstIndex(of: "\t") else { return nil }
        let fields = piece[..<tab].split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count >= 3, ObjectName.isValid(fields[2]) else { return nil }
        let kind: TreeEntry.Kind =
            switch (fields[0], fields[1]) {
            case ("100644", "blob"): .file
            case ("040000", "tree"): .folder
            default: .other
            }
        let size = fields.count > 3 ? Int(fields[3]) : nil
        return (
            String(piece[piece.index(after: tab)...]), TreeEntry(kind: kind, object: String(fields[2]), size: size)
        )
    }

    /// The contents of files, in the order asked. Their sizes were looked at before: nothing larger is ever read.
    func contents(of entries: [TreeEntry]) throws(SharingFailure) -> [[UInt8]] {
        guard !entries.isEmpty else { return [] }
        let sizes = entries.map { $0.size ?? 0 }
        let output = try ask(
            ["cat-file", "--batch"], input: Array(entries.map { "\($0.object)\n" }.joined().utf8),
            keeping: sizes.reduce(0, +) + 128 * entries.count)
        // NAME TYPE SIZE LF, the bytes, LF.
        var rest = output.standardOutput[...]
        var contents: [[UInt8]] = []
        for entry in entries {
            guard let end = rest.firstIndex(of: 0x0A) else { break }
            let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            guard head.count == 3, head[0] == entry.object, head[1] == "blob", let size = Int(head[2]),
                rest.endIndex - end - 1 > size
            else { break }
            contents.append(Array(rest[(end + 1)..<(end + 1 + size)]))
            rest = rest[(end + 2 + size)...]
        }
        guard contents.count == entries.count else {
            throw .malformed(remote: remote.shown, what: "an object that is not there, or not as large as it said")
        }
        return contents
    }

    /// The text of a commit, its headers included.
    func text(ofCommit object: String) throws(SharingFailure) -> String {
        let output = try ask(["cat-file", "commit", object], keeping: 64 << 10)
        return String(decoding: output.standardOutput, as: UTF8.self)
    }

    func update(_ reference: String, to object: String) throws(SharingFailure) {
        _ = try ask(["update-ref", "--end-of-options", reference, object])
    }

    func resolve(_ reference: String) throws(SharingFailure) -> String? {
        let output = attempt(["rev-parse", "--verify", "--quiet", "--end-of-options", reference])
        let name = output.trimmedText
        return output.succeeded && ObjectName.isValid(name) ? name : nil
    }
}

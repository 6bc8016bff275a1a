package import Host

/// A project's files as they were at a commit, read through git: the working tree is neither looked at nor touched.
package struct GitTreeFiles: Sendable {
    /// The project's folder, absolute.
    private let root: String
    private let tree: GitTree
    private let repository: GitRepository

    package init(root: String, tree: GitTree, repository: GitRepository) {
        self.root = root
        self.tree = tree
        self.repository = repository
    }

    /// The same world with these files in place of the project's; outside it there is nothing, and nothing is written.
    package var host: Host {
        var host = repository.host
        let refuse: @Sendable (String) -> FileFailure = { FileFailure(.readOnly, path: $0, operation: "write") }
        host.files = Files(
            read: { path, limit throws(FileFailure) in try read(path, limit) },
            list: { path throws(FileFailure) in try list(path) },
            visit: { path, body throws(FileFailure) in for name in try list(path) { body(Array(name.utf8)) } },
            status: { path throws(FileFailure) in try status(path) },
            resolve: { path throws(FileFailure) in try resolve(path) },
            makeDirectory: { path, _ throws(FileFailure) in throw refuse(path) },
            replace: { path, _, _ throws(FileFailure) in throw refuse(path) },
            openForAppending: { path, _ throws(FileFailure) in throw refuse(path) },
            move: { path, _ throws(FileFailure) in throw refuse(path) },
            remove: { path throws(FileFailure) in throw refuse(path) },
            removeTree: { path throws(FileFailure) in throw refuse(path) },
            lock: { path, _ throws(FileFailure) in throw refuse(path) })
        return host
    }

    /// What stands at a path.
    private enum Place {
        case entry(String, GitTree.Entry)
        case folder(String)
        /// A link, or `..`, leads out of the project's folder.
        case outside
    }

    // MARK: - Looking

    private func list(_ path: String) throws(FileFailure) -> [String] {
        guard case .folder(let folder)? = try place(path, followsLast: true) else {
            throw FileFailure(.notFound, path: path, operation: "open")
        }
        return tree.folders[folder] ?? []
    }

    private func read(_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8] {
        switch try place(path, followsLast: true) {
        case nil, .outside?: throw FileFailure(.notFound, path: path, operation: "open")
        case .entry(_, .file(let object, _, let size))?:
            guard size <= limit else { throw FileFailure(.tooLarge(limit: limit), path: path, operation: "read") }
            return try content(object, path, limit)
        case .entry?, .folder?: throw FileFailure(.notRegular, path: path, operation: "open")
        }
    }

    private func status(_ path: String) throws(FileFailure) -> FileStatus? {
        let owner = repository.host.surroundings.userID
        switch try place(path, followsLast: false) {
        case nil, .outside?: return nil
        case .folder?: return FileStatus(kind: .directory, mode: 0o755, owner: owner, size: 0)
        case .entry(_, .file(_, let mode, let size))?:
            return FileStatus(kind: .file, mode: mode, owner: owner, size: size)
        case .entry(_, .link)?: return FileStatus(kind: .symbolicLink, mode: 0o777, owner: owner, size: 0)
        case .entry(_, .submodule)?: return FileStatus(kind: .other, mode: 0o755, owner: owner, size: 0)
        }
    }

    private func resolve(_ path: String) throws(FileFailure) -> String {
        switch try place(path, followsLast: true) {
        case nil: throw FileFailure(.notFound, path: path, operation: "resolve")
        case .outside?: return "/"
        case .entry(let inner, _)?, .folder(let inner)?: return inner.isEmpty ? root : "\(root)/\(inner)"
        }
    }

    /// Goes along a path name by name, links included; `nil` when there is nothing.
    private func place(_ path: String, followsLast: Bool) throws(FileFailure) -> Place? {
        guard let start = relative(path) else { return .outside }
        var open = start.split(separator: "/").map(String.init)[...]
        var here: [String] = []
        var links = 0
        while let name = open.popFirst() {
            if name == "." { continue }
            if name == ".." {
                guard here.popLast() != nil else { return .outside }
                continue
            }
            here.append(name)
            let inner = here.joined(separator: "/")
            guard case .link(let object)? = tree.entries[inner], followsLast || !open.isEmpty else {
                if tree.entries[inner] == nil, tree.folders[inner] == nil { return nil }
                continue
            }
            links += 1
            guard links <= Self.mostLinks else { return nil }
            let target = String(decoding: try content(object, path, 4_096), as: UTF8.self)
            if target.hasPrefix("/") {
                guard let inside = relative(target) else { return .outside }
                here = []
                open = (inside.split(separator: "/").map(String.init) + open)[...]
            } else {
                here.removeLast()
                open = (target.split(separator: "/").map(String.init) + open)[...]
            }
        }
        let inner = here.joined(separator: "/")
        if let entry = tree.entries[inner] { return .entry(inner, entry) }
        return tree.folders[inner] == nil ? nil : .folder(inner)
    }

    /// The path below the project's folder; `nil` for one outside.
    private func relative(_ path: String) -> String? {
        if path == root { return "" }
        let prefix = root == "/" ? "/" : "\(root)/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    private func content(_ object: String, _ path: String, _ limit: Int) throws(FileFailure) -> [UInt8] {
        do throws(GitFailure) {
            return try repository.content(of: object, limit: limit)
        } catch {
            throw FileFailure(.inputOutput, path: path, operation: "read from git")
        }
    }

    /// Symbolic links in a row, as many as Linux follows.
    private static let mostLinks = 40
}

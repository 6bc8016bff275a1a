package import Host
import Synchronization

/// Files and folders in a dictionary, for tests of what is written rather than of how.
///
/// Paths are taken as they are, absolute ones without `.` and `..`. There are no symbolic links, owners or permissions;
/// modes are kept to be looked at.
package final class InMemoryFiles: Sendable {
    package enum Entry: Hashable, Sendable {
        case file([UInt8], mode: UInt32)
        case directory(mode: UInt32)
    }

    private struct State {
        var entries: [String: Entry]
        var locks: [String: [UInt8]] = [:]
    }

    private let state: Mutex<State>

    /// Begins with the root folder, these files, and the folders on the way to them.
    package init(_ texts: [String: String] = [:]) {
        var entries: [String: Entry] = ["/": .directory(mode: 0o755)]
        for (path, text) in texts {
            entries[path] = .file(Array(text.utf8), mode: 0o644)
            var parent = Self.parent(of: path)
            while entries[parent] == nil {
                entries[parent] = .directory(mode: 0o755)
                parent = Self.parent(of: parent)
            }
        }
        state = Mutex(State(entries: entries))
    }

    /// Everything that is there, by path.
    package var entries: [String: Entry] { state.withLock { $0.entries } }

    /// The content of a file as text; `nil` when there is none.
    package func text(of path: String) -> String? {
        guard case .file(let bytes, _) = entries[path] else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    package var files: Files {
        Files(
            read: { path, limit throws(FileFailure) in try self.read(path, limit) },
            list: { path throws(FileFailure) in try self.list(path) },
            visit: { path, body throws(FileFailure) in
                for name in try self.list(path) { body(Array(name.utf8)) }
            },
            status: { path throws(FileFailure) in self.status(path) },
            resolve: { path throws(FileFailure) in
                if self.entries[path] == nil { throw FileFailure(.notFound, path: path, operation: "resolve") }
                return path
            },
            makeDirectory: { path, mode throws(FileFailure) in
                try self.create(path, .directory(mode: mode), operation: "mkdir")
            },
            replace: { path, bytes, mode throws(FileFailure) in try self.replace(path, bytes, mode) },
            openForAppending: { path, creation throws(FileFailure) in try self.openForAppending(path, creation) },
            move: { path, newPath throws(FileFailure) in try self.move(path, newPath) },
            remove: { path throws(FileFailure) in try self.remove(path) },
            removeTree: { path throws(FileFailure) in try self.removeTree(path) },
            lock: { path, note throws(FileFailure) in try self.lock(path, note) }
        )
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    // MARK: - Reading

    private func read(_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8] {
        switch entries[path] {
        case .file(let bytes, _) where bytes.count <= limit: return bytes
        case .file: throw FileFailure(.tooLarge(limit: limit), path: path, operation: "read")
        case .directory: throw FileFailure(.notRegular, path: path, operation: "open")
        case nil: throw FileFailure(.notFound, path: path, operation: "open")
        }
    }

    private func list(_ path: String) throws(FileFailure) -> [String] {
        let entries = entries
        guard case .directory = entries[path] else { throw FileFailure(.notFound, path: path, operation: "open") }
        return entries.keys.filter { $0 != "/" && Self.parent(of: $0) == path }
            .map { String($0[$0.index(after: $0.lastIndex(of: "/")!)...]) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func status(_ path: String) -> FileStatus? {
        switch entries[path] {
        case .file(let bytes, let mode): FileStatus(kind: .file, mode: mode, owner: 1_000, size: bytes.count)
        case .directory(let mode): FileStatus(kind: .directory, mode: mode, owner: 1_000, size: 0)
        case nil: nil
        }
    }

    // MARK: - Writing

    private func create(_ path: String, _ entry: Entry, operation: String) throws(FileFailure) {
        let cause: FileFailure.Cause? = state.withLock { state in
            if state.entries[path] != nil { return .exists }
            guard case .directory = state.entries[Self.parent(of: path)] else { return .notFound }
            state.entries[path] = entry
            return nil
        }
        if let cause { throw FileFailure(cause, path: path, operation: operation) }
    }

    private func replace(_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) {
        let cause: FileFailure.Cause? = state.withLock { state in
            if case .directory = state.entries[path] { return .notRegular }
            guard case .directory = state.entries[Self.parent(of: path)] else { return .notFound }
            state.entries[path] = .file(bytes, mode: mode)
            return nil
        }
        if let cause { throw FileFailure(cause, path: path, operation: "rename") }
    }

    private func openForAppending(_ path: String, _ creation: FileCreation) throws(FileFailure) -> AppendingFile {
        switch creation {
        case .existing: _ = try read(path, .max)
        case .exclusive(let mode): try create(path, .file([], mode: mode), operation: "open")
        }
        return AppendingFile(
            append: { more throws(FileFailure) in
                self.state.withLock { state in
                    guard case .file(let bytes, let mode) = state.entries[path] else { return }
                    state.entries[path] = .file(bytes + more, mode: mode)
                }
            },
            synchronize: { () throws(FileFailure) in },
            isLinked: { self.entries[path] != nil }
        )
    }

    private func move(_ path: String, _ newPath: String) throws(FileFailure) {
        let isThere = state.withLock { state -> Bool in
            guard state.entries[path] != nil else { return false }
            for (name, entry) in state.entries where name == path || name.hasPrefix(path + "/") {
                state.entries[name] = nil
                state.entries[newPath + name.dropFirst(path.count)] = entry
            }
            return true
        }
        if !isThere { throw FileFailure(.notFound, path: path, operation: "rename") }
    }

    private func remove(_ path: String) throws(FileFailure) {
        let isThere = state.withLock { $0.entries.removeValue(forKey: path) != nil }
        if !isThere { throw FileFailure(.notFound, path: path, operation: "remove") }
    }

    private func removeTree(_ path: String) throws(FileFailure) {
        try remove(path)
        state.withLock { state in state.entries = state.entries.filter { !$0.key.hasPrefix(path + "/") } }
    }

    private func lock(_ path: String, _ note: [UInt8]) throws(FileFailure) -> LockAttempt {
        let holder: [UInt8]? = state.withLock { state in
            if let holder = state.locks[path] { return holder }
            state.locks[path] = note
            state.entries[path] = .file(note, mode: 0o600)
            return nil
        }
        if let holder { return .held(note: holder) }
        return .acquired(HeldLock(release: { self.state.withLock { _ = $0.locks.removeValue(forKey: path) } }))
    }
}

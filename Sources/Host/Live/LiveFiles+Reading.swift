import CHost
import Glibc

extension LiveFiles {
    static func read(_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8] {
        // O_NONBLOCK: opening a FIFO would wait for its writer. It changes nothing for a regular file.
        let file = try OpenFile(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        let size = Int(try file.regularStatus().st_size)
        guard size <= limit else { throw FileFailure(.tooLarge(limit: limit), path: path, operation: "read") }

        // What is read from a large file takes some fifty times its room.
        if size >= largeFile { chost_expect_memory(min(size * 64, 512 << 20)) }
        // The size is only a hint: /proc says 0, and a file may grow.
        var bytes = try file.read(upTo: max(size + 1, 4_096))
        while true {
            guard bytes.count <= limit else {
                throw FileFailure(.tooLarge(limit: limit), path: path, operation: "read")
            }
            let more = try file.read(upTo: 4_096)
            if more.isEmpty { return bytes }
            bytes += more
        }
    }

    private static let largeFile = 256 << 10

    static func list(_ directory: String) throws(FileFailure) -> [String] {
        // Sorted as bytes, before they are texts: a history has thousands.
        try DirectoryStream(directory).names().sorted { unsafe strcmp($0, $1) < 0 }
            .map { name in unsafe name.withUnsafeBytes { unsafe String(decoding: $0.dropLast(), as: UTF8.self) } }
    }

    static func visit(_ directory: String, _ body: ([UInt8]) -> Void) throws(FileFailure) {
        try DirectoryStream(directory).visit(body)
    }

    static func status(_ path: String) throws(FileFailure) -> FileStatus? {
        var status = stat()
        do {
            _ = try SystemError.checking { unsafe lstat(path, &status) }
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw FileFailure(error, path: path, operation: "stat")
        }
        let kind: FileStatus.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        return FileStatus(kind: kind, mode: status.st_mode & 0o7777, owner: status.st_uid, size: Int(status.st_size))
    }

    static func sizes(_ name: String, _ folders: [String], _ parent: String) -> [Int?] {
        guard let folder = try? OpenFile(parent, O_RDONLY | O_DIRECTORY) else { return folders.map { _ in nil } }
        let number = folder.descriptor.number
        // Starting a thread takes as long as a few dozen of them.
        return Cores.live.map(folders, fewest: 200) { part in
            part.map { inner in
                var status = stat()
                guard unsafe fstatat(number, "\(inner)/\(name)", &status, AT_SYMLINK_NOFOLLOW) == 0,
                    status.st_mode & S_IFMT == S_IFREG
                else { return nil }
                return Int(status.st_size)
            }
        }
    }

    static func resolve(_ path: String) throws(FileFailure) -> String {
        guard let resolved = unsafe realpath(path, nil) else {
            throw FileFailure(SystemError(code: errno), path: path, operation: "resolve")
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}

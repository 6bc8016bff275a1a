import Glibc
import Synchronization

extension LiveFiles {
    static func openForAppending(_ path: String, _ creation: FileCreation) throws(FileFailure) -> AppendingFile {
        let file = try AppendTarget(path, creation)
        return AppendingFile(
            append: { bytes throws(FileFailure) in try file.append(bytes) },
            synchronize: { () throws(FileFailure) in try file.synchronize() },
            isLinked: { file.isLinked }
        )
    }
}

/// The open file behind an `AppendingFile`; closed with its last closure.
private final class AppendTarget: Sendable {
    let file: OpenFile
    /// The folder whose entry for a new file is not yet on disk.
    private let unsynchronizedFolder: Mutex<PathParts?>

    init(_ path: String, _ creation: FileCreation) throws(FileFailure) {
        let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        switch creation {
        case .existing:
            file = try OpenFile(path, flags)
            _ = try file.regularStatus()
            unsynchronizedFolder = Mutex(nil)
        case .exclusive(let mode):
            let parts = try PathParts(path, operation: "open")
            file = try OpenFile(path, flags | O_CREAT | O_EXCL, mode: mode & 0o600)
            unsynchronizedFolder = Mutex(parts)
            try file.setMode(mode)
        }
    }

    /// All or nothing, as far as the disk allows: half a line is taken back.
    func append(_ bytes: [UInt8]) throws(FileFailure) {
        let before = try file.status().st_size
        do {
            try file.write(bytes)
        } catch {
            // Who reads a journal knows a torn last line; should this fail too, it is one.
            if let now = try? file.status().st_size, now > before { _ = ftruncate(file.descriptor.number, before) }
            throw error
        }
    }

    /// The first time, the folder as well: content that no name leads to would be lost.
    func synchronize() throws(FileFailure) {
        try file.synchronize()
        guard let parts = unsynchronizedFolder.withLock({ $0 }) else { return }
        try OpenFile(folderOf: parts).synchronize()
        unsynchronizedFolder.withLock { $0 = nil }
    }

    var isLinked: Bool {
        guard let status = try? file.status() else { return false }  // An open file has a status; without, it is lost.
        return status.st_nlink > 0
    }
}

import Glibc
import Synchronization

extension LiveFiles {
    /// The longest note that is read back, in bytes.
    private static let noteLimit = 65_536
    /// What stands in place of a note while nobody holds the lock. Not nothing: a file without a byte gives its block back,
    /// and where the disk is told of free blocks (`discard`) the next thing that is synchronised waits for that.
    fileprivate static let nobody = Array("\n".utf8)

    static func lock(_ path: String, _ note: [UInt8]) throws(FileFailure) -> LockAttempt {
        while true {
            let file = try OpenFile(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode: 0o600)
            let opened = try file.regularStatus()
            do {
                _ = try SystemError.checking { flock(file.descriptor.number, LOCK_EX | LOCK_NB) }
            } catch {
                guard error.code == EWOULDBLOCK else { throw FileFailure(error, path: path, operation: "flock") }
                return .held(note: try noteOfHolder(file))
            }
            // Someone may have removed the file between the two calls: a lock on a nameless file excludes nobody.
            guard try isStill(opened, at: path) else { continue }
            try file.setMode(0o600)
            try file.put(note)
            let lock = LockHolder(file)
            return .acquired(HeldLock(release: { lock.release() }, isHeld: { lock.isHeld(opened, at: path) }))
        }
    }

    fileprivate static func isStill(_ opened: stat, at path: String) throws(FileFailure) -> Bool {
        var present = stat()
        do {
            _ = try SystemError.checking { unsafe lstat(path, &present) }
        } catch {
            if error.code == ENOENT { return false }
            throw FileFailure(error, path: path, operation: "stat")
        }
        return present.st_ino == opened.st_ino && present.st_dev == opened.st_dev
    }

    /// A holder writes its note right after it took the lock: one that says nothing is asked for again for a moment, and
    /// the first look waits a little, lest it sees the note of a predecessor that crashed.
    private static func noteOfHolder(_ file: borrowing OpenFile) throws(FileFailure) -> [UInt8] {
        var note: [UInt8] = []
        for _ in 0..<10 where note.count <= nobody.count {
            usleep(5_000)
            _ = try FileFailure.checking("seek", file.path) { lseek(file.descriptor.number, 0, SEEK_SET) }
            note = try file.read(upTo: noteLimit)
        }
        return note
    }
}

extension OpenFile {
    /// Has these bytes, and nothing else, from now on.
    fileprivate func put(_ bytes: [UInt8]) throws(FileFailure) {
        _ = try FileFailure.checking("seek", path) { lseek(descriptor.number, 0, SEEK_SET) }
        try write(bytes)
        _ = try FileFailure.checking("truncate", path) { ftruncate(descriptor.number, bytes.count) }
    }
}

/// Holds a lock until it is told to let go, or is itself let go.
private final class LockHolder: Sendable {
    private let file: Mutex<OpenFile?>

    init(_ file: consuming OpenFile) { self.file = Mutex(file) }

    /// The note goes first, so that nobody reads it as the next holder's. The second time nothing happens.
    func release() {
        file.withLock { file in
            // Should it fail, the note is misleading for a moment, but the lock is free all the same.
            try? file?.put(LiveFiles.nobody)
            // Closing alone lets go only once no child is left between its fork and its exec.
            if let number = file?.descriptor.number { _ = flock(number, LOCK_UN) }
            file = nil
        }
    }

    /// A file that cannot be asked for is taken for lost.
    func isHeld(_ opened: stat, at path: String) -> Bool {
        file.withLock { $0 != nil } && ((try? LiveFiles.isStill(opened, at: path)) ?? false)
    }

    deinit { release() }
}

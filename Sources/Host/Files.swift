/// Files and folders. Paths are absolute, or relative to the process's working directory.
package struct Files: Sendable {
    /// Reads a regular file of at most `limit` bytes.
    ///
    /// Opened so that a FIFO or device cannot block it; anything but a regular file is `.notRegular`.
    package var read: @Sendable (_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8]
    /// The names in a folder, sorted by their bytes, without `.` and `..`.
    package var list: @Sendable (_ directory: String) throws(FileFailure) -> [String]
    /// Shows each name in a folder, as bytes and in any order: for a folder of thousands of which few are wanted.
    package var visit: @Sendable (_ directory: String, _ body: (_ name: [UInt8]) -> Void) throws(FileFailure) -> Void
    /// What stands at a path, a final symbolic link not followed; `nil` when there is nothing.
    package var status: @Sendable (_ path: String) throws(FileFailure) -> FileStatus?
    /// The size of one regular file in each of many folders that stand side by side, in their order; `nil` where there is
    /// none. Asked on all cores, as a history has thousands.
    package var sizes: @Sendable (_ name: String, _ folders: [String], _ parent: String) -> [Int?]
    /// The path with every symbolic link resolved. It must exist.
    package var resolve: @Sendable (_ path: String) throws(FileFailure) -> String
    /// Makes one folder with exactly this mode whatever the umask; `.exists` when something is there.
    ///
    /// Durable: the parent folder is synchronised.
    package var makeDirectory: @Sendable (_ path: String, _ mode: UInt32) throws(FileFailure) -> Void
    /// Puts a whole new content in place of a file: temporary file beside it, fsync, rename, fsync of the folder.
    ///
    /// A reader sees the old file or the new one. Mode exactly as given whatever the umask; a symbolic link at the path
    /// is replaced, never followed.
    package var replace: @Sendable (_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) -> Void
    /// Opens a file to write at its end. Never follows a symbolic link.
    package var openForAppending:
        @Sendable (_ path: String, _ creation: FileCreation) throws(FileFailure) -> AppendingFile
    /// Gives a file or folder another name in the same folder. Durable.
    package var move: @Sendable (_ path: String, _ newPath: String) throws(FileFailure) -> Void
    package var remove: @Sendable (_ path: String) throws(FileFailure) -> Void
    /// Removes a folder and all below it; symbolic links are removed, not followed.
    package var removeTree: @Sendable (_ path: String) throws(FileFailure) -> Void
    /// Takes an advisory lock that dies with this process (`flock`), or tells who holds it.
    ///
    /// `note` is what a later contender is shown. The file stays; only the lock on it comes and goes.
    package var lock: @Sendable (_ path: String, _ note: [UInt8]) throws(FileFailure) -> LockAttempt

    /// Makes a folder with all its files at once: there as a whole, or not at all. `.exists` when something is there.
    ///
    /// Not durable before `synchronizeAll`: for what can be had again, and is much.
    package var putFolder: @Sendable (_ path: String, _ content: FolderContent) throws(FileFailure) -> Void
    /// The same under a name that nobody reads yet, bit by bit.
    package var draftFolder: @Sendable (_ path: String, _ content: FolderContent) throws(FileFailure) -> Void
    /// A new file in such a folder: its content is on disk, its name once the folder is synchronised.
    package var draftFile: @Sendable (_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) -> Void
    /// Makes a file, synchronises it, puts it in place as `replace` does, and removes it: what is going to be written there
    /// can be.
    package var probe: @Sendable (_ path: String) throws(FileFailure) -> Void
    /// Returns when everything that was written to the file system of a path is on disk.
    package var synchronizeAll: @Sendable (_ path: String) throws(FileFailure) -> Void

    package init(
        read: @escaping @Sendable (_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8],
        list: @escaping @Sendable (_ directory: String) throws(FileFailure) -> [String],
        visit:
            @escaping @Sendable (_ directory: String, _ body: (_ name: [UInt8]) -> Void) throws(FileFailure) -> Void,
        status: @escaping @Sendable (_ path: String) throws(FileFailure) -> FileStatus?,
        sizes: @escaping @Sendable (_ name: String, _ folders: [String], _ parent: String) -> [Int?] = {
            _, folders, _ in folders.map { _ in nil }
        },
        resolve: @escaping @Sendable (_ path: String) throws(FileFailure) -> String,
        makeDirectory: @escaping @Sendable (_ path: String, _ mode: UInt32) throws(FileFailure) -> Void,
        replace: @escaping @Sendable (_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) -> Void,
        openForAppending:
            @escaping @Sendable (_ path: String, _ creation: FileCreation) throws(FileFailure) ->
            AppendingFile,
        move: @escaping @Sendable (_ path: String, _ newPath: String) throws(FileFailure) -> Void,
        remove: @escaping @Sendable (_ path: String) throws(FileFailure) -> Void,
        removeTree: @escaping @Sendable (_ path: String) throws(FileFailure) -> Void,
        lock: @escaping @Sendable (_ path: String, _ note: [UInt8]) throws(FileFailure) -> LockAttempt,
        putFolder: @escaping @Sendable (_ path: String, _ content: FolderContent) throws(FileFailure) -> Void = {
            path, _ throws(FileFailure) in throw FileFailure(.readOnly, path: path, operation: "mkdir")
        },
        draftFolder: @escaping @Sendable (_ path: String, _ content: FolderContent) throws(FileFailure) -> Void = {
            path, _ throws(FileFailure) in throw FileFailure(.readOnly, path: path, operation: "mkdir")
        },
        draftFile: @escaping @Sendable (_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) -> Void =
            {
                path, _, _ throws(FileFailure) in throw FileFailure(.readOnly, path: path, operation: "open")
            },
        probe: @escaping @Sendable (_ path: String) throws(FileFailure) -> Void = { path throws(FileFailure) in
            throw FileFailure(.readOnly, path: path, operation: "replace")
        },
        synchronizeAll: @escaping @Sendable (_ path: String) throws(FileFailure) -> Void = { _ throws(FileFailure) in }
    ) {
        self.read = read
        self.list = list
        self.visit = visit
        self.status = status
        self.sizes = sizes
        self.resolve = resolve
        self.makeDirectory = makeDirectory
        self.replace = replace
        self.openForAppending = openForAppending
        self.move = move
        self.remove = remove
        self.removeTree = removeTree
        self.lock = lock
        self.putFolder = putFolder
        self.draftFolder = draftFolder
        self.draftFile = draftFile
        self.probe = probe
        self.synchronizeAll = synchronizeAll
    }
}

/// What a new folder holds.
package struct FolderContent: Sendable {
    /// Names of folders in it.
    package var folders: [String]
    /// By path in it: a name, or a name in one of the folders.
    package var files: [String: [UInt8]]
    package var folderMode: UInt32
    package var fileMode: UInt32

    package init(folders: [String], files: [String: [UInt8]], folderMode: UInt32, fileMode: UInt32) {
        self.folders = folders
        self.files = files
        self.folderMode = folderMode
        self.fileMode = fileMode
    }
}

package enum FileCreation: Hashable, Sendable {
    /// The file must be there.
    case existing
    /// The file must not be there; made with exactly this mode.
    case exclusive(mode: UInt32)
}

package struct FileStatus: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case file, directory, symbolicLink, other }

    package let kind: Kind
    /// Permission bits only.
    package let mode: UInt32
    package let owner: UInt32
    package let size: Int

    package init(kind: Kind, mode: UInt32, owner: UInt32, size: Int) {
        self.kind = kind
        self.mode = mode
        self.owner = owner
        self.size = size
    }
}

/// Why the system refused something about a file.
package struct FileFailure: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        case notFound
        case exists
        case notPermitted
        /// Not a regular file: a folder, FIFO, device, socket, or a symbolic link where none is followed.
        case notRegular
        case tooLarge(limit: Int)
        case noSpace
        case readOnly
        case inputOutput
        /// Anything else the system said.
        case system(code: Int32)
    }

    package let cause: Cause
    package let path: String
    /// What was being done: `open`, `fsync`, `rename`, ….
    package let operation: String

    package init(_ cause: Cause, path: String, operation: String) {
        self.cause = cause
        self.path = path
        self.operation = operation
    }
}

/// A file that is written at its end; closed when it is released.
package struct AppendingFile: Sendable {
    /// Writes all the bytes, carrying on after short writes and interruptions.
    package var append: @Sendable (_ bytes: [UInt8]) throws(FileFailure) -> Void
    /// Returns when what was appended is on disk.
    package var synchronize: @Sendable () throws(FileFailure) -> Void
    /// False once the file was deleted underneath.
    package var isLinked: @Sendable () -> Bool

    package init(
        append: @escaping @Sendable (_ bytes: [UInt8]) throws(FileFailure) -> Void,
        synchronize: @escaping @Sendable () throws(FileFailure) -> Void,
        isLinked: @escaping @Sendable () -> Bool
    ) {
        self.append = append
        self.synchronize = synchronize
        self.isLinked = isLinked
    }
}

package enum LockAttempt: Sendable {
    /// Held until the value is released by its last owner, or the process ends.
    case acquired(HeldLock)
    /// Another process has it; its note, as far as it could be read.
    case held(note: [UInt8])
}

package struct HeldLock: Sendable {
    package var release: @Sendable () -> Void
    /// Whether the lock still excludes others: false once its file was removed or replaced underneath.
    package var isHeld: @Sendable () -> Bool

    package init(release: @escaping @Sendable () -> Void, isHeld: @escaping @Sendable () -> Bool = { true }) {
        self.release = release
        self.isHeld = isHeld
    }
}

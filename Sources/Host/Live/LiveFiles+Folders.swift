import CHost
import Glibc

extension LiveFiles {
    static func putFolder(_ path: String, _ content: FolderContent) throws(FileFailure) {
        let parts = try PathParts(path, operation: "mkdir")
        let parent = try OpenFile(folderOf: parts)
        let number = parent.descriptor.number
        let temporary = temporaryName()
        do throws(FileFailure) {
            try fill(temporary, in: parent, path, content)
            _ = try FileFailure.checking("rename", path) { unsafe renameat(number, temporary, number, parts.name) }
        } catch {
            // Half a folder under a name that nobody reads; a later run removes what cannot be removed now.
            try? removeTree("\(parts.folder)/\(temporary)")
            throw error.cause == .system(code: ENOTEMPTY)
                ? FileFailure(.exists, path: path, operation: "mkdir") : error
        }
    }

    static func draftFolder(_ path: String, _ content: FolderContent) throws(FileFailure) {
        let parts = try PathParts(path, operation: "mkdir")
        try fill(parts.name, in: try OpenFile(folderOf: parts), path, content)
    }

    static func draftFile(_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) {
        let parts = try PathParts(path, operation: "open")
        let folder = try OpenFile(folderOf: parts)
        try put(bytes, parts.name, in: folder, path, mode).synchronize()
    }

    private static func fill(
        _ name: String, in parent: borrowing OpenFile, _ path: String, _ content: FolderContent
    ) throws(FileFailure) {
        let folder = try newFolder(name, in: parent, path, content.folderMode)
        for inner in content.folders {
            let open = try newFolder(inner, in: folder, "\(path)/\(inner)", content.folderMode)
            for (file, bytes) in content.files where file.hasPrefix("\(inner)/") {
                _ = try put(
                    bytes, String(file.dropFirst(inner.count + 1)), in: open, "\(path)/\(file)", content.fileMode)
            }
        }
        for (file, bytes) in content.files where !file.contains("/") {
            _ = try put(bytes, file, in: folder, "\(path)/\(file)", content.fileMode)
        }
    }

    private static func newFolder(
        _ name: String, in parent: borrowing OpenFile, _ path: String, _ mode: UInt32
    ) throws(FileFailure) -> OpenFile {
        let number = parent.descriptor.number
        _ = try FileFailure.checking("mkdir", path) { unsafe mkdirat(number, name, mode) }
        let made = try OpenFile(name, in: parent, path: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        try made.setMode(mode)
        return made
    }

    private static func put(
        _ bytes: [UInt8], _ name: String, in folder: borrowing OpenFile, _ path: String, _ mode: UInt32
    ) throws(FileFailure) -> OpenFile {
        let file = try OpenFile(
            name, in: folder, path: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode & 0o600)
        try file.setMode(mode)
        try file.write(bytes)
        return file
    }

    static func synchronizeAll(_ path: String) throws(FileFailure) {
        let folder = try OpenFile(path, O_RDONLY | O_DIRECTORY)
        let number = folder.descriptor.number
        _ = try FileFailure.checking("sync", path) { chost_sync_file_system(number) }
    }
}

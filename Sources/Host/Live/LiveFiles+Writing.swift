import CHost
import Glibc

extension Files {
    /// How the names of `replace`'s temporary files begin: then our process's number, `-`, and a random part.
    ///
    /// One that is found belongs to a write that is under way, or to a process that died in one.
    package static let temporaryNamePrefix = ".rehearse-tmp-"
}

extension LiveFiles {
    static func makeDirectory(_ path: String, _ mode: UInt32) throws(FileFailure) {
        let parts = try PathParts(path, operation: "mkdir")
        let parent = try OpenFile(folderOf: parts)
        let number = parent.descriptor.number
        _ = try FileFailure.checking("mkdir", path) { unsafe mkdirat(number, parts.name, mode) }
        do {
            let made = try OpenFile(parts.name, in: parent, path: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            try made.setMode(mode)
            try parent.synchronize()
        } catch {
            unsafe unlinkat(number, parts.name, AT_REMOVEDIR)
            throw error
        }
    }

    static func replace(_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileFailure) {
        let parts = try PathParts(path, operation: "replace")
        let folder = try OpenFile(folderOf: parts)
        try put(bytes, at: parts, in: folder, mode)
        try folder.synchronize()
    }

    static func probe(_ path: String) throws(FileFailure) {
        let parts = try PathParts(path, operation: "replace")
        let folder = try OpenFile(folderOf: parts)
        try put(Array("probe\n".utf8), at: parts, in: folder, 0o600)
        _ = try FileFailure.checking("remove", path) { unsafe unlinkat(folder.descriptor.number, parts.name, 0) }
    }

    private static func put(
        _ bytes: [UInt8], at parts: PathParts, in folder: borrowing OpenFile, _ mode: UInt32
    ) throws(FileFailure) {
        let path = parts.path
        let number = folder.descriptor.number
        let temporary = temporaryName()
        do {
            let file = try OpenFile(
                temporary, in: folder, path: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode & 0o600)
            try file.setMode(mode)
            try file.write(bytes)
            try file.synchronize()
            _ = try FileFailure.checking("rename", path) { unsafe renameat(number, temporary, number, parts.name) }
        } catch {
            unsafe unlinkat(number, temporary, 0)
            throw error
        }
    }

    static func move(_ path: String, _ newPath: String) throws(FileFailure) {
        let parts = try PathParts(path, operation: "rename")
        let target = try PathParts(newPath, operation: "rename")
        let folder = try OpenFile(folderOf: parts)
        let number = folder.descriptor.number
        _ = try FileFailure.checking("rename", path) {
            unsafe renameat(number, parts.name, number, target.name)
        }
        try folder.synchronize()
    }

    static func temporaryName() -> String {
        var number: UInt64 = 0
        guard unsafe chost_random(&number, 8) == 0 else { preconditionFailure("the kernel gives no random bytes") }
        return "\(Files.temporaryNamePrefix)\(getpid())-\(String(number, radix: 16))"
    }
}

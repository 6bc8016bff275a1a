import Glibc

extension LiveFiles {
    /// A file, a symbolic link itself, or an empty folder.
    static func remove(_ path: String) throws(FileFailure) {
        do {
            _ = try SystemError.checking { unsafe unlink(path) }
        } catch {
            guard error.code == EISDIR else { throw FileFailure(error, path: path, operation: "remove") }
            _ = try FileFailure.checking("remove", path) { unsafe rmdir(path) }
        }
    }

    static func removeTree(_ path: String) throws(FileFailure) {
        let parts = try PathParts(path, operation: "remove")
        let parent = try OpenFile(folderOf: parts)
        try removeEntry(parts.name.utf8CString.map { $0 }, in: parent.descriptor.number, path)
    }

    /// By descriptors, so that nobody can move a symbolic link in between us and what we remove.
    private static func removeEntry(_ name: [CChar], in folder: Int32, _ path: String) throws(FileFailure) {
        if unsafe unlinkat(folder, name, 0) == 0 { return }
        guard errno == EISDIR else {
            throw FileFailure(SystemError(code: errno), path: path, operation: "remove")
        }
        let stream = try DirectoryStream(name, in: folder, path: path)
        for entry in try stream.names() {
            let shown = String(decoding: entry.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            try removeEntry(entry, in: stream.descriptor, path + "/" + shown)
        }
        _ = try FileFailure.checking("remove", path) { unsafe unlinkat(folder, name, AT_REMOVEDIR) }
    }
}

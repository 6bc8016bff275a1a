import Glibc

/// A path cut before its last name, to do something to that name inside its folder.
struct PathParts: Hashable {
    /// The whole, as it was given.
    let path: String
    /// `.` for a name alone.
    let folder: String
    /// Never empty, `.` or `..`.
    let name: String

    /// - Throws: `.system(EINVAL)` for a path that ends in no name (``, `/`, `a/..`).
    init(_ path: String, operation: String) throws(FileFailure) {
        self.path = path
        var bytes = path.utf8[...]
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
        name = String(Substring(bytes[(slash.map(bytes.index(after:)) ?? bytes.startIndex)...]))
        if let slash {
            folder = slash == path.utf8.startIndex ? "/" : String(Substring(bytes[..<slash]))
        } else {
            folder = "."
        }
        if name.isEmpty || name == "." || name == ".." {
            throw FileFailure(.system(code: EINVAL), path: path, operation: operation)
        }
    }
}

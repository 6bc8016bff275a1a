/// Paths as text, without asking any file system.
///
/// A path inside the project is written with `projectRoot` in front while a template is being read, so that it counts as
/// complete and is not completed twice.
enum ComposePath {
    /// Stands for the project's folder; no path that a person writes can begin with it.
    static let projectRoot = "\u{10FFF2}"

    static func isComplete(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") || isInProject(path) }

    /// Whether the root's mark stands in front; asked of every path, so the first byte is looked at alone.
    private static func isInProject(_ path: String) -> Bool {
        path.utf8.first == 0xF4 && path.hasPrefix(projectRoot)
    }

    /// `c:\…`, `\\server\share`, which a Linux client passes on unchanged.
    static func isWindowsAbsolute(_ path: String) -> Bool {
        let bytes = Array(path.utf8.prefix(3))
        if bytes.count >= 2, isSeparator(bytes[0]), isSeparator(bytes[1]) { return true }
        return bytes.count == 3 && bytes[1] == UInt8(ascii: ":") && isSeparator(bytes[2])
    }

    /// The path seen from a folder; a complete path stays as it is.
    static func join(_ folder: String, _ path: String) -> String {
        if isComplete(path) { return path }
        if folder.isEmpty { return clean(path) }
        return clean(folder + "/" + path)
    }

    /// Without `.`, inner `..`, doubled and trailing slashes; `.` for nothing.
    static func clean(_ path: String) -> String {
        if isClean(path) { return path }
        let isRooted = path.hasPrefix("/")
        let isInProject = isInProject(path)
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                if let last = parts.last, last != "..", !(isInProject && parts.count == 1) {
                    parts.removeLast()
                } else if !isRooted {
                    parts.append(part)
                }
            } else {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if isRooted { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// No empty part, none that begins with a dot: most paths, told without taking them apart.
    private static func isClean(_ path: String) -> Bool {
        let bytes = path.utf8.span
        guard !bytes.isEmpty else { return false }
        var isStart = true
        for index in bytes.indices {
            let byte = bytes[index]
            if isStart, byte == UInt8(ascii: ".") { return false }
            if byte == UInt8(ascii: "/") {
                if isStart, index > 0 { return false }
                isStart = true
            } else {
                isStart = false
            }
        }
        return !isStart || bytes.count == 1
    }

    /// The folder that holds the file.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? ""
    }

    /// A complete path as the project's own files name it: without the root's mark.
    static func shown(_ path: String) -> String {
        guard isInProject(path) else { return path }
        let rest = path.dropFirst(projectRoot.count)
        return rest.isEmpty ? "." : String(rest.hasPrefix("/") ? rest.dropFirst() : rest)
    }

    /// How to come from one folder to a path, both relative to the same place; begins with `.`.
    static func relative(_ path: String, from folder: String) -> String {
        let target = clean(path).split(separator: "/").filter { $0 != "." }
        let start = clean(folder).split(separator: "/").filter { $0 != "." }
        var shared = 0
        while shared < target.count, shared < start.count, target[shared] == start[shared], target[shared] != ".." {
            shared += 1
        }
        let up = start[shared...]
        if up.contains("..") { return clean(path) }
        let parts = up.map { _ in Substring("..") } + target[shared...]
        if parts.isEmpty { return "." }
        return (parts[0] == ".." ? "" : "./") + parts.joined(separator: "/")
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }
}

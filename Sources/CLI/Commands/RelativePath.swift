/// Paths as text; nothing is looked at.
enum RelativePath {
    /// Absolute, without `.` and `..`.
    static func absolute(_ path: String, from directory: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : "\(directory)/\(path)").split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    static func folder(of path: String) -> String {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        return "/" + parent
    }

    /// How one gets from a folder to a path, both absolute; `.` when they are the same.
    static func path(to target: String, from directory: String) -> String {
        let goal = target.split(separator: "/")
        let start = directory.split(separator: "/")
        let shared = zip(goal, start).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: start.count - shared) + goal.dropFirst(shared).map(String.init)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}

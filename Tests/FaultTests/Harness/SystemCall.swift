import Host
import TestSupport

/// One call of the system by the program's main thread, as `strace` tells it.
struct SystemCall: CustomStringConvertible {
    let name: String
    /// 1-based, among the calls of this name: what `when=` counts.
    let number: Int
    /// Its arguments, descriptors with their paths.
    let text: String

    var description: String { "\(name) \(number): \(text.prefix(120))" }

    var isOnState: Bool { text.contains("/.rehearse") }

    static let watched = [
        "openat", "write", "fsync", "rename", "renameat", "renameat2", "ftruncate", "unlink", "unlinkat", "flock",
        "mkdir", "mkdirat", "fchmod",
    ]

    /// The calls of a command in their order. The command is carried out.
    static func calls(of words: [String], in project: TraceProject, watching names: [String] = watched) throws
        -> [SystemCall]
    {
        let log = try ScratchDirectory()
        let answer = project.rehearse.run(
            [
                "strace", "-y", "-s", "4000", "-o", log("calls"), "-e", "trace=\(names.joined(separator: ","))",
                RehearseBinary.path,
            ] + words)
        let text = (try? log.text(of: "calls")) ?? ""
        var counts: [String: Int] = [:]
        let calls = text.split(separator: "\n").compactMap { line -> SystemCall? in
            guard let end = line.firstIndex(of: "(") else { return nil }
            let name = String(line[..<end])
            guard names.contains(name) else { return nil }
            counts[name, default: 0] += 1
            return SystemCall(name: name, number: counts[name] ?? 0, text: String(line.suffix(from: end)))
        }
        if calls.isEmpty { throw NotTraced(answer: answer) }
        return calls
    }

    struct NotTraced: Error { let answer: RehearseBinary.Answer }

    /// The absolute path that is opened; `nil` for other calls, and for names in an open folder.
    private var path: String? {
        guard name == "openat", text.hasPrefix("(AT_FDCWD") else { return nil }
        let parts = text.split(separator: "\"", maxSplits: 2)
        return parts.count > 1 && parts[1].hasPrefix("/") ? String(parts[1]) : nil
    }

    /// The same for a project that was moved. Where a path is opened, the calls on that path are counted: the others come
    /// more or less often, with the number of processes that are looked at.
    func failing(_ fault: String, among calls: [SystemCall], from old: String, to new: String) -> [String] {
        guard let path, path.hasPrefix(old) else { return failing(fault) }
        let place = calls.filter { $0.path == path && $0.number <= number }.count
        return [
            "strace", "-o", "/dev/null", "-e", "trace=\(name)", "-P", new + path.dropFirst(old.count), "-e",
            "inject=\(name):\(fault):when=\(place)",
        ]
    }

    /// What to start the program through, so that this call fails.
    ///
    /// - Parameters:
    ///   - fault: `error=EIO`, `signal=SIGKILL`.
    ///   - repeatedly: this call and all later ones of its name.
    func failing(_ fault: String, repeatedly: Bool = false) -> [String] {
        [
            "strace", "-o", "/dev/null", "-e", "trace=\(name)", "-e",
            "inject=\(name):\(fault):when=\(number)\(repeatedly ? "+" : "")",
        ]
    }
}

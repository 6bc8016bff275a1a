import Glibc

/// What the kernel tells about processes, by `/proc` (proc(5)).
enum ProcessTable {
    /// A process as it stood when it was asked for.
    struct Entry: Hashable {
        let pid: Int32
        /// Waiting for its parent to take note, or being taken down: it does nothing any more.
        let isEnded: Bool
        let parent: Int32
        let group: Int32
        let startTime: UInt64
    }

    /// `nil` when there is no such process.
    static func entry(of pid: Int32) -> Entry? {
        guard let bytes = contents("/proc/\(pid)/stat"),
            // The name stands in parentheses and may hold any byte; what follows the last one is numbers.
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = bytes[(end + 1)...].split(separator: 0x20, maxSplits: 20)
        // Three numbers of fifty are asked for.
        func text(_ number: Int) -> String { String(decoding: fields[number], as: UTF8.self) }
        guard fields.count > 19, let parent = Int32(text(1)), let group = Int32(text(2)),
            let startTime = UInt64(text(19))
        else { return nil }
        return Entry(
            pid: pid, isEnded: ["Z", "X", "x"].contains(text(0)), parent: parent, group: group, startTime: startTime)
    }

    static func identity(of pid: Int32) -> ProcessIdentity? { entry(of: pid).map { identity($0) } }

    static func identity(_ entry: Entry) -> ProcessIdentity {
        ProcessIdentity(pid: entry.pid, startTime: entry.startTime, commandLine: commandLine(of: entry.pid))
    }

    /// At most 200 bytes; empty for one that has ended.
    private static func commandLine(of pid: Int32) -> String {
        guard var bytes = contents("/proc/\(pid)/cmdline") else { return "" }
        while bytes.last == 0 { bytes.removeLast() }
        return String(decoding: bytes.prefix(200).map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
    }

    /// The processes whose parent this is, zombies included.
    static func children(of pid: Int32) -> [Int32] {
        var children: [Int32] = []
        for task in numbers(in: "/proc/\(pid)/task") {
            guard let bytes = contents("/proc/\(pid)/task/\(task)/children") else {
                // The thread is gone, or the kernel was built without this file.
                if entry(of: task) == nil { continue }
                return numbers(in: "/proc").filter { entry(of: $0)?.parent == pid }
            }
            children += bytes.split(separator: 0x20).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
        }
        return children
    }

    /// All below a process, itself not included, zombies included.
    static func descendants(of pid: Int32) -> [Entry] {
        var found: [Entry] = []
        var known: Set<Int32> = [pid]
        var next = children(of: pid)
        while let child = next.popLast() {
            guard known.insert(child).inserted, let entry = entry(of: child) else { continue }
            found.append(entry)
            next += children(of: child)
        }
        return found
    }

    /// The other processes that have a pipe open, as far as we may look.
    static func holders(ofPipes inodes: Set<UInt64>) -> [Entry] {
        let names = Set(inodes.map { "pipe:[\($0)]" })
        let ourselves = getpid()
        return numbers(in: "/proc").filter { pid in
            pid != ourselves
                && numbers(in: "/proc/\(pid)/fd").contains { descriptor in
                    linkTarget("/proc/\(pid)/fd/\(descriptor)").map(names.contains) ?? false
                }
        }.compactMap(entry)
    }

    /// A process, its parent, and so on; itself included.
    static func ancestors(of pid: Int32) -> Set<Int32> {
        var found: Set<Int32> = []
        var next = pid
        while next > 0, found.insert(next).inserted { next = entry(of: next)?.parent ?? 0 }
        return found
    }

    /// The living processes of this user that were started with a variable, and with no other value of a second one, as
    /// far as we may look: what a process sets for itself later is not in `/proc/PID/environ`, and neither is anything of
    /// one that runs as somebody else.
    static func carriers(of mark: ChildVariable, _ detail: ChildVariable) -> [Entry] {
        let wanted = Array("\(mark.name)=\(mark.value)".utf8)
        let fitting = Array("\(detail.name)=\(detail.value)".utf8)
        let opening = Array("\(detail.name)=".utf8)
        let user = geteuid()
        return numbers(in: "/proc").filter { pid in
            var status = stat()
            guard unsafe stat("/proc/\(pid)", &status) == 0, status.st_uid == user,
                let variables = contents("/proc/\(pid)/environ")
            else { return false }
            let assignments = variables.split(separator: 0)
            return assignments.contains { $0.elementsEqual(wanted) }
                && assignments.allSatisfy { !$0.starts(with: opening) || $0.elementsEqual(fitting) }
        }.compactMap(entry).filter { !$0.isEnded }
    }

    static func linkTarget(_ path: String) -> String? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
            count = unsafe max(
                0, buffer.withMemoryRebound(to: CChar.self) { unsafe readlink(path, $0.baseAddress!, 4_096) })
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Not more than 1 MiB. Without a reason when it fails: the process may end at any time, and then it is not there.
    private static func contents(_ path: String) -> [UInt8]? { try? LiveFiles.read(path, 1 << 20) }

    private static func numbers(in folder: String) -> [Int32] {
        ((try? LiveFiles.list(folder)) ?? []).compactMap { Int32($0) }
    }
}

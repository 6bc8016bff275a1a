import CHost
import Glibc

extension Surroundings {
    /// Some ten system calls and no name service, because every start of the program pays for it.
    package static func live() -> Surroundings {
        let userID = getuid()
        let pid = getpid()
        return Surroundings(
            variables: LiveSurroundings.variables,
            workingDirectory: LiveSurroundings.workingDirectory,
            userName: LiveSurroundings.userName(of: userID),
            userID: userID,
            hostName: LiveSurroundings.hostName,
            identity: ProcessTable.identity(of: pid) ?? ProcessIdentity(pid: pid, startTime: 0),
            bootID: LiveSurroundings.bootID,
            executable: LiveSurroundings.executable
        )
    }
}

enum LiveSurroundings {
    /// Of a name that is there twice the first counts, as `getenv` has it.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        guard var next = unsafe chost_environment() else { return [:] }
        while let entry = unsafe next.pointee {
            if let equals = unsafe strchr(entry, 0x3D) {
                let bytes = unsafe UnsafeRawBufferPointer(start: entry, count: equals - entry)
                let name = unsafe String(decoding: bytes, as: UTF8.self)
                if variables[name] == nil { variables[name] = unsafe String(cString: equals + 1) }
            }
            unsafe next += 1
        }
        return variables
    }

    /// Empty when the folder was removed underneath us.
    static var workingDirectory: String {
        guard let path = unsafe getcwd(nil, 0) else { return "" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// By `/etc/passwd` itself: `getpwuid` would load name service modules, which a static binary cannot rely on.
    ///
    /// Not by `USER`, which anyone may set: the name stands in records and approvals.
    static func userName(of userID: UInt32) -> String {
        let unknown = "uid \(userID)"
        // Without the file there is no name, as in many containers.
        guard let bytes = try? LiveFiles.read("/etc/passwd", 4 << 20) else { return unknown }
        let wanted = Array(String(userID).utf8)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
            if fields.count > 3, fields[2].elementsEqual(wanted), !fields[0].isEmpty {
                return String(decoding: fields[0], as: UTF8.self)
            }
        }
        return unknown
    }

    static var hostName: String {
        let name = unsafe [CChar](unsafeUninitializedCapacity: 257) { buffer, count in
            unsafe buffer.initialize(repeating: 0)
            _ = unsafe gethostname(buffer.baseAddress!, 256)
            count = unsafe strlen(buffer.baseAddress!)
        }
        return String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static var bootID: String {
        // Not there in some containers, and then nothing can be told apart by it.
        guard let bytes = try? LiveFiles.read("/proc/sys/kernel/random/boot_id", 256) else { return "" }
        return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
    }

    static var executable: String { ProcessTable.linkTarget("/proc/self/exe") ?? "" }
}

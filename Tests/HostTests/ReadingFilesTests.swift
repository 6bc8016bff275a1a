import Glibc
import Host
import TestSupport
import Testing

@Suite struct `Reading files` {
    private let scratch: ScratchDirectory
    private let files = Files.live

    init() throws { scratch = try ScratchDirectory() }

    @Test(arguments: [0, 1, 4_095, 4_096, 4_097, 300_000])
    func `all bytes come back`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        try files.replace(scratch("file"), bytes, 0o600)
        #expect(try files.read(scratch("file"), 300_000) == bytes)
    }

    @Test func `the limit is counted in bytes, and may be reached`() throws {
        try scratch.write("12345", to: "file")
        #expect(try files.read(scratch("file"), 5).count == 5)
        #expect(throws: FileFailure(.tooLarge(limit: 4), path: scratch("file"), operation: "read")) {
            try files.read(scratch("file"), 4)
        }
    }

    @Test func `a file of /proc, which says that it is empty, is read and limited all the same`() throws {
        #expect(try files.read("/proc/self/status", 1 << 16).count > 100)
        #expect(throws: FileFailure(.tooLarge(limit: 10), path: "/proc/self/status", operation: "read")) {
            try files.read("/proc/self/status", 10)
        }
    }

    @Test(arguments: ["fifo", "folder", "/dev/zero", "socket"])
    func `what is no regular file is refused without waiting`(name: String) throws {
        let path = name.hasPrefix("/") ? name : scratch(name)
        switch name {
        case "fifo": mkfifo(path, 0o600)
        case "folder": try files.makeDirectory(path, 0o700)
        case "socket": try makeSocket(path)
        default: break
        }
        #expect(throws: FileFailure(.notRegular, path: path, operation: "open")) { try files.read(path, 100) }
    }

    private func makeSocket(_ path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, size) }
        }
        close(number)
        try #require(result == 0)
    }

    @Test func `a missing file is not found`() {
        #expect(throws: FileFailure(.notFound, path: scratch("none"), operation: "open")) {
            try files.read(scratch("none"), 100)
        }
    }

    @Test func `a symbolic link is followed`() throws {
        try scratch.write("content", to: "file")
        symlink("file", scratch("link"))
        #expect(try files.read(scratch("link"), 100) == Array("content".utf8))
    }

    @Test func `names are sorted by their bytes`() throws {
        for name in ["b", "a", "é", "B", ".hidden", "10", "9"] { try scratch.write("", to: name) }
        #expect(try files.list(scratch.path) == [".hidden", "10", "9", "B", "a", "b", "é"])
    }

    @Test func `the status is that of a link itself`() throws {
        try scratch.write("12345", to: "file")
        try files.makeDirectory(scratch("folder"), 0o750)
        symlink("nowhere", scratch("link"))
        mkfifo(scratch("fifo"), 0o600)
        #expect(
            try files.status(scratch("file")) == FileStatus(kind: .file, mode: 0o644, owner: getuid(), size: 5))
        #expect(try files.status(scratch("folder"))?.kind == .directory)
        #expect(try files.status(scratch("folder"))?.mode == 0o750)
        #expect(try files.status(scratch("link"))?.kind == .symbolicLink)
        #expect(try files.status(scratch("fifo"))?.kind == .other)
        #expect(try files.status(scratch("none")) == nil)
        #expect(try files.status(scratch("file/below")) == nil)
    }

    @Test func `a path is resolved through its links`() throws {
        try files.makeDirectory(scratch("folder"), 0o700)
        symlink("folder", scratch("link"))
        try scratch.write("", to: "folder/file")
        #expect(try files.resolve(scratch("link/../link/file")) == scratch("folder/file"))
        #expect(throws: FileFailure(.notFound, path: scratch("none"), operation: "resolve")) {
            try files.resolve(scratch("none"))
        }
    }
}

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

@Suite struct `Writing files` {
    private let scratch: ScratchDirectory
    private let files = Files.live

    init() throws { scratch = try ScratchDirectory() }

    @Test func `a new content takes the place of the old one and leaves nothing beside it`() throws {
        try files.replace(scratch("file"), Array("old".utf8), 0o600)
        try files.replace(scratch("file"), Array("new".utf8), 0o640)
        #expect(try scratch.text(of: "file") == "new")
        #expect(try files.status(scratch("file"))?.mode == 0o640)
        #expect(try files.list(scratch.path) == ["file"])
    }

    @Test func `who has the old file open keeps it whole`() throws {
        try scratch.write("old", to: "file")
        let number = open(scratch("file"), O_RDONLY)
        defer { close(number) }
        try scratch.write("new content", to: "file")
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = read(number, &buffer, 100)
        #expect(String(decoding: buffer.prefix(count), as: UTF8.self) == "old")
    }

    @Test func `a symbolic link is replaced, not followed`() throws {
        try scratch.write("untouched", to: "target")
        symlink("target", scratch("link"))
        try files.replace(scratch("link"), Array("new".utf8), 0o600)
        #expect(try scratch.text(of: "target") == "untouched")
        #expect(try files.status(scratch("link"))?.kind == .file)
    }

    @Test func `a failure leaves the old content and nothing beside it`() throws {
        try files.makeDirectory(scratch("folder"), 0o700)
        #expect(throws: FileFailure(.notRegular, path: scratch("folder"), operation: "rename")) {
            try files.replace(scratch("folder"), [1, 2, 3], 0o600)
        }
        #expect(try files.list(scratch.path) == ["folder"])
    }

    @Test func `a full disk leaves the old content and nothing beside it`() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.write("old", to: "file")
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #expect(throws: FileFailure(.system(code: EFBIG), path: scratch("file"), operation: "write")) {
                try Files.live.replace(scratch("file"), [UInt8](repeating: 0, count: 5_000), 0o600)
            }
            #expect(try scratch.text(of: "file") == "old")
            #expect(try Files.live.list(scratch.path) == ["file"])
        }
    }

    @Test func `modes are exact under every umask`() async {
        await #expect(processExitsWith: .success) {
            for mask in [0o000, 0o022, 0o077] as [mode_t] {
                umask(mask)
                let scratch = try ScratchDirectory()
                let files = Files.live
                try files.makeDirectory(scratch("private"), 0o700)
                try files.makeDirectory(scratch("shared"), 0o775)
                try files.replace(scratch("file"), [], 0o664)
                _ = try files.openForAppending(scratch("journal"), .exclusive(mode: 0o600))
                _ = try files.openForAppending(scratch("log"), .exclusive(mode: 0o644))
                _ = try files.lock(scratch("lock"), [])
                let modes = try files.list(scratch.path).map { try files.status(scratch($0))?.mode }
                #expect(modes == [0o664, 0o600, 0o600, 0o644, 0o700, 0o775])
            }
        }
    }

    @Test func `a folder is made once`() throws {
        try files.makeDirectory(scratch("folder"), 0o700)
        #expect(throws: FileFailure(.exists, path: scratch("folder"), operation: "mkdir")) {
            try files.makeDirectory(scratch("folder"), 0o700)
        }
        #expect(throws: FileFailure(.notFound, path: scratch("none/below"), operation: "open")) {
            try files.makeDirectory(scratch("none/below"), 0o700)
        }
    }

    @Test(arguments: ["folder/", "folder//", "."])
    func `a path ends in a name`(ending: String) throws {
        let path = scratch(ending)
        if ending == "." {
            #expect(throws: FileFailure(.system(code: EINVAL), path: path, operation: "mkdir")) {
                try files.makeDirectory(path, 0o700)
            }
        } else {
            try files.makeDirectory(path, 0o700)
            #expect(try files.list(scratch.path) == ["folder"])
        }
    }

    @Test func `a path relative to the working folder will do`() throws {
        let name = "rehearse-test-\(Host.live().randomBytes(8).map { String($0, radix: 16) }.joined())"
        try files.replace(name, [7], 0o600)
        #expect(try files.read(name, 10) == [7])
        try files.remove(name)
        #expect(try files.status(name) == nil)
    }
}

@Suite struct `Appending to files` {
    private let scratch: ScratchDirectory
    private let files = Files.live

    init() throws { scratch = try ScratchDirectory() }

    @Test func `what is appended stands at the end, whoever else appends`() throws {
        let first = try files.openForAppending(scratch("file"), .exclusive(mode: 0o600))
        let second = try files.openForAppending(scratch("file"), .existing)
        try first.append(Array("a".utf8))
        try second.append(Array("b".utf8))
        try first.append(Array("c".utf8))
        try first.synchronize()
        try second.synchronize()
        #expect(try scratch.text(of: "file") == "abc")
    }

    @Test func `exclusive refuses what is there, existing what is not`() throws {
        #expect(throws: FileFailure(.notFound, path: scratch("file"), operation: "open")) {
            try files.openForAppending(scratch("file"), .existing)
        }
        try scratch.write("", to: "file")
        #expect(throws: FileFailure(.exists, path: scratch("file"), operation: "open")) {
            try files.openForAppending(scratch("file"), .exclusive(mode: 0o600))
        }
    }

    @Test func `a planted symbolic link is never followed`() throws {
        try scratch.write("untouched", to: "target")
        symlink("target", scratch("link"))
        symlink("nowhere", scratch("dangling"))
        #expect(throws: FileFailure(.notRegular, path: scratch("link"), operation: "open")) {
            try files.openForAppending(scratch("link"), .existing)
        }
        #expect(throws: FileFailure(.exists, path: scratch("dangling"), operation: "open")) {
            try files.openForAppending(scratch("dangling"), .exclusive(mode: 0o600))
        }
        #expect(throws: FileFailure(.notRegular, path: scratch("link"), operation: "open")) {
            try files.lock(scratch("link"), [])
        }
        #expect(try files.status(scratch("nowhere")) == nil)
        #expect(try scratch.text(of: "target") == "untouched")
    }

    @Test func `a FIFO is refused without waiting`() {
        mkfifo(scratch("fifo"), 0o600)
        #expect(throws: FileFailure(.notRegular, path: scratch("fifo"), operation: "open")) {
            try files.openForAppending(scratch("fifo"), .existing)
        }
    }

    @Test func `it is seen that the file was deleted`() throws {
        let file = try files.openForAppending(scratch("file"), .exclusive(mode: 0o600))
        #expect(file.isLinked())
        try files.remove(scratch("file"))
        #expect(!file.isLinked())
    }
}

@Suite struct `Removing files` {
    private let scratch: ScratchDirectory
    private let files = Files.live

    init() throws { scratch = try ScratchDirectory() }

    @Test func `a file, a link itself and an empty folder go`() throws {
        try scratch.write("kept", to: "target")
        symlink("target", scratch("link"))
        try files.makeDirectory(scratch("folder"), 0o700)
        try files.remove(scratch("link"))
        try files.remove(scratch("folder"))
        #expect(try files.list(scratch.path) == ["target"])
        #expect(throws: FileFailure(.notFound, path: scratch("link"), operation: "remove")) {
            try files.remove(scratch("link"))
        }
    }

    @Test func `a tree goes with all below it, and nothing behind its links`() throws {
        try files.makeDirectory(scratch("outside"), 0o700)
        try scratch.write("kept", to: "outside/file")
        try files.makeDirectory(scratch("tree"), 0o700)
        try files.makeDirectory(scratch("tree/deep"), 0o700)
        try scratch.write("", to: "tree/deep/file")
        symlink("../outside", scratch("tree/link"))
        close(open(scratch("tree/") + "not-utf8-", O_WRONLY | O_CREAT, 0o600))
        rename(scratch("tree/not-utf8-"), (scratch("tree/").utf8CString.dropLast() + [-1, 0]).map { $0 })
        try files.removeTree(scratch("tree"))
        #expect(try files.list(scratch.path) == ["outside"])
        #expect(try scratch.text(of: "outside/file") == "kept")
    }

    @Test func `a link in place of the tree is removed alone`() throws {
        try files.makeDirectory(scratch("outside"), 0o700)
        symlink("outside", scratch("link"))
        try files.removeTree(scratch("link"))
        #expect(try files.list(scratch.path) == ["outside"])
    }
}

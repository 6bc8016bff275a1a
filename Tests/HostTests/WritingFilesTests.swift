import Glibc
import Host
import TestSupport
import Testing

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

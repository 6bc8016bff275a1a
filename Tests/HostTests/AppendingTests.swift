import Glibc
import Host
import TestSupport
import Testing

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

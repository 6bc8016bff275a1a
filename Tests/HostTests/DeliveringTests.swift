import Glibc
import Host
import TestSupport
import Testing

@Suite struct `Writing where a person asked for it` {
    private let scratch: ScratchDirectory
    private let files = Files.live

    init() throws { scratch = try ScratchDirectory() }

    @Test func `a file is made, and replaced with the mode it has`() throws {
        try files.deliver(Array("one".utf8), to: scratch("out"))
        #expect(try files.status(scratch("out"))?.mode == 0o644)
        try files.replace(scratch("out"), [], 0o600)
        try files.deliver(Array("two".utf8), to: scratch("out"))
        #expect(try scratch.text(of: "out") == "two")
        #expect(try files.status(scratch("out"))?.mode == 0o600)
    }

    /// `rehearse render -o /dev/null`, typed by root, once put a file in place of the device.
    @Test func `a device stays one`() throws {
        #expect(throws: FileFailure(.notRegular, path: "/dev/null", operation: "write")) {
            try files.deliver(Array("gone".utf8), to: "/dev/null")
        }
        #expect(try files.status("/dev/null")?.kind == .other)
    }

    @Test func `what a symbolic link leads to is written, and the link stays`() throws {
        try scratch.write("old", to: "real")
        symlink("real", scratch("link"))
        try files.deliver(Array("new".utf8), to: scratch("link"))
        #expect(try files.status(scratch("link"))?.kind == .symbolicLink)
        #expect(try scratch.text(of: "real") == "new")
    }
}

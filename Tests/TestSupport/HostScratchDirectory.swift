package import Host

/// A folder of a test's own, removed with all that is in it when the test lets go of it.
///
/// Hold it until the end of the test (`withExtendedLifetime`, or a property of the suite): Swift may release a local
/// value after its last use.
package final class ScratchDirectory: Sendable {
    /// Absolute, without symbolic links.
    package let path: String

    /// - Throws: `FileFailure` when the system's folder for temporary files cannot be used.
    package init() throws(FileFailure) {
        let host = Host.live()
        let name = host.randomBytes(8).map { String($0, radix: 16) }.joined()
        let parent = try host.files.resolve(host.surroundings.variables["TMPDIR"] ?? "/tmp")
        path = "\(parent)/rehearse-test-\(name)"
        try Files.live.makeDirectory(path, 0o700)
    }

    deinit {
        Canary.search(path)
        // A test that took its own permissions away leaves its folder behind, and has failed or not without it.
        try? Files.live.removeTree(path)
    }

    /// The absolute path of something in it.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file with mode 0644, in a folder of it that exists.
    package func write(_ text: String, to name: String) throws(FileFailure) {
        try Files.live.replace(self(name), Array(text.utf8), 0o644)
    }

    package func text(of name: String) throws(FileFailure) -> String {
        String(decoding: try Files.live.read(self(name), 1 << 30), as: UTF8.self)
    }
}

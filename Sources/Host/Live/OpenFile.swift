import Glibc

/// An open file that knows its path, so that every failure names it.
struct OpenFile: ~Copyable, Sendable {
    let descriptor: Descriptor
    let path: String

    /// Opens a path, close-on-exec.
    ///
    /// - Parameter mode: for a new file; the umask is taken off.
    init(_ path: String, _ flags: Int32, mode: UInt32 = 0) throws(FileFailure) {
        descriptor = Descriptor(
            owning: try FileFailure.checking("open", path) { unsafe open(path, flags | O_CLOEXEC, mode) })
        self.path = path
    }

    /// Opens a name in an open folder; `path` is what failures call it.
    init(_ name: String, in folder: borrowing OpenFile, path: String, _ flags: Int32, mode: UInt32 = 0)
        throws(FileFailure)
    {
        let number = folder.descriptor.number
        descriptor = Descriptor(
            owning: try FileFailure.checking("open", path) { unsafe openat(number, name, flags | O_CLOEXEC, mode) })
        self.path = path
    }

    /// The folder of a path, to work inside it or to synchronise it; failures name the path that was asked for.
    init(folderOf parts: PathParts) throws(FileFailure) {
        descriptor = Descriptor(
            owning: try FileFailure.checking("open", parts.path) {
                unsafe open(parts.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            })
        path = parts.path
    }

    func status() throws(FileFailure) -> stat {
        var status = stat()
        _ = try FileFailure.checking("stat", path) { unsafe fstat(descriptor.number, &status) }
        return status
    }

    /// - Throws: `.notRegular` for a folder, FIFO, device or socket.
    func regularStatus() throws(FileFailure) -> stat {
        let status = try status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure(.notRegular, path: path, operation: "open")
        }
        return status
    }

    /// Gives it exactly this mode, whatever the umask took off.
    func setMode(_ mode: UInt32) throws(FileFailure) {
        _ = try FileFailure.checking("chmod", path) { fchmod(descriptor.number, mode) }
    }

    func write(_ bytes: [UInt8]) throws(FileFailure) {
        var failure: SystemError?
        unsafe bytes.withUnsafeBytes { buffer in
            do throws(SystemError) {
                try unsafe Descriptor.write(buffer, to: descriptor.number)
            } catch {
                failure = error
            }
        }
        if let failure { throw FileFailure(failure, path: path, operation: "write") }
    }

    func read(upTo count: Int) throws(FileFailure) -> [UInt8] {
        do {
            return try Descriptor.read(upTo: count, from: descriptor.number)
        } catch {
            throw FileFailure(error, path: path, operation: "read")
        }
    }

    /// Returns when content and metadata are on disk. Not to be repeated after a failure: the kernel forgets what it
    /// could not write.
    func synchronize() throws(FileFailure) {
        _ = try FileFailure.checking("fsync", path) { fsync(descriptor.number) }
    }
}

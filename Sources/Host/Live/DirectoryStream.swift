import CHost
import Glibc

/// A folder being listed; closed when its owner goes.
@safe struct DirectoryStream: ~Copyable {
    private let stream: OpaquePointer
    private let path: String

    init(_ path: String) throws(FileFailure) {
        try self.init(path) { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }

    /// A folder inside another one, not reached through a symbolic link; `path` is what failures call it.
    init(_ name: [CChar], in folder: Int32, path: String) throws(FileFailure) {
        try self.init(path) { unsafe openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    }

    private init(_ path: String, _ open: () -> Int32) throws(FileFailure) {
        let number = try FileFailure.checking("open", path, open)
        guard let stream = unsafe fdopendir(number) else {
            let code = errno
            close(number)
            throw FileFailure(SystemError(code: code), path: path, operation: "open")
        }
        unsafe self.stream = stream
        self.path = path
    }

    deinit { unsafe closedir(stream) }

    var descriptor: Int32 { unsafe dirfd(stream) }

    /// All names as the system has them (not always UTF-8), ended by 0, without `.` and `..`.
    func names() throws(FileFailure) -> [[CChar]] {
        var names: [[CChar]] = []
        try visit { name in
            names.append(name.map(CChar.init(bitPattern:)) + [0])
        }
        return names
    }

    /// Each of them without the 0, in the order of the file system.
    func visit(_ body: ([UInt8]) -> Void) throws(FileFailure) {
        // One array for all of them, as long as nobody keeps it.
        var bytes: [UInt8] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                if errno == 0 { return }
                throw FileFailure(SystemError(code: errno), path: path, operation: "list")
            }
            guard let name = unsafe chost_entry_name(entry) else { continue }
            let length = unsafe strlen(name)
            let isOwnOrParent = unsafe name[0] == 0x2E && (length == 1 || length == 2 && name[1] == 0x2E)
            if isOwnOrParent { continue }
            bytes.removeAll(keepingCapacity: true)
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: name, count: length))
            body(bytes)
        }
    }
}

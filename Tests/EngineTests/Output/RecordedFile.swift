import Host
import Synchronization

/// A log file in memory that can run out of space.
final class RecordedFile: Sendable {
    private let state = Mutex((bytes: [UInt8](), appends: 0))
    private let space: Int

    init(space: Int = .max) { self.space = space }

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var appends: Int { state.withLock { $0.appends } }

    var file: AppendingFile {
        AppendingFile(
            append: { [self] bytes throws(FileFailure) in
                let isFull = state.withLock { state in
                    state.appends += 1
                    if state.bytes.count + bytes.count > space { return true }
                    state.bytes += bytes
                    return false
                }
                if isFull { throw FileFailure(.noSpace, path: "steps/01-lint.log", operation: "write") }
            },
            synchronize: { () throws(FileFailure) in },
            isLinked: { true })
    }
}

import Synchronization

extension AppendingFile {
    /// A file that is opened when something is first written to it: one that stays empty is never made.
    ///
    /// A failure to open it is a failure of that write.
    package static func onFirstUse(
        _ open: @escaping @Sendable () throws(FileFailure) -> AppendingFile
    ) -> AppendingFile {
        let file = FirstUse(open)
        return AppendingFile(
            append: { bytes throws(FileFailure) in try file.opened().append(bytes) },
            synchronize: { () throws(FileFailure) in try file.openedAlready?.synchronize() },
            isLinked: { file.openedAlready?.isLinked() ?? true }
        )
    }
}

private final class FirstUse: Sendable {
    private let open: @Sendable () throws(FileFailure) -> AppendingFile
    private let file = Mutex<AppendingFile?>(nil)

    init(_ open: @escaping @Sendable () throws(FileFailure) -> AppendingFile) { self.open = open }

    var openedAlready: AppendingFile? { file.withLock { $0 } }

    func opened() throws(FileFailure) -> AppendingFile {
        let result: Result<AppendingFile, FileFailure> = file.withLock { file in
            if let file { return .success(file) }
            do throws(FileFailure) {
                let opened = try open()
                file = opened
                return .success(opened)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

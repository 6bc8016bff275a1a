import Glibc

extension FileFailure {
    /// The result of a call that returns -1 on failure; repeated when a signal interrupted it.
    static func checking<Result: SignedInteger>(
        _ operation: String,
        _ path: String,
        _ call: () -> Result
    ) throws(FileFailure) -> Result {
        do {
            return try SystemError.checking(call)
        } catch {
            throw FileFailure(error, path: path, operation: operation)
        }
    }

    init(_ error: SystemError, path: String, operation: String) {
        self.init(Cause(code: error.code), path: path, operation: operation)
    }
}

extension FileFailure {
    /// What the system had too little of, where it said so.
    package enum Shortage: Hashable, Sendable { case locks, descriptors }

    package var shortage: Shortage? {
        guard case .system(let code) = cause else { return nil }
        switch code {
        case EMFILE, ENFILE: return .descriptors
        case ENOLCK: return .locks
        case EOPNOTSUPP, ENOSYS, EINVAL: return operation == "flock" ? .locks : nil
        default: return nil
        }
    }
}

extension FileFailure.Cause {
    /// What a code of errno(3) means for a file.
    init(code: Int32) {
        self =
            switch code {
            case ENOENT: .notFound
            case EEXIST: .exists
            case EACCES, EPERM: .notPermitted
            // ELOOP is what O_NOFOLLOW says of a symbolic link, ENXIO what a FIFO or socket says that nobody reads.
            case EISDIR, ELOOP, ENXIO: .notRegular
            case ENOSPC, EDQUOT: .noSpace
            case EROFS: .readOnly
            case EIO: .inputOutput
            default: .system(code: code)
            }
    }
}

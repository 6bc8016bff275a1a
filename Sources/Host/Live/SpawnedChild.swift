import CHost
import Glibc

/// A child that was started, with our ends of its pipes.
struct SpawnedChild: ~Copyable {
    let pid: Int32
    /// Readable once the child has ended (a pidfd); none before Linux 5.3, where that has to be asked for.
    let handle: Descriptor
    let streams: [ChildStream]

    init(_ command: Command) throws(SpawnFailure) {
        let program = command.arguments[0]
        let folder = try Self.folder(command.directory)
        let folderNumber = folder.number
        let lookup = ProgramLookup(command: command, folder: folderNumber)
        let path = try lookup.path()
        let start = try ChildStart.prepared(for: command)
        let inputNumber = start.input.number
        let writing = (start.outputEnd.number, start.errorEnd.number)
        pid = try ChildRegistry.shared.start { () throws(SpawnFailure) in
            var pid: Int32 = 0
            let code = unsafe chost_spawn(
                path, start.arguments.pointers, start.environment.pointers, folderNumber, inputNumber, writing.0,
                writing.1, &pid)
            if code == 0 { return pid }
            // Looked at once something is wrong: most programs start, and each look is a system call.
            try Self.checkEntering(folderNumber, command.directory)
            throw lookup.problem(with: path) ?? SpawnFailure(Self.cause(of: code), subject: program)
        }
        handle = Descriptor(owning: chost_pidfd_open(pid))
        streams = start.streams
    }

    /// Opened here and entered by descriptor, so that a missing folder is not mistaken for a missing program.
    private static func folder(_ path: String) throws(SpawnFailure) -> Descriptor {
        do {
            return Descriptor(owning: try SystemError.checking { unsafe chost_open_folder(path) })
        } catch {
            let isMissing = error.code == ENOENT || error.code == ENOTDIR
            throw SpawnFailure(isMissing ? .directoryNotFound : .system(code: error.code), subject: path)
        }
    }

    private static func checkEntering(_ folder: Int32, _ path: String) throws(SpawnFailure) {
        guard unsafe faccessat(folder, ".", X_OK, AT_EACCESS) == 0 else {
            throw SpawnFailure(.system(code: errno), subject: path)
        }
    }

    /// What the system says when the program itself was found.
    private static func cause(of code: Int32) -> SpawnFailure.Cause {
        switch code {
        case E2BIG: .argumentsTooLong
        // ENOENT: the interpreter that its first line names is missing.
        case EACCES, ENOEXEC, ENOENT, ELIBBAD: .notExecutable
        default: .system(code: code)
        }
    }
}

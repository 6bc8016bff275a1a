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
        let path = try ProgramLookup(command: command, folder: folder.number).path()
        let input = try Self.input(command.input, of: program)
        let outputPipe = try Pipe(for: program)
        let errorPipe = try Pipe(for: program)

        let arguments = CStringArray(command.arguments)
        let environment = CStringArray(command.environment.map { "\($0.key)=\($0.value)" })
        let folderNumber = folder.number
        let inputNumber = input.number
        let writing = (outputPipe.writing.number, errorPipe.writing.number)
        pid = try ChildRegistry.shared.start { () throws(SpawnFailure) in
            var pid: Int32 = 0
            let code = unsafe chost_spawn(
                path, arguments.pointers, environment.pointers, folderNumber, inputNumber, writing.0, writing.1, &pid)
            guard code == 0 else { throw SpawnFailure(Self.cause(of: code), subject: program) }
            return pid
        }
        handle = Descriptor(owning: chost_pidfd_open(pid))
        streams = [
            ChildStream(.standardOutput, outputPipe.reading), ChildStream(.standardError, errorPipe.reading),
        ]
    }

    /// Opened here and entered by descriptor, so that a missing folder is not mistaken for a missing program.
    private static func folder(_ path: String) throws(SpawnFailure) -> Descriptor {
        do {
            let folder = Descriptor(owning: try SystemError.checking { unsafe chost_open_folder(path) })
            let number = folder.number
            _ = try SystemError.checking { unsafe faccessat(number, ".", X_OK, AT_EACCESS) }
            return folder
        } catch {
            let isMissing = error.code == ENOENT || error.code == ENOTDIR
            throw SpawnFailure(isMissing ? .directoryNotFound : .system(code: error.code), subject: path)
        }
    }

    private static func input(_ bytes: [UInt8]?, of program: String) throws(SpawnFailure) -> Descriptor {
        guard let bytes else { return try descriptor("/dev/null") { unsafe open("/dev/null", O_RDONLY | O_CLOEXEC) } }
        return try descriptor(program) { unsafe chost_memory_file(bytes, bytes.count) }
    }

    private static func descriptor(_ subject: String, _ call: () -> Int32) throws(SpawnFailure) -> Descriptor {
        do {
            return Descriptor(owning: try SystemError.checking(call))
        } catch {
            throw SpawnFailure(.system(code: error.code), subject: subject)
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

private struct Pipe: ~Copyable {
    let reading: Descriptor
    let writing: Descriptor

    init(for program: String) throws(SpawnFailure) {
        var ends: (Int32, Int32) = (-1, -1)
        guard unsafe chost_pipe(&ends.0, &ends.1) == 0 else {
            throw SpawnFailure(.system(code: errno), subject: program)
        }
        reading = Descriptor(owning: ends.0)
        writing = Descriptor(owning: ends.1)
    }
}

/// Strings as C wants a program's arguments: pointers, ended by NULL. They live as long as it does.
@safe private struct CStringArray: ~Copyable {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        unsafe pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() {
            guard let copy = unsafe strdup(string) else { preconditionFailure("out of memory") }
            unsafe (pointers + index).initialize(to: copy)
        }
        unsafe (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}

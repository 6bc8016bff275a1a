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
        let input = try Self.input(command.input, of: program)
        let outputPipe = try Pipe(for: program)
        let errorPipe = try Pipe(for: program)

        let arguments = CStringArray(command.arguments)
        let environment = CStringArray(command.environment)
        let inputNumber = input.number
        let writing = (outputPipe.writing.number, errorPipe.writing.number)
        pid = try ChildRegistry.shared.start { () throws(SpawnFailure) in
            var pid: Int32 = 0
            let code = unsafe chost_spawn(
                path, arguments.pointers, environment.pointers, folderNumber, inputNumber, writing.0, writing.1, &pid)
            if code == 0 { return pid }
            // Looked at once something is wrong: most programs start, and each look is a system call.
            try Self.checkEntering(folderNumber, command.directory)
            throw lookup.problem(with: path) ?? SpawnFailure(Self.cause(of: code), subject: program)
        }
        handle = Descriptor(owning: chost_pidfd_open(pid))
        streams = [
            ChildStream(.standardOutput, outputPipe.reading), ChildStream(.standardError, errorPipe.reading),
        ]
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

/// Strings as C wants a program's arguments and variables: pointers, ended by NULL. They live as long as it does.
@safe private struct CStringArray: ~Copyable {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    /// All of them, one behind the other.
    private let bytes: UnsafeMutablePointer<CChar>
    private var count = 0
    private var size = 0

    init(_ strings: [String]) {
        self.init(count: strings.count, size: strings.reduce(0) { $0 + $1.utf8.count + 1 })
        for string in strings {
            begin()
            append(string, endedBy: 0)
        }
    }

    /// `NAME=value` each.
    init(_ variables: [String: String]) {
        self.init(
            count: variables.count, size: variables.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 2 })
        for (name, value) in variables {
            begin()
            append(name, endedBy: CChar(UInt8(ascii: "=")))
            append(value, endedBy: 0)
        }
    }

    private init(count: Int, size: Int) {
        unsafe pointers = .allocate(capacity: count + 1)
        unsafe pointers.initialize(repeating: nil, count: count + 1)
        unsafe bytes = .allocate(capacity: max(1, size))
    }

    private mutating func begin() {
        unsafe pointers[count] = bytes + size
        count += 1
    }

    private mutating func append(_ string: String, endedBy end: CChar) {
        let text = string.utf8.span
        for index in text.indices { unsafe bytes[size + index] = CChar(bitPattern: text[index]) }
        size += text.count
        unsafe bytes[size] = end
        size += 1
    }

    deinit {
        unsafe pointers.deallocate()
        unsafe bytes.deallocate()
    }
}

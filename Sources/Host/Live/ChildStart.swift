import CHost
import Glibc
import Synchronization

/// What a child is started with, whatever its program and its folder turn out to be: its strings, its standard input, and
/// the pipes of its output.
///
/// Sendable, because it is handed over whole: whoever has it is alone with it.
final class ChildStart: @unchecked Sendable {
    let arguments: CStringArray
    let environment: CStringArray
    let input: Descriptor
    let outputEnd: Descriptor
    let errorEnd: Descriptor
    /// What comes out of these ends.
    let streams: [ChildStream]

    init(_ command: Command) throws(SpawnFailure) {
        let program = command.arguments[0]
        input = try Self.input(command.input, of: program)
        let output = try Pipe(for: program)
        let error = try Pipe(for: program)
        outputEnd = output.writing
        errorEnd = error.writing
        streams = [ChildStream(.standardOutput, output.reading), ChildStream(.standardError, error.reading)]
        arguments = CStringArray(command.arguments)
        environment = CStringArray(command.environment)
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

    // MARK: - In advance

    private static let next = Mutex<(command: Command, start: ChildStart)?>(nil)

    /// Makes one for a command that is to be run soon. Where that is not possible, its run says why.
    static func prepare(_ command: Command) {
        guard let start = try? ChildStart(command) else { return }
        next.withLock { $0 = (command, start) }
    }

    /// The one that was made for exactly this command, or a new one.
    static func prepared(for command: Command) throws(SpawnFailure) -> ChildStart {
        let next = next.withLock { next in
            defer { next = nil }
            return next
        }
        if let next, next.command == command { return next.start }
        return try ChildStart(command)
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

import CHost
import Glibc
import Synchronization

extension Console {
    package static func live() -> Console {
        let output = OutputDescriptor(1)
        let error = OutputDescriptor(2)
        let input = LineReader(0)
        return Console(
            writeOutput: { output.write($0) },
            writeError: { error.write($0) },
            outputState: { output.state },
            isInputTerminal: isatty(0) == 1,
            isOutputTerminal: isatty(1) == 1,
            isErrorTerminal: isatty(2) == 1,
            size: {
                var columns: Int32 = 0
                var lines: Int32 = 0
                // A terminal that does not know its size says 0.
                guard unsafe chost_terminal_size(2, &columns, &lines) == 0, columns > 0, lines > 0 else { return nil }
                return TerminalSize(columns: Int(columns), lines: Int(lines))
            },
            readLine: { input.next() },
            readInput: { limit throws(FileFailure) in try input.rest(limit) }
        )
    }
}

/// Standard output or error, not written to any more once a write has failed.
private final class OutputDescriptor: Sendable {
    private let number: Int32
    private let condition = Mutex(Console.OutputState.sound)

    init(_ number: Int32) { self.number = number }

    var state: Console.OutputState { condition.withLock { $0 } }

    /// Locked while writing, so that texts of two threads are not mixed.
    func write(_ text: String) {
        condition.withLock { state in
            guard state == .sound else { return }
            var text = text
            text.withUTF8 { bytes in
                do throws(SystemError) {
                    try unsafe Descriptor.write(UnsafeRawBufferPointer(bytes), to: number)
                } catch {
                    // A terminal that was closed says EIO: its reader went away like that of a pipe.
                    let readerIsGone = error.code == EPIPE || error.code == EIO && isTerminal
                    state = readerIsGone ? .closed : .lost
                }
            }
        }
    }

    /// Asked of the device, because `isatty` fails on a terminal that was hung up.
    private var isTerminal: Bool {
        var status = stat()
        return unsafe fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
    }
}

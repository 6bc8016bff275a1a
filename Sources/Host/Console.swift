/// The three standard streams. A reader that went away is remembered and never ends the program.
package struct Console: Sendable {
    package var writeOutput: @Sendable (_ text: String) -> Void
    package var writeError: @Sendable (_ text: String) -> Void
    /// What has become of standard output so far.
    package var outputState: @Sendable () -> OutputState
    package var isInputTerminal: Bool
    package var isOutputTerminal: Bool
    package var isErrorTerminal: Bool
    /// Columns and lines of the terminal on standard error; `nil` without one.
    package var size: @Sendable () -> TerminalSize?
    /// A line from standard input without its end; `nil` at its end or when a signal came first.
    package var readLine: @Sendable () -> String?
    /// Everything that is left on standard input, to its end.
    package var readInput: @Sendable (_ limit: Int) throws(FileFailure) -> [UInt8]

    package enum OutputState: Hashable, Sendable {
        case sound
        /// The reader closed it: a quiet end.
        case closed
        /// A write failed (full disk, I/O error): output was lost.
        case lost
    }

    package init(
        writeOutput: @escaping @Sendable (_ text: String) -> Void,
        writeError: @escaping @Sendable (_ text: String) -> Void,
        outputState: @escaping @Sendable () -> OutputState,
        isInputTerminal: Bool,
        isOutputTerminal: Bool,
        isErrorTerminal: Bool,
        size: @escaping @Sendable () -> TerminalSize?,
        readLine: @escaping @Sendable () -> String?,
        readInput: @escaping @Sendable (_ limit: Int) throws(FileFailure) -> [UInt8] = { _ throws(FileFailure) in
            throw FileFailure(.notFound, path: "-", operation: "read")
        }
    ) {
        self.writeOutput = writeOutput
        self.writeError = writeError
        self.outputState = outputState
        self.isInputTerminal = isInputTerminal
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.size = size
        self.readLine = readLine
        self.readInput = readInput
    }
}

package struct TerminalSize: Hashable, Sendable {
    package let columns: Int
    package let lines: Int

    package init(columns: Int, lines: Int) {
        self.columns = columns
        self.lines = lines
    }
}

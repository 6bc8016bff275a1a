/// An external program to start, as a value. Never built by pasting into a shell's text.
package struct Command: Hashable, Sendable {
    /// Program and arguments; the program is looked up in `environment["PATH"]` unless it has a slash. Never empty.
    package var arguments: [String]
    /// The whole environment of the child; nothing is inherited.
    package var environment: [String: String]
    /// Where it starts; must exist.
    package var directory: String
    /// What it reads from its standard input, to its end; without, that is `/dev/null`.
    package var input: [UInt8]?

    package init(_ arguments: [String], environment: [String: String], directory: String, input: [UInt8]? = nil) {
        precondition(!arguments.isEmpty, "a command has at least the program's name")
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = input
    }
}

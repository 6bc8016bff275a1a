/// What the global flags say, whatever the command.
package struct GlobalOptions: Hashable, Sendable {
    package enum Color: String, CaseIterable, Sendable {
        case auto
        case always
        case never
    }

    /// `-C DIR`; `nil` for the working directory.
    package var directory: String?
    /// One of the command's formats. Its first one unless `--format` was given; `text` without a command.
    package var format: String
    /// Whether `--format` was given at all: where the default depends on what is asked for.
    package var isFormatGiven: Bool
    package var color: Color
    package var isQuiet: Bool
    package var isVerbose: Bool
    /// `--no-input`: never ask.
    package var asksNothing: Bool

    package init(
        directory: String? = nil,
        format: String = "text",
        isFormatGiven: Bool = false,
        color: Color = .auto,
        isQuiet: Bool = false,
        isVerbose: Bool = false,
        asksNothing: Bool = false
    ) {
        self.directory = directory
        self.format = format
        self.isFormatGiven = isFormatGiven
        self.color = color
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        self.asksNothing = asksNothing
    }
}

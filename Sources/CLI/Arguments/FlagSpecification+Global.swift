extension FlagSpecification {
    /// The flags of every command, in the order of help. They may also stand before the command.
    package static let globals: [FlagSpecification] = [
        .directory, .format, .color, .quiet, .verbose, .noInput, .help, .version,
    ]

    package static let directory = FlagSpecification(
        "",
        short: "C",
        value: .required(placeholder: "DIR", kind: .directory),
        summary: "work as if started in this folder",
        details: """
            The project is the nearest folder upward from there that has `environments/` or `runbooks/`. Other paths on \
            the command line are relative to the folder too.
            """
    )

    package static let format = format(["text", "json"])

    /// `--format` with what one command can print; the first is the default.
    package static func format(_ choices: [String]) -> FlagSpecification {
        FlagSpecification(
            "format",
            value: .required(placeholder: "FORMAT", kind: .choice(choices)),
            summary: "how to print the result",
            details: """
                With `json`, standard output holds one document, or one a line where a run reports as it goes, and \
                errors are JSON on standard error.
                """
        )
    }

    package static let color = FlagSpecification(
        "color",
        value: .required(placeholder: "WHEN", kind: .choice(GlobalOptions.Color.allCases.map(\.rawValue))),
        summary: "when to use colour",
        details: "`auto`, the default, means at a terminal unless `NO_COLOR` is set or `TERM` is `dumb`."
    )

    package static let quiet = FlagSpecification(
        "quiet",
        short: "q",
        excludes: ["verbose"],
        summary: "print results and errors only",
        details: "No progress, no warnings. What is asked for on standard output is still printed."
    )

    package static let verbose = FlagSpecification(
        "verbose",
        short: "v",
        excludes: ["quiet"],
        summary: "say more about what is done and why"
    )

    package static let noInput = FlagSpecification(
        "no-input",
        summary: "never ask; fail where an answer would be needed",
        details: "The same as having no terminal: whatever needs consent must be consented to by a flag."
    )

    package static let help = FlagSpecification(
        "help",
        short: "h",
        summary: "print help and do nothing else",
        details: "`-h` prints the short form, `--help` the long one. Wins over everything else on the line."
    )

    package static let version = FlagSpecification(
        "version",
        summary: "print the version and do nothing else"
    )
}

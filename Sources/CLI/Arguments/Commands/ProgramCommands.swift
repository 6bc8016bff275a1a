/// Commands about the program itself.
extension CommandSpecification {
    package static let help = CommandSpecification(
        "help",
        group: .program,
        summary: "explain a command or a topic",
        arguments: [.subject],
        flags: [.man],
        formats: ["text"],
        examples: [
            Example("rehearse help run", "all about one command"),
            Example("rehearse help exit-codes", "what the exit codes mean"),
            Example("rehearse help --man > rehearse.1", "the manual page; read it with `man -l rehearse.1`"),
        ]
    )

    package static let completions = CommandSpecification(
        "completions",
        group: .program,
        summary: "print a completion script for a shell",
        details: """
            bash: `source <(rehearse completions bash)` in `~/.bashrc`.

            zsh: `rehearse completions zsh > ~/.zfunc/_rehearse`, with `fpath=(~/.zfunc $fpath)` before `compinit`.

            fish: `rehearse completions fish > ~/.config/fish/completions/rehearse.fish`.
            """,
        arguments: [.shell],
        formats: ["text"],
        examples: [Example("rehearse completions bash > rehearse.bash", "write the script for bash")]
    )

    package static let selfTest = CommandSpecification(
        "selftest",
        group: .program,
        summary: "prove on this machine that secrets stay secret",
        details: """
            `redaction` plants secrets from every source in a scratch project, runs plans, runs, failures, time-outs and \
            rollbacks there, prints every report, and searches every byte that was written for them: plain, in base64, \
            percent-encoded, quoted for JSON and shells, in pieces and line by line. Exit 1 when one is found.
            """,
        arguments: [.selfTestSubject],
        examples: [Example("rehearse selftest redaction", "before a new machine or version is trusted")]
    )

    /// Asked by the completion scripts: one value a line, then a tab and a description if there is one.
    package static let complete = CommandSpecification(
        "__complete",
        group: .program,
        summary: "print what a shell can complete a word with",
        arguments: [.completedKind],
        flags: [.completedRun, .completedRunbook],
        formats: ["text"],
        examples: [Example("rehearse __complete step --of-run last", "the steps of the last run")],
        isHidden: true
    )
}

extension ArgumentSpecification {
    package static let selfTestSubject = ArgumentSpecification(
        "WHAT", .choice(["redaction"]), summary: "what is proved: `redaction`")

    package static let subject = ArgumentSpecification(
        "SUBJECT", .helpSubject, .anyNumber, summary: "a command such as `history show`, or a topic")
    package static let shell = ArgumentSpecification(
        "SHELL", .choice(Shell.allCases.map(\.rawValue)), summary: "the shell to write for")
    package static let completedKind = ArgumentSpecification(
        "KIND", .choice(ValueKind.dynamicNames), summary: "what to list")
}

extension FlagSpecification {
    package static let man = FlagSpecification(
        "man",
        summary: "print a manual page in roff"
    )

    package static let completedRun = FlagSpecification(
        "of-run",
        value: .required(placeholder: "RUN", kind: .run),
        excludes: ["of-runbook"],
        summary: "list the steps of this run"
    )

    package static let completedRunbook = FlagSpecification(
        "of-runbook",
        value: .required(placeholder: "RUNBOOK", kind: .runbook),
        summary: "list the steps of this runbook"
    )
}

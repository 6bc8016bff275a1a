/// Commands about what a team shares through a git remote.
extension CommandSpecification {
    package static let historySync = CommandSpecification(
        "history", "sync",
        group: .recover,
        summary: "bring this machine's runs and the team's together",
        details: """
            Fetches what is new from each `history.remote`, and sends what it does not have. Never by force: what is there \
            stays. Safe to be repeated. Exit 6 when a remote does not have everything afterwards, exit 5 when a record of \
            it is not what its writer left.
            """,
        examples: [
            Example("rehearse history sync", "see what CI has run"),
            Example("rehearse history sync --format json", "the same for a script"),
        ]
    )

    package static let lock = CommandSpecification(
        "lock",
        group: .recover,
        summary: "the locks that all machines share",
        details: "Without a further word the same as `lock status`.",
        examples: [Example("rehearse lock", "who is at work, and where")]
    )

    package static let lockStatus = CommandSpecification(
        "lock", "status",
        group: .recover,
        summary: "tell who has an environment to himself, everywhere",
        details: """
            Asks each `history.remote`. A lock is held as long as a run goes on; it never ends by time, because a holder \
            that pauses is still a holder. Exit 0 when nobody has any, 1 when somebody has.
            """,
        arguments: [.lockedEnvironment],
        examples: [Example("rehearse lock status production", "who is at work on production")]
    )

    package static let lockBreak = CommandSpecification(
        "lock", "break",
        group: .recover,
        summary: "take the lock of a run that is dead",
        details: """
            Needs the lock's exact id, as `lock status` prints it: a lock that was let go and taken anew meanwhile has \
            another. Who broke it and why is recorded for the whole team. Should its holder live after all, he starts no \
            further step and ends with exit 4.
            """,
        arguments: [.lock],
        flags: [.reason.required.saying("how it is known that the holder is dead; recorded")],
        examples: [
            Example(
                "rehearse lock break 0123456789abcdef0123456789abcdef01234567 --reason 'the runner was shut down'",
                "after a CI job was killed")
        ]
    )
}

extension ArgumentSpecification {
    package static let lockedEnvironment = ArgumentSpecification(
        "ENV", .environment, .optional, summary: "only this environment")
    package static let lock = ArgumentSpecification("ID", .text, summary: "the lock's id, all of it")
}

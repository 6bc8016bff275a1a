extension CommandSpecification {
    package static let rollback = CommandSpecification(
        "rollback",
        group: .recover,
        summary: "undo a run with the commands it recorded, newest first",
        details: """
            Runs the recorded commands, not today's runbook. Needs no configuration, no network and no git, only \
            `.rehearse/`. What was undone is never undone twice; after a failing command the same line carries on \
            exactly there.

            At a terminal it shows what will run and asks. Without one it needs `--yes` and a run (`last` will do) or \
            `-e ENV`.
            """,
        arguments: [.rolledBackRun],
        flags: [
            .environment.saying("undo the last run on this environment"), .planOnly, .yes, .pastIrreversible,
            .keepGoing, .outOfOrder, .twice, .use, .fromRecord, .killOrphan, .lockTimeout, .reason,
        ],
        examples: [
            Example("rehearse rollback last --plan", "see the commands without running them"),
            Example("rehearse rollback -e production", "undo the last run on production"),
            Example("rehearse rollback last --yes --reason 'uploads fail'", "the same where nobody can be asked"),
        ]
    )
}

extension ArgumentSpecification {
    package static let rolledBackRun = ArgumentSpecification(
        "RUN", .run, .optional, summary: "the run to undo: an id, the beginning of one, `last`, or `last:ENV`")
}

extension FlagSpecification {
    package static let planOnly = FlagSpecification(
        "plan",
        summary: "print the commands, ready to be pasted, and run none"
    )

    package static let pastIrreversible = FlagSpecification(
        "past-irreversible",
        summary: "go on behind a step that cannot be undone",
        details: "Without it, the rollback stops in front of an `irreversible` step that had succeeded (exit 4)."
    )

    package static let keepGoing = FlagSpecification(
        "keep-going",
        summary: "after a failing rollback command, still run the others"
    )

    package static let outOfOrder = FlagSpecification(
        "out-of-order",
        summary: "undo a run although later runs changed the environment"
    )

    package static let twice = FlagSpecification(
        "twice",
        summary: "run each undo two times, and fail where the second does",
        details: "Proves that rollback commands are safe to run again, as after a crash they may have to be."
    )

    package static let use = FlagSpecification(
        "use",
        value: .required(placeholder: "WHICH", kind: .choice(UsedRollback.allCases.map(\.rawValue))),
        summary: "whose commands to run: the `record`'s, or those of the `current` runbook",
        details: """
            `record` is the default. `current` takes command, check and time limit from today's runbook, shows how they \
            differ, and is itself recorded; variables, captures and folders are the recorded ones all the same.
            """
    )
}

extension FlagSpecification {
    package static let fromRecord = FlagSpecification(
        "from-record",
        summary: "undo a run whose journal is lost by what its run.json says",
        details: """
            Prints the commands first. The environment's values, url and secrets are no part of a record: they are taken \
            from today's files. The journal is made anew, so that the rollback is recorded like any other.
            """
    )
}

/// The words of `--use`.
package enum UsedRollback: String, CaseIterable, Sendable {
    case record
    case current
}

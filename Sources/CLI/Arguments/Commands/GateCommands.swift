/// Commands about an environment's gate: may a run start there, and what people say of it.
extension CommandSpecification {
    package static let gate = CommandSpecification(
        "gate",
        group: .gate,
        summary: "say whether a run may start on an environment, and why not",
        details: """
            Tells each condition under the environment's `gate`: held or not, what was found, and what would open it. \
            A condition that cannot be evaluated is not held. `run` asks the same before its first step.

            In GitHub Actions, annotations and a step summary are written without being asked.

            Exit 0: open. Exit 1: closed.
            """,
        arguments: [.gatedEnvironment],
        flags: [.runbookFilter.saying("the runbook that is to run; without it, any that was rehearsed counts")],
        formats: GateFormat.allCases.map(\.rawValue),
        examples: [
            Example("rehearse gate production --runbook deploy", "may this commit be deployed?"),
            Example("rehearse gate production --format markdown", "the answer for a pull request"),
        ]
    )

    package static let approve = CommandSpecification(
        "approve",
        group: .gate,
        summary: "record that a commit may go to an environment",
        details: """
            Counts for `gate: {approvals: N}`: of this very commit, and once for each person.
            """,
        arguments: [.gatedEnvironment],
        flags: [.commit.required, .reason.saying("why; recorded")],
        examples: [Example("rehearse approve production --commit HEAD", "one approval of what is checked out")]
    )

    package static let acknowledge = CommandSpecification(
        "ack",
        group: .gate,
        summary: "say why a rollback was needed, so that the gate may open again",
        details: """
            With `gate: {acknowledged: true}`, the gate stays closed after a rollback until its cause is on record.
            """,
        arguments: [.gatedEnvironment],
        flags: [.cause.required],
        examples: [Example("rehearse ack production --cause 'migration 12 locked the table'", "after a rollback")]
    )
}

extension ArgumentSpecification {
    package static let gatedEnvironment = ArgumentSpecification("ENV", .environment, summary: "the environment")
}

extension FlagSpecification {
    package static let commit = FlagSpecification(
        "commit",
        value: .required(placeholder: "SHA", kind: .text),
        summary: "the commit, or what names it: `HEAD`"
    )

    package static let cause = FlagSpecification(
        "cause",
        value: .required(placeholder: "WHY", kind: .text),
        summary: "what made the rollback necessary; recorded"
    )

    package static let rehearsal = FlagSpecification(
        "rehearsal",
        summary: "go forward, all the way back, and forward again",
        details: """
            After the way back, fingerprint and captures are taken again and have to be what they were. Steps that \
            cannot be undone, and tags, are left out and listed.
            """
    )

    package static let certificate = FlagSpecification(
        "certificate",
        summary: "print what a rehearsal proves and what it is bound to, as JSON",
        details: "Names what has changed since, from and to."
    )
}

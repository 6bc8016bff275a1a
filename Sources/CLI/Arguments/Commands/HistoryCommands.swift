/// Commands that read what runs have left behind.
extension CommandSpecification {
    package static let history = CommandSpecification(
        "history",
        group: .recover,
        summary: "list the runs, newest first",
        flags: [
            .environment.saying("only runs on this environment"), .runbookFilter, .status, .since, .limit,
        ],
        examples: [
            Example("rehearse history -e production -n 5", "the last five runs on production"),
            Example("rehearse history --status failed --since 7d", "what failed this week"),
        ]
    )

    package static let historyShow = CommandSpecification(
        "history", "show",
        group: .recover,
        summary: "show one run with its steps",
        arguments: [.run],
        flags: [.certificate],
        examples: [
            Example("rehearse history show last --format json", "print the record"),
            Example("rehearse history show last:staging --certificate", "what the last rehearsal proves"),
        ]
    )

    package static let historyLog = CommandSpecification(
        "history", "log",
        group: .recover,
        summary: "print what a run's steps printed",
        arguments: [.run, .loggedStep],
        examples: [Example("rehearse history log last deploy", "read one step's output")]
    )

    package static let historyVerify = CommandSpecification(
        "history", "verify",
        group: .recover,
        summary: "look for damage in journals and records",
        details: "Changes nothing. Exit 5 when something is damaged.",
        arguments: [.checkedRun],
        examples: [Example("rehearse history verify", "check every run")]
    )

    package static let historyRebuild = CommandSpecification(
        "history", "rebuild",
        group: .recover,
        summary: "write the records again from their journals",
        arguments: [.checkedRun],
        examples: [Example("rehearse history rebuild last", "repair the last run's record")]
    )

    package static let historyClose = CommandSpecification(
        "history", "close",
        group: .recover,
        summary: "settle a run as it is, without resuming or undoing it",
        details: "The next run on the environment may start then. What the run left undone stays so.",
        arguments: [.run],
        flags: [.reason.required.saying("why it needs neither resuming nor undoing; recorded"), .killOrphan],
        examples: [Example("rehearse history close last --reason 'undone by hand'", "settle the last run")]
    )

    package static let historyPrune = CommandSpecification(
        "history", "prune",
        group: .recover,
        summary: "remove old runs",
        details: """
            Never removes a run that is not settled, one that cannot be read, or the last success of a runbook on an \
            environment.
            """,
        flags: [.keep.required],
        examples: [Example("rehearse history prune --keep 100", "keep the newest 100 runs on each environment")]
    )

    package static let notes = CommandSpecification(
        "notes",
        group: .release,
        summary: "print the final notes of a run as Markdown",
        details: "Reason, what changed, files touched, commands used, figures, and how to roll back.",
        arguments: [.run],
        formats: ["markdown", "json"],
        examples: [Example("rehearse notes last", "paste them into the release")]
    )
}

extension ArgumentSpecification {
    package static let loggedStep = ArgumentSpecification(
        "STEP", .step, .optional, summary: "only this step")
    package static let checkedRun = ArgumentSpecification(
        "RUN", .run, .optional, summary: "only this run")
}

extension FlagSpecification {
    package static let keep = FlagSpecification(
        "keep",
        value: .required(placeholder: "COUNT", kind: .number),
        summary: "so many of the newest runs on each environment stay"
    )

    package static let runbookFilter = FlagSpecification(
        "runbook",
        value: .required(placeholder: "RUNBOOK", kind: .runbook),
        summary: "only runs of this runbook"
    )

    package static let status = FlagSpecification(
        "status",
        value: .required(
            placeholder: "STATUS",
            kind: .choice([
                "running", "succeeded", "failed", "interrupted", "crashed", "rolled_back", "rollback_incomplete",
                "closed",
            ])
        ),
        summary: "only runs with this status"
    )

    package static let since = FlagSpecification(
        "since",
        value: .required(placeholder: "WHEN", kind: .moment),
        summary: "only runs started after this: `7d`, or a date"
    )

    package static let limit = FlagSpecification(
        "limit",
        short: "n",
        value: .required(placeholder: "COUNT", kind: .number),
        summary: "at most so many runs"
    )
}

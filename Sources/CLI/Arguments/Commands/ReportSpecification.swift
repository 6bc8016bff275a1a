extension CommandSpecification {
    package static let report = CommandSpecification(
        "report",
        group: .recover,
        summary: "report on a run, or on an environment's last runs",
        details: """
            Made from the records alone, so it can be had long after, and again; secrets were hidden when those were \
            written. A word that names an environment is one; anything else is a run.

            Of a run: every step with its command, result, figures, undo and the beginning and end of what it printed. Of \
            an environment: how many of its last runs succeeded, how long they took, what was rolled back, and who did it.

            `markdown` stays below 1 MB, which is what a job's summary takes on GitHub, and says what it left out. `html` is \
            one file that loads nothing. `junit` has a suite for the steps, one for the rollback, and one for what a rehearsal has shown. `json` is the record \
            (`rehearse schema record`), or the environment's figures.
            """,
        arguments: [.reported],
        flags: [
            .limit.saying("of an environment: at most so many of its last runs; 50 without it"),
            .since.saying("of an environment: only runs started after this: `7d`, or a date"),
            .output.saying("write the report to this file"),
        ],
        formats: ReportFormat.allCases.map(\.rawValue),
        examples: [
            Example("rehearse report last --format html -o run.html", "one page to keep or to send"),
            Example("rehearse report last --format junit -o junit.xml", "steps as tests for a CI server"),
            Example("rehearse report production --since 30d", "how releases to production went this month"),
        ]
    )
}

/// What `report` can print.
enum ReportFormat: String, CaseIterable, Sendable {
    case markdown
    case html
    case junit
    case json
}

extension ArgumentSpecification {
    package static let reported = ArgumentSpecification(
        "RUN|ENV", .run, summary: "a run, or an environment")
}

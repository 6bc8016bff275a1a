extension HelpTopic {
    package static let exitCodes = HelpTopic(
        name: "exit-codes",
        summary: "what the exit codes mean, and whether to try again",
        blocks: [
            .definitions(
                exitTable.map { row in
                    HelpDefinition(row.codes, [row.meaning + (row.retry.isEmpty ? "" : "; again: \(row.retry)")])
                }
            ),
            .paragraph(
                "Where several hold, the first of 5, 4, 129 and above, 6, 1 is the one that is reported."
            ),
        ]
    )

    /// One line of the table that scripts may rely on.
    package struct ExitRow: Hashable, Sendable {
        /// As printed: `0`, `129, 130, 143`.
        package let codes: String
        package let meaning: String
        /// What comes of doing the same again; empty when there is nothing to do again.
        package let retry: String
    }

    package static let exitTable: [ExitRow] = [
        ExitRow(codes: "0", meaning: "done, or the answer is yes; never with work left undone", retry: ""),
        ExitRow(
            codes: "1",
            meaning: """
                the answer is no: drift, a closed gate, a failed check, a run that failed and was rolled back or \
                stopped; recorded in full
                """,
            retry: "after fixing what it says"
        ),
        ExitRow(
            codes: "2",
            meaning: "bad usage, or a file, input or secret is not valid; nothing was started",
            retry: "safe"
        ),
        ExitRow(
            codes: "3",
            meaning: "the environment is locked by another run; nothing was started",
            retry: "safe, later"
        ),
        ExitRow(
            codes: "4",
            meaning: """
                a person must choose: a rollback is incomplete, an outcome is unknown, the last run is not settled; \
                the choices are printed
                """,
            retry: "as printed"
        ),
        ExitRow(
            codes: "5",
            meaning: """
                the state or the asked-for output cannot be written, read or trusted (disk full, damaged journal)
                """,
            retry: "after repair"
        ),
        ExitRow(
            codes: "6",
            meaning: "all done and recorded here, but the history remote does not have it",
            retry: "`rehearse history sync`"
        ),
        ExitRow(
            codes: "129, 130, 143",
            meaning: "stopped by SIGHUP, SIGINT, SIGTERM, after recording",
            retry: "`rehearse resume` or `rehearse rollback`"
        ),
    ]
}

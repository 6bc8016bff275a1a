/// Commands that carry a runbook out, or say what that would be.
extension CommandSpecification {
    package static let plan = CommandSpecification(
        "plan",
        group: .release,
        summary: "show what `run` would do, changing nothing",
        details: """
            Validates everything that `run` validates and prints the very plan that it would carry out: every step \
            with its owner, command, expected result and rollback.
            """,
        arguments: [.runbook],
        flags: [.environment.required.saying("the environment to plan for"), .input],
        examples: [Example("rehearse plan release -e staging --input VERSION=1.4.3", "read a release before it is run")]
    )

    package static let run = CommandSpecification(
        "run",
        group: .release,
        summary: "run a runbook against an environment",
        details: """
            Everything is validated before the first step starts. Each step is recorded on disk before and after it \
            runs, with the command that undoes it. Exit 1 when a step fails; with everything undone again if \
            `--on-failure rollback` holds.

            With `--rehearsal` the run goes forward, all the way back, and forward again, and records for each step \
            whether its rollback worked. Such a run opens gates that ask for it.
            """,
        arguments: [.runbook],
        flags: [
            .environment.required, .input, .reason, .onFailure, .approve, .lockTimeout, .overrideGate, .killOrphan,
            .yes, .rehearsal, .twice.saying("rehearse each undo two times"),
            .pastIrreversible.saying(
                "rehearse points of no return, too: in the last forward only",
                details: "Without it they are left out of a rehearsal and listed with the reason."),
        ],
        examples: [
            Example("rehearse run release -e staging --input VERSION=1.4.3", "cut a release"),
            Example("rehearse run deploy -e staging --rehearsal", "prove the way back before production needs it"),
            Example(
                "rehearse run release -e production --input VERSION=1.4.3 --reason 'fix uploads' --on-failure rollback",
                "the same in CI, with the reason on record"),
        ]
    )

    package static let resume = CommandSpecification(
        "resume",
        group: .recover,
        summary: "carry a stopped run on after its last finished step",
        details: """
            A step whose outcome is unknown is run again only if the runbook calls it `idempotent`; otherwise exit 4 \
            asks for `--assume`.
            """,
        arguments: [.run],
        flags: [.assume, .assumeFor, .killOrphan, .onFailure, .approve, .lockTimeout],
        examples: [
            Example("rehearse resume last", "carry the last run on"),
            Example("rehearse resume last:production --assume done", "the step in doubt did its work"),
        ]
    )
}

extension ArgumentSpecification {
    package static let runbook = ArgumentSpecification("RUNBOOK", .runbook, summary: "the runbook, without `.yaml`")
    package static let run = ArgumentSpecification(
        "RUN", .run, summary: "a run's id, the beginning of one, `last`, or `last:ENV`")
}

extension FlagSpecification {
    package static let assume = FlagSpecification(
        "assume",
        value: .required(placeholder: "OUTCOME", kind: .choice(AssumeChoice.allCases.map(\.rawValue))),
        summary: "what became of the step whose outcome is unknown",
        details: """
            `done`: it did its work, go on after it. `not-done`: it changed nothing, run it. `rerun`: it may have done \
            part of its work and is safe to run again.
            """
    )
}

extension FlagSpecification {
    package static let assumeFor = FlagSpecification(
        "assume-for",
        value: .required(placeholder: "STEP=OUTCOME", kind: .assignment),
        isRepeatable: true,
        summary: "the same where several steps are in doubt; once for each"
    )
}

/// The words of `--assume`.
package enum AssumeChoice: String, CaseIterable, Sendable {
    case done
    case notDone = "not-done"
    case rerun
}

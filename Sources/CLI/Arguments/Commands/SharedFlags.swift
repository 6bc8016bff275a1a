/// What several commands take under one name; the words fit the commonest of them.
extension FlagSpecification {
    package static let environment = FlagSpecification(
        "environment",
        short: "e",
        value: .required(placeholder: "ENV", kind: .environment),
        summary: "the environment to run on"
    )

    package static let input = FlagSpecification(
        "input",
        value: .required(placeholder: "NAME=VALUE", kind: .assignment),
        isRepeatable: true,
        summary: "an input of the runbook; once for each",
        details: "Inputs reach the steps as variables and are recorded in plain text: a secret is no input."
    )

    package static let reason = FlagSpecification(
        "reason",
        value: .required(placeholder: "WHY", kind: .text),
        summary: "why this is done; recorded and shown in the notes"
    )

    package static let onFailure = FlagSpecification(
        "on-failure",
        value: .required(placeholder: "WHAT", kind: .choice(OnFailureChoice.allCases.map(\.rawValue))),
        summary: "what to do when a step fails",
        details: """
            `rollback` undoes the failed step and those before it, newest first; the default when nobody is at the \
            terminal. `stop` leaves all as it is. `ask` shows the plan and asks; the default at a terminal.
            """
    )

    package static let approve = FlagSpecification(
        "approve",
        value: .required(placeholder: "STEP", kind: .step),
        isRepeatable: true,
        summary: "approve this step in advance; once for each",
        details: "Answers an `approve` step where nobody can be asked. Who approved and when is recorded."
    )

    package static let lockTimeout = FlagSpecification(
        "lock-timeout",
        value: .required(placeholder: "DURATION", kind: .duration),
        summary: "wait this long for the environment's lock",
        details: "Without it, an environment that is locked by another run is exit 3 at once, with who holds it."
    )

    package static let overrideGate = FlagSpecification(
        "override-gate",
        value: .required(placeholder: "WHY", kind: .text),
        summary: "start although the environment's gate is closed; recorded",
        details: "The reason is recorded and shown wherever the run is shown."
    )

    package static let yes = FlagSpecification(
        "yes",
        short: "y",
        summary: "consent to what would otherwise be asked"
    )

    package static let killOrphan = FlagSpecification(
        "kill-orphan",
        summary: "first end a process that a crashed run has left behind",
        details: """
            Ended are the very processes that the journal names, told by number, start time and boot, and those that carry \
            the run's id in `REHEARSE_RUN`. Without this flag a living one is exit 4.
            """
    )
}

/// The words of `--on-failure`.
package enum OnFailureChoice: String, CaseIterable, Sendable {
    case rollback
    case stop
    case ask
}

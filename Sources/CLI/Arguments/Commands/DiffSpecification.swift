extension CommandSpecification {
    package static let diff = CommandSpecification(
        "diff",
        group: .gate,
        summary: "compare two environments, accepted differences aside",
        details: """
            Compares values, names and sources of secrets, configuration, jobs and the rendered Compose file. \
            `environments/parity.yaml` says which differences are intended, why and until when; every other one is \
            drift. To accept a difference changes nothing but the verdict: both sides keep their own value, it stays \
            in every report, and a rule that names the values accepts no others.

            An operand is an environment (`staging`), one as last deployed (`production@deployed`), as recorded in a \
            run (`production@RUN`), or as of a git revision (`production@git:v1.4.0`); or a path to any YAML, JSON or \
            `.env` file, or `-` for standard input.

            In GitHub Actions, annotations and a step summary are written without being asked.

            Exit 0: the same, or accepted differences only. Exit 1: drift. Exit 2: an operand is not valid.
            """,
        arguments: [.left, .right],
        flags: [
            .sinceRevision, .accept, .acceptedReason, .acceptedOwner, .acceptedUntil, .ruleName, .anyValue,
            .explainDifference,
            .sideBySide, .verbose.saying("with `text`: show accepted differences like the others"), .identifyBy,
            .secretDigests, .asOf,
            .output.saying("write the report to this file", details: "Standard error says what was found."),
        ],
        formats: DiffFormat.allCases.map(\.rawValue),
        examples: [
            Example("rehearse diff staging production", "see whether staging still resembles production"),
            Example("rehearse diff production@deployed production", "see what a deployment would change"),
            Example("rehearse diff staging production --since origin/main", "only the drift that this change brings"),
            Example(
                "rehearse diff staging production --accept values.WORKERS --reason 'a small host' --owner platform",
                "write the rule that accepts a difference"),
            Example("rehearse diff old.env new.env", "compare two files"),
        ]
    )
}

/// What `diff` can print.
enum DiffFormat: String, CaseIterable, Sendable {
    case text
    case json
    case markdown
    case github
    case html
    case brief
}

extension ArgumentSpecification {
    package static let left = ArgumentSpecification("LEFT", .operand, summary: "what to compare with")
    package static let right = ArgumentSpecification("RIGHT", .operand, summary: "what is compared")
}

extension FlagSpecification {
    package static let sinceRevision = FlagSpecification(
        "since",
        value: .required(placeholder: "REV", kind: .text),
        excludes: ["accept", "explain"],
        summary: "leave out the drift that this git revision had already",
        details: """
            The same two operands are compared as of the revision, by its own rules, and drift that is there with the \
            same values is counted and not shown: a team with old drift can start gating today. What cannot be read at \
            the revision counts as new.
            """
    )

    package static let accept = FlagSpecification(
        "accept",
        value: .required(placeholder: "PATH", kind: .text),
        excludes: ["explain"],
        summary: "write a rule that accepts this difference",
        details: """
            The rule goes to the end of `environments/parity.yaml`, for these two environments; comments, order and \
            indentation of what is there stay. A path without `*` is one difference, and its two values are the only \
            ones that the rule accepts. Refused when the rule would accept nothing, or more than was shown.
            """
    )

    package static let acceptedReason = FlagSpecification.reason.saying(
        "with `--accept`: why the two may differ")

    package static let acceptedOwner = FlagSpecification(
        "owner",
        value: .required(placeholder: "WHO", kind: .text),
        summary: "with `--accept`: who decides about this difference"
    )

    package static let acceptedUntil = FlagSpecification(
        "until",
        value: .required(placeholder: "DATE", kind: .text),
        summary: "with `--accept`: the last day on which it is accepted",
        details: "A date such as `2027-06-30`, which is accepted to its end in UTC, or an instant."
    )

    package static let ruleName = FlagSpecification(
        "name",
        value: .required(placeholder: "NAME", kind: .text),
        summary: "with `--accept`: what the rule is called; from its path without it"
    )

    package static let anyValue = FlagSpecification(
        "any-value",
        summary: "with `--accept`: whatever the two values become later"
    )

    package static let explainDifference = FlagSpecification(
        "explain",
        value: .required(placeholder: "PATH", kind: .text),
        summary: "say which rule decided about a value, and why the others did not"
    )

    package static let sideBySide = FlagSpecification(
        "side-by-side",
        summary: "with `text`: the two values beside one another"
    )

    package static let identifyBy = FlagSpecification(
        "identify-by",
        value: .required(placeholder: "KEY", kind: .text),
        isRepeatable: true,
        summary: "match the items of lists by this key; `a.b` reaches inside",
        details: """
            Tried before `name`, `id` and `target`, for lists of maps about which Compose says nothing. Several are \
            tried in their order.
            """
    )

    package static let secretDigests = FlagSpecification(
        "secret-digests",
        summary: "also compare the values of secrets, as salted digests",
        details: """
            Fetches the secrets of both environments from where their manifests say and tells only whether two are the \
            same. The salt is made for this one comparison and forgotten: neither values, nor lengths, nor digests are \
            printed or stored.
            """
    )

    package static let asOf = FlagSpecification(
        "as-of",
        value: .required(placeholder: "DATE", kind: .text),
        summary: "judge as if this later day had come",
        details: """
            Shows what an `until` will turn into drift. A day that has passed is refused: nothing can be made to look \
            accepted again.
            """
    )
}

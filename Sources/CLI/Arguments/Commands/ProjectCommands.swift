/// Commands about the project's files: nothing is run and nothing is recorded.
extension CommandSpecification {
    package static let initialize = CommandSpecification(
        "init",
        group: .release,
        summary: "write environments, templates and runbooks to start from",
        details: """
            Writes a working example for a Python service: `environments/`, `templates/` and `runbooks/`. A file that \
            is there already is never overwritten: nothing is written then.
            """,
        arguments: [.initDirectory],
        examples: [
            Example("rehearse init", "start in the working directory"),
            Example("rehearse init services/uploads", "start in another folder"),
        ]
    )

    package static let check = CommandSpecification(
        "check",
        group: .gate,
        summary: "validate every file of the project",
        details: """
            Reads all environments, the templates they name, `environments/parity.yaml` and all runbooks, and reports \
            all problems at once, each with file, line and column.
            """,
        examples: [Example("rehearse check --format json", "let a CI job read the problems")]
    )

    package static let diff = CommandSpecification(
        "diff",
        group: .gate,
        summary: "compare two environments, accepted differences aside",
        details: """
            Compares values, names and sources of secrets, configuration, jobs and the rendered Compose file. \
            `environments/parity.yaml` says which differences are intended, why and until when; every other one is \
            drift. An operand is an environment or a path to a YAML, JSON or `.env` file.

            Exit 0: the same, or accepted differences only. Exit 1: drift. Exit 2: an operand is not valid.
            """,
        arguments: [.left, .right],
        examples: [
            Example("rehearse diff staging production", "see whether staging still resembles production"),
            Example("rehearse diff old.env new.env", "compare two files"),
        ]
    )

    package static let schema = CommandSpecification(
        "schema",
        group: .gate,
        summary: "print the JSON Schema of a document",
        arguments: [.schemaName],
        formats: ["json"],
        examples: [Example("rehearse schema record", "see what a run's record holds")]
    )
}

extension ArgumentSpecification {
    package static let initDirectory = ArgumentSpecification(
        "DIR", .directory, .optional, summary: "where to write; the working directory without it")
    package static let left = ArgumentSpecification("LEFT", .operand, summary: "what to compare with")
    package static let right = ArgumentSpecification("RIGHT", .operand, summary: "what is compared")
    package static let schemaName = ArgumentSpecification(
        "NAME", .choice(["record"]), summary: "which document's schema")
}

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
            all problems at once, each with file, line and column. What users see is asked by the commands below it, each of \
            which does what a step of the same name does in a run.
            """,
        examples: [Example("rehearse check --format json", "let a CI job read the problems")]
    )

    package static let schema = CommandSpecification(
        "schema",
        group: .gate,
        summary: "print the JSON Schema of a document",
        arguments: [.schemaName],
        formats: ["json"],
        examples: [
            Example("rehearse schema record", "see what a run's record holds"),
            Example("rehearse schema diff", "see what `diff --format json` prints"),
        ]
    )
}

extension ArgumentSpecification {
    package static let initDirectory = ArgumentSpecification(
        "DIR", .directory, .optional, summary: "where to write; the working directory without it")
    package static let schemaName = ArgumentSpecification(
        "NAME", .choice(["record", "diff", "certificate"]), summary: "which document's schema")
}

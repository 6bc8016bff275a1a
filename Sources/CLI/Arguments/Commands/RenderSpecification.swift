extension CommandSpecification {
    package static let render = CommandSpecification(
        "render",
        group: .gate,
        summary: "print one resolved Compose file",
        details: """
            With an environment, the templates it names are interpolated from its `values` and nothing else: the same \
            commit always renders the same bytes. A secret stays `${NAME}`.

            With `-f`, does what `docker compose config` does with the same flags; the process environment and \
            `.env` are read.
            """,
        arguments: [.renderedEnvironment],
        flags: [
            .output, .engine, .composeFile, .envFile, .profile, .projectName, .projectDirectory, .absolutePaths,
            .noInterpolate,
            .quiet.saying("only validate; print nothing"),
        ],
        formats: ["yaml", "json"],
        examples: [
            Example("rehearse render staging", "see what staging runs"),
            Example("rehearse render production -o compose.production.yaml", "write it to a file"),
            Example("rehearse render production --for stack -o stack.yaml", "write what `docker stack deploy` takes"),
            Example(
                "rehearse render -f compose.yaml -f compose.override.yaml --format json",
                "merge files without a project"),
        ]
    )
}

extension ArgumentSpecification {
    package static let renderedEnvironment = ArgumentSpecification(
        "ENV", .environment, .optional, summary: "the environment to render; not together with `-f`")
}

extension FlagSpecification {
    package static let output = FlagSpecification(
        "output",
        short: "o",
        value: .required(placeholder: "PATH", kind: .path),
        summary: "write to this file, or into this folder",
        details: "Relative paths in the result are rewritten so that they hold from the folder of the output."
    )

    package static let engine = FlagSpecification(
        "for",
        value: .required(placeholder: "ENGINE", kind: .choice(["compose", "stack"])),
        excludes: ["no-interpolate"],
        summary: "what the result is for: `docker compose` or `docker stack deploy`",
        details: """
            Swarm takes less than Compose. What has an equivalent there is rewritten, the rest is left out; a warning \
            says so of each, with its place.
            """
    )

    package static let composeFile = FlagSpecification(
        "file",
        short: "f",
        value: .required(placeholder: "FILE", kind: .path),
        isRepeatable: true,
        summary: "a Compose file; several are merged in order"
    )

    package static let envFile = FlagSpecification(
        "env-file",
        value: .required(placeholder: "FILE", kind: .path),
        isRepeatable: true,
        summary: "with `-f`: read variables from here instead of `.env`"
    )

    package static let profile = FlagSpecification(
        "profile",
        value: .required(placeholder: "PROFILE", kind: .text),
        isRepeatable: true,
        summary: "with `-f`: a profile to enable"
    )

    package static let projectName = FlagSpecification(
        "project-name",
        short: "p",
        value: .required(placeholder: "NAME", kind: .text),
        summary: "with `-f`: the name of the Compose project"
    )

    package static let projectDirectory = FlagSpecification(
        "project-directory",
        value: .required(placeholder: "DIR", kind: .directory),
        summary: "with `-f`: where relative paths and `.env` start"
    )

    package static let absolutePaths = FlagSpecification(
        "absolute-paths",
        summary: "print absolute paths, as `docker compose config` does"
    )

    package static let noInterpolate = FlagSpecification(
        "no-interpolate",
        summary: "leave `${NAME}` as it is"
    )
}

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
            .output, .composeFile, .envFile, .profile, .projectName, .projectDirectory, .absolutePaths, .noInterpolate,
            .explain,
            .quiet.saying("only validate; print nothing"),
        ],
        formats: ["yaml", "json"],
        examples: [
            Example("rehearse render staging", "see what staging runs"),
            Example("rehearse render staging --explain services.web.image", "see who set a value"),
            Example("rehearse render production -o compose.production.yaml", "write it to a file"),
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

    package static let explain = FlagSpecification(
        "explain",
        value: .required(placeholder: "PATH", kind: .text),
        summary: "tell who set the value at this path, file by file",
        details: """
            Prints every file and line, include, extends, override, variable and rule that had a say, in order; the last \
            one made the result. Paths are those of `diff`: `services.web.environment.DB_URL`, \
            `services.web.ports[target=80]`.
            """
    )

    package static let noInterpolate = FlagSpecification(
        "no-interpolate",
        summary: "leave `${NAME}` as it is"
    )
}

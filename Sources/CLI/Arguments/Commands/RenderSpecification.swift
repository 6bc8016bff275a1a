extension CommandSpecification {
    package static let render = CommandSpecification(
        "render",
        group: .gate,
        summary: "print one resolved Compose file",
        details: """
            With an environment, the templates it names are interpolated from its `values` and nothing else: the same \
            commit always renders the same bytes. A secret stays `${NAME}`.

            With `-f`, does what `docker compose config` does with the same flags; the process environment and \
            `.env` are read. `-f -` reads standard input. Outside a project, without `-f`, the file is found as \
            `docker compose` finds it: `COMPOSE_FILE`, or the nearest `compose.yaml` upward with its override.

            A flag that asks a question, such as `--services`, prints the answer instead of the file, one a line. \
            `--format` then counts for `--variables` only.
            """,
        arguments: [.renderedEnvironment],
        flags: [
            .output, .checkFile, .engine, .explain, .composeFile, .envFile, .profile, .projectName, .projectDirectory,
            .service,
        ]
            + RenderQuestion.flags + [
                .absolutePaths, .allResources, .noInterpolate, .noNormalize, .noConsistency, .noPathResolution,
                .noEnvResolution, .allowOutside,
                .quiet.saying("only validate; print no file and no warnings"),
            ],
        formats: ["yaml", "json"],
        examples: [
            Example("rehearse render staging", "see what staging runs"),
            Example("rehearse render production -o compose.production.yaml", "write it to a file"),
            Example("rehearse render production --for stack -o stack.yaml", "write what `docker stack deploy` takes"),
            Example("rehearse render staging --explain services.web.image", "see who set a value"),
            Example("rehearse render production --check compose.production.yaml", "is the committed file still right"),
            Example("rehearse render staging --images", "list the images that staging runs"),
            Example(
                "rehearse render -f compose.yaml -f compose.override.yaml --format json",
                "merge files without a project"),
        ],
        refusals: [
            .image("--resolve-image-digests"), .image("--lock-image-digests"),
            RefusedFlag(
                "--environment", "is no flag of `rehearse render`", expected: "an environment by its name alone",
                next: "rehearse render staging, or `--print-environment` for what interpolation has"),
            RefusedFlag(
                "-e", "is no flag of `rehearse render`", expected: "an environment by its name alone",
                next: "rehearse render staging"),
        ]
    )
}

extension RefusedFlag {
    fileprivate static func image(_ spelling: String) -> RefusedFlag {
        RefusedFlag(
            spelling, "would ask a registry, and rendering fetches nothing",
            expected: "images that the files pin themselves: `image: NAME@sha256:…`",
            next: "render to a file, then `docker compose -f FILE config \(spelling)`")
    }
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
        details: """
            Relative paths in an environment's rendering are rewritten so that they hold from the folder of the output.
            """
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

    package static let explain = FlagSpecification(
        "explain",
        value: .required(placeholder: "PATH", kind: .text),
        excludes: ["output", "for", "check", "no-interpolate"] + RenderQuestion.flags.map(\.name),
        summary: "tell who set the value at this path",
        details: """
            Prints every file and line, include, extends, override, variable and rule that had a say, in order; the last \
            one made the result. Paths are those of `diff`: `services.web.environment.DB_URL`, \
            `services.web.ports[target=80]`.
            """
    )

    package static let checkFile = FlagSpecification(
        "check",
        value: .required(placeholder: "PATH", kind: .path),
        excludes: ["output"] + RenderQuestion.allCases.map(\.rawValue),
        summary: "fail unless this file is what rendering gives now",
        details: """
            Exit 0 when it is, byte for byte; otherwise exit 1, with the first differences, where each value comes from, \
            and the command that renews the file. The flags are those that it was rendered with. A folder stands for \
            the file that `-o` writes into it.
            """
    )

    package static let allowOutside = FlagSpecification(
        "allow-outside",
        summary: "read included, extended and env files outside the project too",
        details: """
            Otherwise a file is refused that is not below the project's folder, also when a symbolic link leads out of \
            it. Files named by `-f` and `--env-file` are read wherever they are. Nothing is ever fetched.
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
        summary: "with `-f`: a profile to enable; `*` enables all"
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

    package static let service = FlagSpecification(
        "service",
        value: .required(placeholder: "NAME", kind: .text),
        isRepeatable: true,
        excludes: ["hash", "variables", "no-interpolate"],
        summary: "only this service and those it depends on",
        details: "Enables the service's profiles. Several are given one by one."
    )
}

/// What `render` leaves undone on request, named as `docker compose config` names it.
extension FlagSpecification {
    package static let absolutePaths = FlagSpecification(
        "absolute-paths",
        excludes: ["no-path-resolution"],
        summary: "print absolute paths, as `docker compose config` does",
        details: """
            With `-f` that is the default. An environment's rendering then holds on this machine and from any folder; \
            without it, it holds on any machine, from the folder of the output.
            """
    )

    package static let allResources = FlagSpecification(
        "all-resources",
        summary: "keep networks, volumes, secrets and configs that nobody uses"
    )

    package static let noInterpolate = FlagSpecification(
        "no-interpolate",
        summary: "leave `${NAME}` as it is"
    )

    package static let noNormalize = FlagSpecification(
        "no-normalize",
        summary: "add no implied networks, dependencies, names and defaults"
    )

    package static let noConsistency = FlagSpecification(
        "no-consistency",
        summary: "skip the checks between services, networks, volumes and so on",
        details: "The result may be a file that Compose refuses."
    )

    package static let noPathResolution = FlagSpecification(
        "no-path-resolution",
        excludes: ["absolute-paths"],
        summary: "with `-f`: leave relative paths as they are"
    )

    package static let noEnvResolution = FlagSpecification(
        "no-env-resolution",
        summary: "with `-f`: leave `env_file`, and do not read it"
    )
}

extension CommandSpecification {
    package static let status = CommandSpecification(
        "status",
        group: .recover,
        summary: "say whether an environment is up, slow, or failing, on one screen",
        details: """
            Four questions, a line each, and what to do next: does it answer, is it slower than when the last good run \
            measured it, does a job under `jobs:` fail, did the last deployment change anything (configuration, commits, \
            figures). Asks the environment's `url` and runs its jobs, each for 30 seconds at most. Exit 0 when it is up, not \
            slow, and no job fails; else 1.
            """,
        arguments: [.statusEnvironment],
        flags: [.watch, .every],
        examples: [
            Example("rehearse status production", "see how production is"),
            Example("rehearse status staging --watch --every 30s", "keep an eye on staging"),
        ]
    )
}

extension ArgumentSpecification {
    package static let statusEnvironment = ArgumentSpecification(
        "ENV", .environment, summary: "the environment to ask")
}

extension FlagSpecification {
    package static let watch = FlagSpecification("watch", summary: "ask again and again, until it is interrupted")
    package static let every = FlagSpecification(
        "every", value: .required(placeholder: "DURATION", kind: .duration),
        summary: "how long to wait in between; 10s without it")
}

/// The checks that measure and those that look for what an attacker would.
extension CommandSpecification {
    package static let checkMeasure = CommandSpecification(
        "check", "measure",
        group: .gate,
        summary: "measure response times, and compare them with a baseline",
        details: """
            Asks in turns what is named, after a warm-up, and prints percentiles, errors, bytes and what answers say of the \
            database; answers from a cache and past it apart. With a baseline the verdict is `faster`, `slower`, \
            `no difference shown` or `too noisy to tell`, and how many requests it would take: like is compared only with \
            like, and no data never passes.

            At a fixed `--rate` times count from the instant at which a request should have started, so that one which had to \
            wait is slow.
            """,
        arguments: [.measuredURLs],
        flags: [
            .checkEnvironment, .requests, .concurrency, .rate, .warmup, .baseline, .measureLimit, .header,
            .requestTimeout, .authorities, .insecure,
        ],
        examples: [
            Example(
                "rehearse check measure /health -e staging --at-most p95=300ms --at-most error_rate=0.1%",
                "hold a page against its limits"),
            Example(
                "rehearse check measure http://127.0.0.1:8001/ --baseline http://127.0.0.1:8000/ --at-most regression=10%",
                "compare a new version with the old one, asked in turns"),
        ]
    )

    package static let checkSecurity = CommandSpecification(
        "check", "security",
        group: .gate,
        summary: "go through what an attacker looks at first",
        details: """
            Headers and cookies of pages, certificates and versions of TLS, redirects to https, upload limits to the byte \
            and by what a file is, permissions of files, literal secrets in the project, secrets in logs. Each is a line: held \
            or not, what was expected, what was found, and the command that shows it. An upload that is accepted stays \
            where the service keeps it.
            """,
        arguments: [.securedURLs],
        flags: [
            .checkEnvironment, .expectHeader, .absentHeader, .cookies, .encryption, .plainURL, .uploadURL, .uploadField,
            .maximumBytes, .acceptedType, .forbiddenType, .privateFile, .searchedProject, .searchedLog, .hiddenSecret,
            .header, .requestTimeout, .authorities, .insecure,
        ],
        examples: [
            Example(
                "rehearse check security https://example.com/ --expect-header 'X-Content-Type-Options: nosniff' --tls",
                "look at a page's headers and its certificate"),
            Example(
                "rehearse check security -e staging --upload /uploads --max-bytes 10485760 --accept-type image/png",
                "try the upload limit to the byte"),
            Example("rehearse check security --private .env --project", "look at files only"),
        ]
    )
}

extension ArgumentSpecification {
    package static let measuredURLs = ArgumentSpecification(
        "URL", .text, .anyNumber, summary: "what to ask, in turns; a path starts at the environment's `url`")
    package static let securedURLs = ArgumentSpecification(
        "URL", .text, .anyNumber, summary: "pages whose headers, cookies and encryption are looked at")
}

extension FlagSpecification {
    private static func number(_ long: String, _ summary: String) -> FlagSpecification {
        FlagSpecification(long, value: .required(placeholder: "N", kind: .number), summary: summary)
    }

    private static func text(
        _ long: String, _ placeholder: String, repeats: Bool = false, _ summary: String
    ) -> FlagSpecification {
        FlagSpecification(
            long, value: .required(placeholder: placeholder, kind: .text), isRepeatable: repeats, summary: summary)
    }

    package static let requests = number("requests", "how many to send; 1000 without it")
    package static let concurrency = number("concurrency", "how many are under way at once; 4 without it")
    package static let rate = number("rate", "requests a second, whether answers come or not")
    package static let warmup = number("warmup", "requests before it counts; 50 without it")
    package static let baseline = text("baseline", "WHAT", "`last`, or a URL that is asked in turns with the first")
    package static let measureLimit = FlagSpecification(
        "at-most", value: .required(placeholder: "NAME=VALUE", kind: .assignment), isRepeatable: true,
        summary: "what must not be exceeded; once for each",
        details: """
            `p50`, `p95`, `p99` and `max` are durations, `error_rate` and `regression` shares such as `0.1%`. Without a limit \
            of its own the error rate is held to 1 %.
            """)

    package static let absentHeader = text("absent", "NAME", repeats: true, "a header that must not be there")
    package static let cookies = FlagSpecification("cookies", summary: "look at the flags of the pages' cookies")
    package static let encryption = FlagSpecification("tls", summary: "look at certificates and versions of TLS")
    package static let plainURL = text("redirect", "URL", repeats: true, "an http: URL that must lead to https:")
    package static let uploadURL = text("upload", "URL", "where files are sent to")
    package static let uploadField = text("upload-field", "NAME", "the form's field for the file; `file` without it")
    package static let maximumBytes = number("max-bytes", "so many bytes are accepted, one more is not")
    package static let acceptedType = text("accept-type", "TYPE", "a type of file that is accepted, such as image/png")
    package static let forbiddenType = text("forbid-type", "TYPE", "a type of file that is not; text/html without it")
    package static let privateFile = FlagSpecification(
        "private", value: .required(placeholder: "FILE", kind: .path), isRepeatable: true,
        summary: "a file that only its owner may read; once for each")
    package static let searchedProject = FlagSpecification(
        "project", summary: "look for literal secrets in the project's files")
    package static let searchedLog = FlagSpecification(
        "log", value: .required(placeholder: "FILE", kind: .path), isRepeatable: true,
        summary: "a log in which no secret may stand; once for each")
    package static let hiddenSecret = text(
        "secret", "NAME", repeats: true, "a secret of the environment to look for in logs")
}

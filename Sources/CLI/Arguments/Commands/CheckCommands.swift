/// The checks on what users see, each by itself: what a step of the same name does in a run.
extension CommandSpecification {
    package static let checkHTTP = CommandSpecification(
        "check", "http",
        group: .gate,
        summary: "ask a URL and look at the answer",
        details: """
            Without any expectation a status from 200 to 299 passes. Redirects are not followed unless `--redirects` says \
            so. `${NAME}` in a header or the body is a value or a secret of the environment.
            """,
        arguments: [.checkedURL],
        flags: [
            .checkEnvironment, .method, .header, .body, .expectStatus, .expectHeader, .contains, .expectJSON, .within,
            .retryFor, .redirects,
        ] + connection,
        examples: [
            Example("rehearse check http /health -e staging --expect-json status=ok", "see whether staging is up"),
            Example("rehearse check http https://example.com/ --within 300ms", "see whether a page is fast enough"),
        ]
    )

    package static let checkCache = CommandSpecification(
        "check", "cache",
        group: .gate,
        summary: "ask a cache whether it keeps what it may and nothing else",
        details: """
            FILE holds named rules with examples. Each is asked twice: the second answer of a `cached` one must be a hit, \
            and no answer of a `not_cached` one, nor one under a `bypass` condition. All that is wrong is told at once.
            """,
        arguments: [.cacheFile],
        flags: [.checkEnvironment, .explainURL] + connection,
        examples: [
            Example("rehearse check cache runbooks/cache.yaml -e staging", "check all rules"),
            Example(
                "rehearse check cache runbooks/cache.yaml -e staging --explain /me", "see which rule covers a page"),
        ]
    )

    package static let checkLoggedIn = CommandSpecification(
        "check", "logged_in",
        group: .gate,
        summary: "see whether pages of people who are logged in stay theirs",
        details: """
            Asks each page in the dangerous order: with the credential first, then as a stranger. A stranger who receives \
            the marker, or the same bytes, is a failure with both requests.
            """,
        arguments: [.checkedURLs],
        flags: [
            .environment.required.saying("the environment whose secret logs in"), .cookie, .authHeader, .pageMarker,
        ]
            + connection,
        examples: [
            Example(
                "rehearse check logged_in /me -e staging --cookie session=SESSION_COOKIE --marker 'Logged in as'",
                "see whether a cache gives the page of one person to another")
        ]
    )

    package static let checkPurge = CommandSpecification(
        "check", "purge",
        group: .gate,
        summary: "purge exactly these routes from a cache, and prove it",
        details: """
            Waits until the origin serves the new version, purges in batches, and proves it: each route misses once and \
            then hits, and what was to stay untouched still hits. Nothing is purged when that could not be proven.
            """,
        arguments: [.purgedRoutes],
        flags: [
            .checkEnvironment, .provider.required, .untouched, .originURL, .originMarker, .endpoint, .method, .header,
            .token, .zone, .batch, .wait, .settle,
        ] + connection,
        examples: [
            Example(
                "rehearse check purge /logo.png -e staging --provider varnish --untouched /style.css",
                "take one page out of the cache and leave the rest")
        ]
    )

    private static let connection: [FlagSpecification] = [.requestTimeout, .authorities, .insecure]
}

extension ArgumentSpecification {
    package static let checkedURL = ArgumentSpecification(
        "URL", .text, summary: "what to ask; a path starts at the environment's `url`")
    package static let checkedURLs = ArgumentSpecification(
        "URL", .text, .anyNumber, summary: "the pages to ask, all of one origin")
    package static let cacheFile = ArgumentSpecification("FILE", .path, summary: "the file of cache rules")
    package static let purgedRoutes = ArgumentSpecification(
        "ROUTE", .text, .anyNumber, summary: "the URLs to purge; a wildcard is an error")
}

/// What the commands that check what users see take.
extension FlagSpecification {
    private static func text(
        _ long: String, _ placeholder: String, repeats: Bool = false, _ summary: String, details: String = ""
    ) -> FlagSpecification {
        FlagSpecification(
            long, value: .required(placeholder: placeholder, kind: .text), isRepeatable: repeats, summary: summary,
            details: details)
    }

    private static func duration(_ long: String, _ summary: String) -> FlagSpecification {
        FlagSpecification(long, value: .required(placeholder: "DURATION", kind: .duration), summary: summary)
    }

    package static let checkEnvironment = environment.saying("the environment whose URL, values and secrets are used")
    package static let method = text("method", "METHOD", "how to ask, such as `HEAD`")
    package static let header = text("header", "LINE", repeats: true, "a header to send, such as `Accept: text/html`")
    package static let body = text("body", "TEXT", "what to send; makes it a POST")
    package static let expectStatus = text(
        "expect-status", "CODE", repeats: true, "an expected status such as 200 or 3xx")
    package static let expectHeader = text(
        "expect-header", "LINE", repeats: true, "a header that the answer must have",
        details: "A name alone only asks that it is there.")
    package static let contains = text("contains", "TEXT", repeats: true, "what the body must say")
    package static let expectJSON = FlagSpecification(
        "expect-json", value: .required(placeholder: "PATH=VALUE", kind: .assignment), isRepeatable: true,
        summary: "what the body must say as JSON, such as `items.0.id=7`")
    package static let within = duration("within", "the longest time for an answer")
    package static let retryFor = duration("retry-for", "go on asking so long while nothing is ready")
    package static let redirects = FlagSpecification(
        "redirects", value: .required(placeholder: "N", kind: .number), summary: "follow so many redirects, at most 3",
        details: "Credentials are never sent on to another origin, and https never leads to http.")
    package static let requestTimeout = duration("timeout", "how long one request may take; 10s without it")
    package static let authorities = FlagSpecification(
        "ca", value: .required(placeholder: "FILE", kind: .path),
        summary: "trust these certificates in place of the system's")
    package static let insecure = FlagSpecification(
        "insecure", summary: "take any certificate; shown with every answer")
    package static let explainURL = text("explain", "URL", "say which rule covers a URL, and what its answers say")

    package static let cookie = FlagSpecification(
        "cookie", value: .required(placeholder: "NAME=SECRET", kind: .assignment), excludes: ["auth-header"],
        summary: "the cookie that logs in, and the secret with its value")
    package static let authHeader = FlagSpecification(
        "auth-header", value: .required(placeholder: "NAME=SECRET", kind: .assignment), excludes: ["cookie"],
        summary: "the header that logs in, and the secret with its value")
    package static let pageMarker = FlagSpecification(
        "marker", value: .required(placeholder: "TEXT", kind: .text), isRequired: true,
        summary: "what only the page of somebody logged in says")

    package static let provider = FlagSpecification(
        "provider", value: .required(placeholder: "NAME", kind: .choice(["varnish", "fastly", "cloudflare", "http"])),
        summary: "whose way of purging is used")
    package static let untouched = text("untouched", "URL", repeats: true, "what must stay in the cache")
    package static let originURL = text("origin", "URL", "a page of the origin, asked before anything is purged")
    package static let originMarker = text("marker", "TEXT", "what the new version of the origin's page says")
    package static let endpoint = text("endpoint", "URL", "where the purging requests go")
    package static let token = text("token", "SECRET", "the secret that the provider asks for")
    package static let zone = text("zone", "ID", "the zone, for Cloudflare")
    package static let batch = FlagSpecification(
        "batch", value: .required(placeholder: "N", kind: .number), summary: "how many URLs one purging request holds")
    package static let wait = duration("wait", "how long to wait for the origin's new version; 60s without it")
    package static let settle = duration("settle", "how long a purged route may still hit; 5s without it")
}

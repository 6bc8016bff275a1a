import Deployment
import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Reading checks` {
    private static let environment = """
        environment: test
        url: http://shop.test/base/
        values: {TAG: "1.5", PRICE: "$5"}
        secrets: {TOKEN: {env: TOKEN}, SESSION: {env: SESSION}}
        """

    /// What a plan makes of a step's settings, and what there was to say, each with the mark where it stands.
    private func plan(_ kind: CheckKind, _ settings: String) throws -> (check: Check?, said: [String]) {
        let text = MarkedText(settings)
        let problems = Problems()
        var sources = SourceTable()
        let id = sources.add(SourceFile(path: "check.yaml", bytes: Array(text.text.utf8)))
        var found: [Diagnostic] = []
        let file = SourceFile(path: "check.yaml", bytes: Array(text.text.utf8))
        let node = try #require(Loading.document(file, id: id, problems: &found))
        let environment = try #require(
            ManifestFiles(["environments/test.yaml": Self.environment]).environment("test").manifest)
        let planner = CheckPlanner(environment: environment, inputs: ["VERSION": "2"], problems: problems)
        let made = planner.plan(kind, CheckSettings(node), at: .none)
        let said = problems.all.map { problem in
            problem.range.isNone ? problem.message : "\(text.name(of: problem.range.start)) \(problem.message)"
        }
        return (made?.check, said)
    }

    @Test func `an http check has everything filled in, secrets by name`() throws {
        let (check, said) = try plan(
            .http,
            """
            url: health?v=${VERSION}
            method: post
            headers: {Authorization: "Bearer ${TOKEN}", X-Tag: "${TAG} for $$1 and ${PRICE}"}
            body: {tag: "${TAG}"}
            expect: {status: [200, 3xx], headers: {cache_control: no-store, X-Gone: {absent: true}}, body: ok, json: {a.0: 1}, within: 300ms}
            retry_for: 5s
            redirects: 2
            timeout: 3s
            """)
        #expect(said == [])
        guard case .http(let http)? = check else { return #expect(check != nil) }
        #expect(http.address.text == "http://shop.test/base/health?v=2")
        #expect(http.method == "POST")
        #expect(http.headers.map(\.value.shown) == ["Bearer $TOKEN", "1.5 for $1 and $5", "application/json"])
        #expect(http.body?.plain == #"{"tag":"1.5"}"#)
        #expect(http.statuses == [200...200, 300...399])
        #expect(http.expectedHeaders.map(\.name) == ["cache-control", "X-Gone"])
        #expect(http.expectedHeaders.map(\.value) == [.exactly("no-store"), .absent])
        #expect(http.expectedBody == .has(["ok"]))
        #expect(http.json.first?.path == ["a", "0"])
        #expect(http.within == .milliseconds(300) && http.retryFor == .seconds(5) && http.redirects == 2)
        #expect(check?.secrets == ["TOKEN"])
    }

    @Test(arguments: [
        (CheckKind.http, "url: 1️⃣http://user:pw@h/", ["1️⃣ this URL holds a user or a password"]),
        (.http, "url: 1️⃣ftp://h/", ["1️⃣ `ftp://h/` is neither http: nor https:"]),
        (.http, "url: 1️⃣'/x?t=${TOKEN}'", ["1️⃣ `url` holds the secret `TOKEN`, which would be shown"]),
        (.http, "{1️⃣urll: /x}", ["1️⃣ unknown key `urll`", "1️⃣ the http check has no `url`"]),
        (
            .http, "{url: /x, expect: {status: 1️⃣99, body: {matches: 2️⃣'('}}, redirects: 3️⃣4}",
            [
                "1️⃣ `status` cannot be `99`", "2️⃣ `matches` is not a regular expression",
                "3️⃣ `redirects` cannot be `4`",
            ]
        ),
        (.http, "{url: /x, headers: {X: '${NONE}'}}", ["1️⃣"]),
        (
            .loggedIn,
            "{urls: [/a, 1️⃣'http://other/b'], marker: M, credential: {cookie: session, secret: SESSION}}",
            ["1️⃣ `http://other/b` is of another origin than `http://shop.test`"]
        ),
        (
            .loggedIn, "{1️⃣urls: [], marker: M, credential: {cookie: session, secret: SESSION}}",
            ["1️⃣ there is no URL, and checking nothing proves nothing"]
        ),
        (
            .purge, "{provider: varnish, routes: [1️⃣/img/*, /ok, 2️⃣'http://u:p@h/'], untouched: [3️⃣/ok]}",
            [
                "1️⃣ `/img/*` is a wildcard", "2️⃣ this URL holds a user or a password",
                "3️⃣ `http://shop.test/ok` is to be purged and to stay",
            ]
        ),
        (
            .purge, "{provider: varnish, 1️⃣routes: []}",
            ["1️⃣ there is no route, and purging nothing proves nothing"]
        ),
        (
            .purge, "{1️⃣provider: cloudflare, routes: [/a], batch: 2️⃣501}",
            [
                "1️⃣ cloudflare asks for a token", "1️⃣ Cloudflare asks for a zone", "2️⃣ `batch` cannot be `501`",
            ]
        ),
        (
            .cache, "{rules: [{name: a, description: b, 1️⃣cached: [], not_cached: []}]}",
            ["1️⃣"]
        ),
        (
            .purge, "{provider: varnish, token: TOKEN, routes: [/a, 1️⃣'http://other/b']}",
            ["1️⃣ `http://other/b` is of another origin than `http://shop.test`"]
        ),
        (
            .cache,
            "{rules: [{name: a, description: b, cached: [/a, 1️⃣'http://other/b'], bypass: [{cookie: 's=${SESSION}'}]}]}",
            ["1️⃣ `http://other/b` is of another origin than `http://shop.test`"]
        ),
        (.cache, "{1️⃣rules: []}", ["1️⃣ there is no rule, and checking nothing proves nothing"]),
        (
            .cache,
            """
            rules:
              - {name: a, description: one, cached: [/x], not_cached: [1️⃣/x], match: [/y]}
              - {name: 2️⃣a, description: two, not_cached: [/z], bypass: [3️⃣{}]}
            """,
            ["1️⃣", "2️⃣ there are two rules called `a`", "3️⃣"]
        ),
    ])
    func `everything that is wrong is told at once, at its place`(
        kind: CheckKind, settings: String, expected: [String]
    ) throws {
        let marks = expected.filter { $0.count == 1 }
        let (check, said) = try plan(kind, settings)
        #expect(check == nil || !marks.isEmpty || !said.isEmpty)
        #expect(!said.isEmpty)
        for words in expected where words.count > 1 { #expect(said.contains(words), "\(said)") }
    }

    @Test func `a secret that the environment does not have is told`() throws {
        let (check, said) = try plan(
            .loggedIn, "{urls: [/a], marker: M, credential: {header: Authorization, prefix: 'Bearer ', secret: TOKN}}")
        #expect(check == nil)
        #expect(said == ["the check wants the secret `TOKN`, and test has none of that name"])
    }

    @Test(arguments: [
        ("/img/*", "/img/a.png", true), ("/img/*", "/img/a/b.png", false), ("/img/**", "/img/a/b.png", true),
        ("/*/b", "/a/b", true), ("/a", "/a", true), ("/a", "/ab", false), ("/**", "/", true),
        ("/*.css", "/x.css", true), ("/*a*a*a*b", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
    func `a rule covers what its patterns match`(pattern: String, path: String, covers: Bool) throws {
        let (check, said) = try plan(
            .cache,
            "{rules: [{name: a, description: b, match: ['\(pattern)'], not_cached: [\(covers ? path : "/none")]}]}"
        )
        guard case .cache(let cache)? = check else {
            #expect(!covers, "\(said)")
            return
        }
        #expect(cache.rules[0].covers(try WebAddress("http://shop.test\(path)")) == covers)
    }

    @Test func `an http step that sends something has to say how it is undone`() {
        let text = "runbook: r\nowner: o\nsteps:\n"
        let step = "  - {id: a, name: A, owner: o, expect: e, http: {url: /x%@}}\n"
        for (more, isRefused) in [
            ("", false), (", method: HEAD", false), (", method: POST", true), (", body: x", true),
        ] {
            let files = ManifestFiles([
                "runbooks/r.yaml": text + step.replacing("%@", with: more)
            ])
            #expect(files.runbook("r").said.contains { $0.contains("no `rollback`") } == isRefused)
        }
    }
}

@Suite struct `What an answer is expected to say` {
    @Test(
        arguments: [
            (TextExpectation.exactly("public, max-age=60"), "max-age=60,Public", true),
            (.exactly("public"), "public, max-age=60", false), (.exactly("a"), nil, false),
            (.has(["max-age", "immutable"]), "public, max-age=31536000, immutable", true),
            (.has(["max-age=60"]), "max-age=600", false), (.has(["age"]), "max-age=60", false),
            (.matches("^text/"), "text/html; charset=utf-8", true), (.matches("x"), nil, false),
            (.absent, nil, true), (.absent, "", false),
        ] as [(TextExpectation, String?, Bool)])
    func `is compared as a header`(expected: TextExpectation, found: String?, isMet: Bool) {
        #expect(expected.isMet(byHeader: found) == isMet)
    }
}

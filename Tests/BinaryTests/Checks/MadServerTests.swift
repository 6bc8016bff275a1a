import Host
import TestSupport
import Testing

/// Every `check KIND` against a server whose every answer is made of noise (`Tests/Fixtures/web/fuzz.py`), and against one
/// whose certificates no authority would sign (`Tests/Fixtures/web/certificates.py`).
///
/// Whatever comes, the program ends by itself, in time, with a documented exit code, and prints nothing that a terminal or
/// a CI server would obey.
@Suite struct `Checks of a server gone mad` {
    private static let secret = "tell-nobody-of-this"

    private func project(_ url: String) throws -> (scratch: ScratchDirectory, rehearse: RehearseBinary) {
        let scratch = try ScratchDirectory()
        try Files.live.makeDirectory(scratch("environments"), 0o755)
        try scratch.write(
            "environment: test\nurl: \(url)\nsecrets: {TOKEN: {env: TOKEN}}\n", to: "environments/test.yaml")
        return (scratch, RehearseBinary(in: scratch.path, ["TOKEN": Self.secret]))
    }

    /// - Parameter codes: that it may end with.
    private func check(
        _ rehearse: RehearseBinary, _ words: [String], endsWith codes: Set<Int32> = [0, 1],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let answer = rehearse.run([RehearseBinary.path, "check"] + words, within: .seconds(60))
        #expect(codes.contains(answer.status), "\(words): \(answer)", sourceLocation: sourceLocation)
        for line in (answer.output + answer.error).split(separator: "\n", omittingEmptySubsequences: false) {
            let isPlain = line.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F && !(0x80..<0xA0).contains($0.value) && $0 != "\u{202E}"
            }
            #expect(isPlain, "\(words): \(line.debugDescription)", sourceLocation: sourceLocation)
            let start = line.drop { $0 == " " }
            // Inside a line of JSON it is a text that nobody obeys.
            let isObeyed =
                start.hasPrefix("::") || start.hasPrefix("##[") || line.contains("##[") && start.first != "\""
            #expect(!isObeyed, "\(words): \(line)", sourceLocation: sourceLocation)
            #expect(!line.contains(Self.secret), "\(words)", sourceLocation: sourceLocation)
        }
    }

    /// Addresses of which each answers otherwise, and each time otherwise.
    private static func pages(_ group: String, _ count: Int) -> [String] { (0..<count).map { "/fuzz/\(group)/\($0)" } }

    private static func words(_ flag: String, _ values: [String]) -> [String] { values.flatMap { [flag, $0] } }

    @Test(arguments: 0..<4) func `an HTTP check ends by itself`(part: Int) throws {
        let server = try LoopbackServer()
        let (scratch, rehearse) = try project(server.url("/"))
        defer { withExtendedLifetime(scratch) {} }
        for number in 0..<25 {
            check(
                rehearse,
                [
                    "http", "/fuzz/\(part)/\(number)", "-e", "test", "--header", "Authorization: Bearer ${TOKEN}",
                    "--contains", "Logged in", "--expect-json", "a.b=1", "--expect-header", "Cache-Control: public",
                    "--expect-header", "Set-Cookie", "--redirects", "3", "--timeout", "3s",
                ] + (number % 2 == 0 ? ["--format", "json"] : []))
        }
    }

    @Test(arguments: ["mixed", "hits"]) func `a cache check ends by itself`(group: String) throws {
        let server = try LoopbackServer()
        let (scratch, rehearse) = try project(server.url("/"))
        let (cached, other) = (Self.pages("\(group)/c", 80), Self.pages("\(group)/n", 40))
        try scratch.write(
            """
            rules:
              - name: kept
                description: all of it
                cached: [\(cached.joined(separator: ", "))]
                bypass: [{cookie: a=b}, {header: "Authorization: x"}]
                expect: {cache_control: {has: public}, vary: {matches: "C.+e"}, age: {absent: true}}
              - name: fresh
                description: none of it
                not_cached: [\(other.joined(separator: ", "))]

            """, to: "cache.yaml")
        check(rehearse, ["cache", "cache.yaml", "-e", "test", "--timeout", "3s"])
        check(rehearse, ["cache", "cache.yaml", "-e", "test", "--timeout", "3s", "--format", "json"])
        for page in cached.prefix(5) {
            check(rehearse, ["cache", "cache.yaml", "-e", "test", "--timeout", "3s", "--explain", page])
        }
    }

    @Test(arguments: ["mixed", "hits"]) func `a check of logged-in pages ends by itself`(group: String) throws {
        let server = try LoopbackServer()
        let (scratch, rehearse) = try project(server.url("/"))
        defer { withExtendedLifetime(scratch) {} }
        check(
            rehearse,
            ["logged_in"] + Self.pages(group, 100) + [
                "-e", "test", "--cookie", "session=TOKEN", "--marker", "Logged in as", "--timeout", "3s",
            ])
    }

    @Test(arguments: ["varnish", "fastly", "cloudflare", "http"]) func `a purge ends by itself`(provider: String) throws
    {
        let server = try LoopbackServer()
        let (scratch, rehearse) = try project(server.url("/"))
        defer { withExtendedLifetime(scratch) {} }
        let own: [String: [String]] = [
            "varnish": [], "fastly": ["--token", "TOKEN", "--endpoint", server.url("/")],
            "cloudflare": ["--token", "TOKEN", "--zone", "z", "--endpoint", server.url("/")],
            "http": ["--endpoint", server.url("/fuzz/hits/endpoint")],
        ]
        for round in 0..<8 {
            check(
                rehearse,
                ["purge"] + Self.pages("hits/\(round)", 1 + round) + ["-e", "test", "--provider", provider]
                    + Self.words("--untouched", Self.pages("hits/\(round)/u", 3)) + (own[provider] ?? [])
                    + ["--settle", "200ms", "--timeout", "3s"])
        }
        check(
            rehearse,
            [
                "purge", "/fuzz/p", "-e", "test", "--provider", provider, "--origin", server.url("/fuzz/o"), "--marker",
                "1.5.0", "--wait", "2s", "--settle", "0s",
            ] + (own[provider] ?? []))
    }

    @Test(arguments: ["mixed", "hits"]) func `a measurement ends by itself`(group: String) throws {
        let server = try LoopbackServer()
        let (scratch, rehearse) = try project(server.url("/"))
        defer { withExtendedLifetime(scratch) {} }
        let words = [
            "measure", "/fuzz/\(group)/m", "-e", "test", "--requests", "300", "--warmup", "5", "--timeout", "3s",
        ]
        check(rehearse, words)
        check(rehearse, words + ["--rate", "400", "--format", "json", "--at-most", "p95=1s"])
        check(rehearse, words + ["--baseline", server.url("/fuzz/\(group)/b"), "--at-most", "regression=10%"])
    }

    @Test func `a security check ends by itself`() throws {
        let server = try LoopbackServer()
        let (scratch, rehearse) = try project(server.url("/"))
        try scratch.write("nothing\n", to: "server.log")
        check(
            rehearse,
            ["security"] + Self.pages("s", 120) + [
                "-e", "test", "--expect-header", "Strict-Transport-Security", "--absent", "X-Debug", "--cookies",
                "--tls",
            ] + Self.words("--redirect", Self.pages("r", 40).map { server.url($0) }) + ["--timeout", "3s"])
        for number in 0..<8 {
            check(
                rehearse,
                [
                    "security", "-e", "test", "--upload", "/fuzz/up/\(number)", "--max-bytes", "5000", "--accept-type",
                    "image/png", "--log", "server.log", "--secret", "TOKEN", "--timeout", "3s",
                ])
        }
    }

    @Test func `strange certificates are told, and trusted by nobody`() throws {
        let scratch = try ScratchDirectory()
        let repository = try #require(RehearseBinary.repository)
        let tools = RehearseBinary(in: scratch.path)
        let made = tools.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem"])
        try #require(made.status == 0, "\(made)")
        let server = try StartedProgram(
            [
                "sh", "-c", "exec python3 -B \"$0\" \"$@\" >port",
                "\(repository)/Tests/Fixtures/web/certificates.py", scratch("key.pem"), "60",
            ], directory: scratch.path, environment: tools.environment)
        defer { server.send(9) }
        let url = "https://localhost:\(try scratch.awaitFile("port", within: .seconds(60)))/plain"
        for number in 0..<60 {
            let format = number % 2 == 0 ? ["--format", "json"] : []
            check(tools, ["http", url, "--insecure", "--timeout", "5s"] + format)
        }
        for _ in 0..<20 { check(tools, ["security", url, "--tls", "--insecure", "--timeout", "5s"]) }
        // Nobody trusts any of them.
        for _ in 0..<15 { check(tools, ["http", url, "--timeout", "5s"], endsWith: [1]) }
    }
}

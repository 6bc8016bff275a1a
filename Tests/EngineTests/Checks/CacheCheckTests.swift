import Deployment
import Engine
import Host
import Testing

@Suite struct `Checking cache rules` {
    private static let rules = """
        {rules: [
          {name: kept, description: files never change, cached: [/a], bypass: [{cookie: preview=1}],
           expect: {cache_control: {has: public}}},
          {name: private, description: pages are somebody's, not_cached: [/me]}]}
        """

    private static func origin(_ request: HTTPRequest) -> HTTPResponse {
        request.url.hasSuffix("/me")
            ? .answer(401, "log in", ["Cache-Control": "private, no-store"])
            : .answer(200, "file", ["Cache-Control": "public, max-age=60"])
    }

    private func check(
        _ mistakes: ScriptedCache.Mistakes = .init(), rules: String = rules,
        origin: @escaping @Sendable (HTTPRequest) -> HTTPResponse = origin
    ) throws -> CheckReport {
        let web = ScriptedWeb()
        let cache = ScriptedCache(mistakes)
        return try web.run(.cache, rules) { request, _ in cache.answer(request, origin: origin) }.report
    }

    @Test func `a correct cache passes`() throws {
        let report = try check()
        #expect(report.hasPassed, "\(report.findings)")
        #expect(report.metrics["examples"] == "2" && report.metrics["hits"] == "2")
    }

    @Test func `each mistake is found by its rule, and all of them at once`() throws {
        let report = try check(.init(ignoresCookies: true)) { request in
            request.url.hasSuffix("/me")
                ? .answer(200, "page") : .answer(200, "file", ["Set-Cookie": "id=1", "Cache-Control": "private"])
        }
        #expect(report.findings.map(\.subject) == ["kept", "kept", "kept", "kept", "private"])
        let text = report.findings.map(\.what).joined(separator: "\n")
        for words in [
            "cache-control of http://shop.test/a is `private`", "sets the cookie `id`", "says `private`",
            "with `Cookie: preview=1` http://shop.test/a came from a cache",
            "http://shop.test/me came from a cache (X-Cache: HIT)",
        ] {
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test func `what the origin forbids to keep is said`() throws {
        let report = try check { _ in .answer(200, "file", ["Cache-Control": "public, no-store"]) }
        #expect(
            report.findings.first?.what
                == "the second answer of http://shop.test/a did not come from a cache (X-Cache: MISS); its Cache-Control is `public, no-store`"
        )
    }

    @Test func `an answer to somebody special that is kept for all is found`() throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.cache, Self.rules) { request, number in
            if request.url.hasSuffix("/me") { return .success(.answer(401, "", ["X-Cache": "MISS"])) }
            let isSpecial = request.headers.value("Cookie") != nil
            let body = number > 2 ? "preview" : "file"
            return .success(
                .answer(200, body, ["X-Cache": isSpecial || number == 1 ? "MISS" : "HIT", "Cache-Control": "public"]))
        }
        #expect(report.findings.map(\.what).first?.contains("was kept and is given to those without it") == true)
    }

    /// flagger#1581, #1098: no samples passed by accident; PEERS D 18.
    @Test func `nothing that tells hits from misses is no pass`() throws {
        let report = try check(.init(marks: false), rules: "{rules: [{name: p, description: d, not_cached: [/me]}]}")
        #expect(!report.hasPassed)
        #expect(report.findings.first?.what.contains("no answer says whether a cache was asked") == true)
    }

    @Test func `no answer at all is no pass`() throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.cache, Self.rules) { _, _ in .failure(HTTPFailure(.connect, "refused")) }
        #expect(report.findings.map(\.subject) == ["kept", "private"])
    }
}

@Suite struct `Checking logged-in traffic` {
    private static let settings = """
        {urls: [/me], marker: Logged in as, credential: {cookie: session, secret: SESSION}}
        """

    private func check(
        _ mistakes: ScriptedCache.Mistakes = .init(),
        origin: @escaping @Sendable (HTTPRequest) -> HTTPResponse = origin
    ) throws -> (report: CheckReport, web: ScriptedWeb, lines: [String]) {
        let web = ScriptedWeb()
        let cache = ScriptedCache(mistakes)
        let (report, lines) = try web.run(.loggedIn, Self.settings, secrets: ["SESSION": "tell-nobody"]) { request, _ in
            cache.answer(request, origin: origin)
        }
        return (report, web, lines)
    }

    private static func origin(_ request: HTTPRequest) -> HTTPResponse {
        request.headers.value("Cookie") == "session=tell-nobody"
            ? .answer(200, "Logged in as Ada", ["Cache-Control": "private, no-store"])
            : .answer(401, "log in", ["Cache-Control": "private, no-store"])
    }

    @Test func `pages that stay private pass`() throws {
        let (report, web, _) = try check()
        #expect(report.hasPassed, "\(report.findings)")
        // Somebody logged in comes first, with and without a query that nobody has asked for.
        #expect(web.asked[0].headers.value("Cookie") == "session=tell-nobody")
        #expect(web.asked[1].headers.value("Cookie") == nil)
        #expect(web.asked.contains { $0.url == "http://shop.test/me?rehearse=00010203" })
        #expect(web.asked.contains { $0.headers.value("Cookie") == "session=rehearse-stranger" })
    }

    @Test func `a page that a stranger receives is found, both requests shown`() throws {
        let (report, _, lines) = try check(.init(ignoresCookies: true))
        let leak = try #require(report.findings.first { $0.what.contains("a stranger received") })
        #expect(leak.exchanges.count == 2)
        let text = lines.joined(separator: "\n")
        #expect(text.contains(#"-H 'Cookie: session='"$SESSION""#) && !text.contains("tell-nobody"))
    }

    @Test func `a page that a cache might keep is found`() throws {
        let (report, _, _) = try check { request in
            request.headers.value("Cookie") == "session=tell-nobody"
                ? .answer(200, "Logged in as Ada", ["Cache-Control": "max-age=60"]) : .answer(401)
        }
        #expect(report.findings.contains { $0.what.contains("nothing forbids a cache to keep") })
    }

    @Test func `a credential that does not log in proves nothing`() throws {
        let (report, _, _) = try check { _ in .answer(401, "log in") }
        #expect(!report.hasPassed && report.checked == 0)
        #expect(report.findings.allSatisfy { $0.what.contains("does not say the marker") })
    }
}

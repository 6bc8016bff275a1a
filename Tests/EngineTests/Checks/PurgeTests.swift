import Deployment
import Engine
import Host
import Testing

@Suite struct `Purging` {
    private static let simple = """
        {provider: varnish, routes: [/a, /b], untouched: [/c, /d], settle: 2s}
        """

    private func purge(
        _ settings: String = simple, _ mistakes: ScriptedCache.Mistakes = .init(),
        secrets: [String: String] = [:], origin: @escaping @Sendable (HTTPRequest) -> HTTPResponse = { _ in .answer() }
    ) throws -> (report: CheckReport, cache: ScriptedCache, web: ScriptedWeb) {
        let web = ScriptedWeb()
        let cache = ScriptedCache(mistakes)
        let (report, _) = try web.run(.purge, settings, secrets: secrets) { request, _ in
            cache.answer(request, origin: origin)
        }
        return (report, cache, web)
    }

    @Test func `is proven: each route misses once and then hits, the others still hit`() throws {
        let (report, cache, _) = try purge()
        #expect(report.hasPassed, "\(report.findings)")
        #expect(cache.calls == [["http://shop.test/a"], ["http://shop.test/b"]])
        #expect(report.metrics["routes"] == "2" && report.metrics["calls"] == "2")
    }

    @Test func `that missed is found, although the answer was 200`() throws {
        let (report, _, _) = try purge(Self.simple, .init(ignoresPurges: true))
        #expect(
            report.findings.map(\.line) == [
                "http://shop.test/a: it still comes from the cache after the purge",
                "http://shop.test/b: it still comes from the cache after the purge",
            ])
    }

    @Test func `that emptied the whole cache is found`() throws {
        let (report, _, _) = try purge(Self.simple, .init(emptiesAll: true))
        #expect(report.findings.map(\.subject) == ["http://shop.test/c", "http://shop.test/d"])
        #expect(report.findings.allSatisfy { $0.what.contains("emptied more than its routes") })
    }

    @Test func `is not begun where nothing could be proven`() throws {
        let (unkept, cache, _) = try purge(Self.simple, .init(neverKeeps: ["a"]))
        #expect(unkept.findings.map(\.subject) == ["http://shop.test/a"] && cache.calls.isEmpty)
        let (silent, silentCache, _) = try purge(Self.simple, .init(marks: false))
        #expect(!silent.hasPassed && silentCache.calls.isEmpty)
    }

    @Test func `waits for the origin's new version, and purges nothing without it`() throws {
        let settings = """
            {provider: varnish, routes: [/a], origin: {url: 'http://origin.test/version', marker: '1.5'}, wait: 10s}
            """
        let (late, lateCache, web) = try purge(settings) { request in
            request.url.contains("origin") ? .answer(200, "1.4", ["Cache-Control": "no-store"]) : .answer()
        }
        #expect(late.findings.first?.what.contains("nothing was purged") == true)
        #expect(lateCache.calls.isEmpty && web.asked.count > 10)
        #expect(web.asked.allSatisfy { $0.url == "http://origin.test/version" })
        let (ready, cache, _) = try purge(settings) { request in
            request.url.contains("origin") ? .answer(200, "is 1.5", ["Cache-Control": "no-store"]) : .answer()
        }
        #expect(ready.hasPassed && cache.calls.count == 1)
    }

    /// mneme#215: over the limit the provider answered 400 and purged nothing; PEERS D 20.
    @Test func `of 245 URLs goes out in batches, and 400 stops it`() throws {
        let routes = (0..<245).map { "/p\($0)" }.joined(separator: ", ")
        let settings = """
            {provider: cloudflare, zone: z1, token: CDN, endpoint: 'http://api.test/', routes: [\(routes)], untouched: [/c]}
            """
        let (report, cache, web) = try purge(settings, secrets: ["CDN": "tell-nobody"])
        #expect(report.hasPassed, "\(report.findings.first?.line ?? "")")
        #expect(cache.calls.map(\.count) == [30, 30, 30, 30, 30, 30, 30, 30, 5])
        #expect(Set(cache.calls.flatMap(\.self)).count == 245)
        let calls = web.asked.filter { $0.url.contains("purge_cache") }
        #expect(calls.allSatisfy { $0.url == "http://api.test/client/v4/zones/z1/purge_cache" && $0.method == "POST" })
        #expect(calls.allSatisfy { $0.headers.value("Authorization") == "Bearer tell-nobody" })
        // The token goes to the provider alone.
        #expect(
            web.asked.filter { !$0.url.hasPrefix("http://api.test/") }.allSatisfy {
                $0.headers.value("Authorization") == nil
            })

        let (refused, refusing, _) = try purge(settings, .init(refusal: (400, 3)), secrets: ["CDN": "tell-nobody"])
        #expect(refusing.calls.count == 3)
        #expect(refused.findings.count == 1)
        #expect(
            refused.findings.first?.what
                == "cloudflare refused a purge (status 400); 60 routes of 245 had been sent, and no more were")
    }

    @Test func `takes a provider's word and not only its status`() throws {
        let settings = "{provider: cloudflare, zone: z1, token: CDN, endpoint: 'http://api.test/', routes: [/a]}"
        let (report, _, _) = try purge(settings, .init(refusal: (200, 1)), secrets: ["CDN": "tell-nobody"])
        #expect(report.findings.first?.expected == "status 200 and `\"success\": true`")
    }

    /// cloudflare-docs#33306: the target of a purged redirect stayed in the cache.
    @Test func `includes where a route redirects to, but not on another origin`() throws {
        let settings = "{provider: varnish, routes: [/old, /away]}"
        let (report, cache, _) = try purge(settings) { request in
            if request.url.hasSuffix("/old") { return .answer(301, "", ["Location": "/new"]) }
            if request.url.hasSuffix("/away") { return .answer(302, "", ["Location": "http://other.test/x"]) }
            return .answer()
        }
        #expect(report.hasPassed, "\(report.findings)")
        #expect(cache.calls.flatMap(\.self).sorted() == ["/away", "/new", "/old"].map { "http://shop.test\($0)" })
    }

    @Test func `is proven for each variant of a page that varies by encoding`() throws {
        let (report, _, web) = try purge("{provider: varnish, routes: [/a]}") { _ in
            .answer(200, "", ["Vary": "Accept-Encoding"])
        }
        #expect(report.hasPassed && report.checked == 2)
        #expect(web.asked.contains { $0.headers.value("Accept-Encoding") == "gzip" })
    }

    @Test func `speaks to each provider in its own way`() throws {
        let ways: [(String, String, String, String?)] = [
            (
                "{provider: fastly, token: CDN, endpoint: 'http://api.test/', routes: ['/a?b=c']}", "POST",
                "http://api.test/purge/shop.test/a?b=c", "Fastly-Key"
            ),
            (
                "{provider: varnish, endpoint: 'http://edge.test:6081/', routes: [/a]}", "PURGE",
                "http://edge.test:6081/a",
                "Host"
            ),
            ("{provider: varnish, method: BAN, routes: [/a]}", "BAN", "http://shop.test/a", nil),
            (
                "{provider: http, endpoint: 'http://api.test/flush', token: CDN, routes: [/a]}", "POST",
                "http://api.test/flush", "Authorization"
            ),
        ]
        for (settings, method, url, header) in ways {
            let (_, _, web) = try purge(settings, secrets: ["CDN": "tell-nobody"])
            let call = try #require(web.asked.first { $0.method == method }, "\(settings)")
            #expect(call.url == url)
            if let header { #expect(call.headers.value(header) != nil) }
        }
    }
}

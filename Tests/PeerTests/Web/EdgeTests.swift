import Host
import TestSupport
import Testing

/// Real Varnish and real nginx in front of the real upload service: a correct set-up passes, and each mistake is found.
@Suite(.serialized, .enabled(if: EdgeStack.isThere, EdgeStack.whyNot), .timeLimit(.minutes(5)))
struct `An edge in front of the real service` {
    @Test(arguments: EdgeStack.Edge.allCases)
    func `that is set up correctly passes`(edge: EdgeStack.Edge) throws {
        let stack = try EdgeStack(edge)
        for answer in [stack.cache(), stack.loggedIn()] { #expect(answer.status == 0, "\(edge): \(answer)") }
        let explained = stack("check", "cache", "cache.yaml", "-e", "edge", "--explain", "/me")
        #expect(explained.status == 0)
        #expect(explained.output.contains("is covered by `pages-are-private` (cache.yaml:17:11)"), "\(explained)")
        if edge == .varnish {
            let origin = ["--origin", "\(stack.origin)/version", "--marker", "1.5.0"]
            let purged = stack.purge(origin[0], origin[1], origin[2], origin[3])
            #expect(purged.status == 0, "\(purged)")
            let banned = stack.purge("--method", "BAN")
            #expect(banned.status == 0, "\(banned)")
        }
    }

    private static let bypass = """
                    proxy_cache_bypass $http_cookie $http_authorization;
                    proxy_no_cache $http_cookie $http_authorization;
        """

    @Test(arguments: [
        (
            EdgeStack.Mistake(
                "logged-in pages are cached", (bypass, ""),
                ("@MISTAKE@", "proxy_ignore_headers Cache-Control Vary Set-Cookie Expires; proxy_cache_valid any 1m;")),
            ["/me came from a cache", "with `Cookie: session=somebody`"]
        ),
        (
            EdgeStack.Mistake("Set-Cookie on what is cached", ("@MISTAKE@", "add_header Set-Cookie id=1;")),
            ["a cached answer of", "sets the cookie `id`: everybody gets it"]
        ),
        (
            EdgeStack.Mistake("Vary is missing", ("@MISTAKE@", "proxy_hide_header Vary;")),
            ["vary of", "is not there", "expected: vary: `Cookie`"]
        ),
        (
            EdgeStack.Mistake(
                "an asset is no-store",
                (
                    "@MISTAKE@",
                    "proxy_hide_header Cache-Control; add_header Cache-Control no-store always; proxy_no_cache 1;"
                )
            ),
            ["did not come from a cache (X-Cache-Status: MISS); its Cache-Control is `no-store`"]
        ),
        (
            EdgeStack.Mistake("a header is dropped", ("@MISTAKE@", "proxy_hide_header ETag;")),
            ["etag of", "is not there"]
        ),
        (
            EdgeStack.Mistake("another header is dropped", ("@MISTAKE@", "proxy_hide_header X-Content-Type-Options;")),
            ["x-content-type-options of", "is not there", "expected: x-content-type-options: `nosniff`"]
        ),
        (
            EdgeStack.Mistake(
                "health is cached",
                ("@MISTAKE@", "proxy_ignore_headers Cache-Control; proxy_cache_valid 200 1s;")),
            ["/health came from a cache"]
        ),
    ])
    func `whose nginx has a mistake fails, and says where`(mistake: EdgeStack.Mistake, words: [String]) throws {
        let stack = try EdgeStack(.nginx, mistake)
        let answer = stack.cache()
        #expect(answer.status == 1, "\(answer)")
        for word in words { #expect(answer.output.contains(word), "\(word) in \(answer.output)") }
        #expect(answer.output.contains("again: curl "))
        if mistake.name.hasPrefix("logged-in") {
            let leaking = stack.loggedIn()
            #expect(leaking.status == 1)
            #expect(leaking.output.contains("a stranger received the page of somebody logged in"), "\(leaking)")
            let cookie = try #require(stack.rehearse.environment["SESSION"])
            #expect(!leaking.output.contains(cookie) && !leaking.error.contains(cookie))
        }
    }

    @Test(arguments: [
        (
            EdgeStack.Mistake("a purge does nothing", ("return (purge);", "return (synth(200));")),
            ["it still comes from the cache after the purge"]
        ),
        (
            EdgeStack.Mistake(
                "a purge empties everything", ("return (purge);", "ban(\"obj.status != 0\"); return (synth(200));")),
            ["it was to stay and is gone from the cache"]
        ),
        (
            EdgeStack.Mistake(
                "a purge is not allowed", ("acl purgers {\n    \"127.0.0.1\";", "acl purgers {\n    \"192.0.2.1\";")),
            ["varnish refused a purge (status 405); 0 routes of 1 had been sent"]
        ),
        (
            EdgeStack.Mistake(
                "nothing is kept", ("set beresp.grace = 0s;", "set beresp.uncacheable = true; set beresp.ttl = 60s;")),
            ["it is no hit before the purge either", "nothing was purged"]
        ),
    ])
    func `whose Varnish has a mistake fails a purge, and says where`(mistake: EdgeStack.Mistake, words: [String]) throws
    {
        let stack = try EdgeStack(.varnish, mistake)
        let answer = stack.purge()
        #expect(answer.status == 1, "\(answer)")
        for word in words { #expect(answer.output.contains(word), "\(word) in \(answer.output)") }
    }

    @Test func `whose Varnish gives logged-in pages away is found by both checks`() throws {
        let stack = try EdgeStack(
            .varnish,
            EdgeStack.Mistake(
                "logged-in pages are cached", ("if (req.http.Authorization || req.http.Cookie) {", "if (false) {"),
                (
                    "if (beresp.http.Set-Cookie || beresp.http.Cache-Control",
                    "set beresp.ttl = 60s; unset beresp.http.Vary; unset beresp.http.Cache-Control; if (false && beresp.http.Cache-Control"
                )))
        let leaking = stack.loggedIn()
        #expect(leaking.status == 1)
        #expect(leaking.output.contains("a stranger received the page of somebody logged in"), "\(leaking)")
        // Also what strangers get without a query is now somebody's page.
        #expect(stack.cache().status == 1)
    }
}

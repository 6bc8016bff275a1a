import Host
import TestSupport
import Testing

/// Real Varnish and real nginx in front of the real upload service: a correct set-up passes, and each mistake is found.
@Suite(.serialized, .enabled(if: EdgeStack.isThere, EdgeStack.whyNot))
struct `An edge in front of the real service` {
    @Test(arguments: EdgeStack.Edge.allCases)
    func `that is set up correctly passes`(edge: EdgeStack.Edge) throws {
        let stack = try EdgeStack(edge)
        for answer in [stack.cache(), stack.loggedIn(), stack.security(), stack.purge()] {
            #expect(answer.status == 0, "\(edge): \(answer)")
        }
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

    /// What Varnish does with each answer that it may keep.
    private static let keeping = "set beresp.grace = 0s;"

    @Test(arguments: [
        (
            EdgeStack.Mistake("Set-Cookie on what is cached", ("@MISTAKE@", "set resp.http.Set-Cookie = \"id=1\";")),
            ["a cached answer of", "sets the cookie `id`: everybody gets it"]
        ),
        (
            EdgeStack.Mistake("Vary is missing", ("@MISTAKE@", "unset resp.http.Vary;")),
            ["vary of", "is not there", "expected: vary: `Cookie`"]
        ),
        (
            EdgeStack.Mistake(
                "an asset is no-store",
                (
                    keeping,
                    "set beresp.http.Cache-Control = \"no-store\"; set beresp.uncacheable = true; set beresp.ttl = 60s;"
                )
            ),
            ["did not come from a cache (X-Varnish: ", "its Cache-Control is `no-store`"]
        ),
        (
            EdgeStack.Mistake("a header is dropped", ("@MISTAKE@", "unset resp.http.ETag;")),
            ["etag of", "is not there"]
        ),
        (
            EdgeStack.Mistake(
                "health is cached",
                (
                    "if (beresp.http.Set-Cookie",
                    "if (bereq.url == \"/health\") { set beresp.ttl = 60s; return (deliver); }\n    if (beresp.http.Set-Cookie"
                )),
            ["/health came from a cache"]
        ),
    ])
    func `whose Varnish has a mistake fails, and says where`(mistake: EdgeStack.Mistake, words: [String]) throws {
        let stack = try EdgeStack(.varnish, mistake)
        let answer = stack.cache()
        #expect(answer.status == 1, "\(answer)")
        for word in words { #expect(answer.output.contains(word), "\(word) in \(answer.output)") }
        #expect(answer.output.contains("again: curl "))
    }

    @Test(arguments: [
        ("nothing", "it still comes from the cache after the purge"),
        ("everything", "it was to stay and is gone from the cache"),
    ])
    func `whose nginx is purged of the wrong pages fails, and says which`(purging: String, words: String) throws {
        let stack = try EdgeStack(.nginx, EdgeStack.Mistake("purged of \(purging)").with { $0.purging = purging })
        let answer = stack.purge()
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.output.contains(words), "\(answer)")
    }

    /// The rest of the list, with nginx and TLS: `A security check of the real service`.
    @Test(arguments: [
        (
            EdgeStack.Mistake("a debug header", ("@MISTAKE@", "set resp.http.X-Debug = \"upstream 10.0.0.7\";")),
            "header X-Debug of"
        ),
        (
            EdgeStack.Mistake("a header is dropped", ("@MISTAKE@", "unset resp.http.X-Content-Type-Options;")),
            "header X-Content-Type-Options of"
        ),
        (
            EdgeStack.Mistake("a limit that is one too high").with { $0.maximum += 1 },
            "upload of one byte over the limit: status 201"
        ),
        (
            EdgeStack.Mistake("a limit that is one too low").with { $0.maximum -= 1 },
            "upload of exactly the limit (65536 bytes): status 413"
        ),
        (
            EdgeStack.Mistake("a type that is judged by the file's name").with {
                $0.service = (
                    "lambda head: judge(head, settings)",
                    "lambda head: \"image/png\" if b'.png\"' in chunk else judge(head, settings)"
                )
            },
            "upload of a file of text/html that is called `probe.png` and image/png: status 201"
        ),
        (
            EdgeStack.Mistake("an .env that everybody can read").with { $0.environmentFileMode = 0o644 },
            "permissions of .env: 0644, so that everybody"
        ),
    ])
    func `whose security has a hole behind Varnish fails by that alone`(mistake: EdgeStack.Mistake, words: String)
        throws
    {
        let stack = try EdgeStack(.varnish, mistake)
        let answer = stack.security()
        #expect(answer.status == 1, "\(answer)")
        let failed = answer.output.split(separator: "\n").filter { $0.hasPrefix("failed: ") }
        #expect(failed.count { $0.contains(words) } == 1, "\(answer)")
        #expect(failed.allSatisfy { $0.contains(words) || $0.contains("finding") }, "\(answer)")
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

import Deployment
import Engine
import Host
import Testing

@Suite struct `Telling hits from misses` {
    @Test(arguments: [
        // RFC 9211, section 2 and 4.
        (["Cache-Status: ExampleCache; hit"], CacheUse.hit), (["Cache-Status: ExampleCache; hit=?0"], .miss),
        (["Cache-Status: ExampleCache; fwd=uri-miss; stored"], .miss),
        (["Cache-Status: OriginCache; hit; ttl=1100, \"CDN Company, Here\"; fwd=miss"], .hit),
        (["Cache-Status: \"a; hit\"; fwd=miss"], .miss), (["Cache-Status: a"], .unsaid),
        (["Age: 12"], .hit), (["Age: 0"], .unsaid), (["Age: x"], .unsaid), (["Age: -1"], .unsaid),
        (["X-Varnish: 32770 3"], .hit), (["X-Varnish: 32770"], .miss), (["X-Varnish: hit me"], .unsaid),
        (["X-Cache: HIT"], .hit), (["x-cache: Hit from cloudfront"], .hit), (["X-Cache: MISS, HIT"], .hit),
        (["X-Cache: RefreshHit from cloudfront"], .hit), (["X-Cache: TCP_MISS"], .miss), (["X-Cache: MISS"], .miss),
        (["CF-Cache-Status: HIT"], .hit), (["CF-Cache-Status: DYNAMIC"], .miss), (["CF-Cache-Status: EXPIRED"], .miss),
        (["X-Cache-Status: REVALIDATED"], .hit), (["X-Cache-Status: BYPASS"], .miss), (["X-Cache-Status: STALE"], .hit),
        (["X-Cache: MISS", "X-Varnish: 5 3"], .hit), (["X-Varnish: 5", "Age: 0"], .miss), ([], .unsaid),
        (["X-Cache: \u{FFFD}\u{1B}"], .unsaid), (["Cache-Status: ;;,,\"\"\""], .unsaid),
    ])
    func `by what caches write`(lines: [String], use: CacheUse) {
        let headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return HTTPHeader(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        let answer = CacheAnswer(headers)
        #expect(answer.use == use)
        #expect((answer.evidence != nil) == (use != .unsaid))
    }
}

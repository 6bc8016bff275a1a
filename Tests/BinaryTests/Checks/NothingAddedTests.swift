import Host
import TestSupport
import Testing

/// RELIABILITY S18: libcurl adds nothing by itself.
@Suite struct `What a check sends` {
    @Test func `holds no password of a .netrc and no cookie that an answer set`() throws {
        let server = try LoopbackServer()
        let scratch = try ScratchDirectory()
        let rehearse = RehearseBinary(in: scratch.path)
        for name in [".netrc", "_netrc"] {
            try scratch.write(
                "machine 127.0.0.1 login me password tell-nobody\ndefault login me password x\n", to: name)
        }
        let head = "HTTP/1.1 200 OK\r\nSet-Cookie: id=1; Path=/\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
        let cookie = server.url("/raw?" + head.utf8.map { String(0x100 + Int($0), radix: 16).dropFirst() }.joined())
        for words in [
            ["http", server.url("/plain")], ["http", cookie, "--expect-header", "Set-Cookie"],
            ["measure", cookie, "--requests", "20", "--warmup", "5", "--concurrency", "1"],
            ["security", cookie, cookie, "--absent", "X-Debug"],
        ] {
            let answer = rehearse.run([RehearseBinary.path, "check"] + words)
            #expect(answer.status == 0, "\(answer)")
        }
        let log = try HTTP.live().perform(HTTPRequest(url: server.url("/log"))).get()
        let sent = String(decoding: log.body, as: UTF8.self)
        #expect(sent.split(separator: "\n").count >= 28)
        #expect(!sent.lowercased().contains("authorization") && !sent.contains("\"Cookie\""), "\(sent)")
    }

    /// Redirects are answers: nobody is asked whom the check does not name.
    @Test(arguments: ["http", "cache", "logged_in", "purge", "measure", "security"])
    func `goes where the check says and nowhere else`(kind: String) throws {
        let (server, other) = (try LoopbackServer(), try LoopbackServer())
        let scratch = try ScratchDirectory()
        try Files.live.makeDirectory(scratch("environments"), 0o755)
        try scratch.write(
            "environment: test\nurl: \(server.url("/"))\nsecrets: {TOKEN: {env: TOKEN}}\n", to: "environments/test.yaml"
        )
        let page = "/redirect?302&to=\(other.url("/taken"))"
        try scratch.write(
            "rules: [{name: r, description: d, cached: ['\(page)'], bypass: [{cookie: a=b}]}]\n", to: "cache.yaml")
        let words: [String: [String]] = [
            "http": [page, "--header", "Authorization: Bearer ${TOKEN}"], "cache": ["cache.yaml"],
            "logged_in": [page, "--cookie", "s=TOKEN", "--marker", "m"],
            "purge": [page, "--provider", "varnish", "--token", "TOKEN"],
            "measure": [page, "--requests", "20", "--header", "X-Key: ${TOKEN}"],
            "security": [page, "--redirect", server.url(page), "--header", "X-Key: ${TOKEN}"],
        ]
        let rehearse = RehearseBinary(in: scratch.path, ["TOKEN": "tell-nobody"])
        let answer = rehearse.run(
            [RehearseBinary.path, "check", kind] + (words[kind] ?? []) + ["-e", "test", "--timeout", "3s"])
        #expect([0, 1].contains(answer.status), "\(answer)")
        let logs = try [server, other].map { server in
            let log = try HTTP.live().perform(HTTPRequest(url: server.url("/log"))).get()
            return String(decoding: log.body, as: UTF8.self)
        }
        #expect(logs[0].contains("/redirect"), "\(answer)")
        #expect(logs[1].isEmpty, "\(logs[1])")
    }
}

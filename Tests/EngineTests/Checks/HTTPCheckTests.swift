import Deployment
import Engine
import Host
import Testing

@Suite struct `Checking an answer` {
    @Test func `everything that is not as expected is found at once, with the evidence`() throws {
        let web = ScriptedWeb()
        let settings = """
            {url: /a, headers: {Authorization: "Bearer ${TOKEN}"}, expect: {status: 200, headers: {X-A: "1", X-B: {absent: true}},
             body: {matches: ok}, json: {n: 2, s.0: x, gone: null}}}
            """
        let (report, lines) = try web.run(.http, settings, secrets: ["TOKEN": "tell-nobody"]) { request, _ in
            #expect(request.headers.value("Authorization") == "Bearer tell-nobody")
            return .success(
                .answer(500, #"{"n": 2.0, "s": ["y"], "echo": "tell-nobody"}"#, ["X-A": "2", "X-B": "tell-nobody"]))
        }
        #expect(
            report.findings.map(\.what) == [
                "status 500", "X-A is `2`", "X-B is `tell-nobody`", "the body says something else", "`s.0` is \"y\"",
                "`gone` is not there",
            ])
        let text = lines.joined(separator: "\n")
        #expect(!text.contains("tell-nobody"))
        #expect(text.contains("[secret TOKEN]"))
        #expect(
            text.contains(
                #"again: curl -sS -i --max-time 10 -H 'Authorization: Bearer '"$TOKEN" 'http://shop.test/a'"#),
            "\(text)")
        #expect(report.metrics["status"] == "500" && report.metrics["attempts"] == "1")
    }

    @Test func `what is not ready is asked again, and every attempt is told`() throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.http, "{url: /a, retry_for: 10s}") { _, number in
            switch number {
            case 1: .failure(HTTPFailure(.connect, "refused"))
            case 2: .failure(HTTPFailure(.cut, "reset", partial: .answer(200, "half")))
            case 3: .success(.answer(503))
            default: .success(.answer(200))
            }
        }
        #expect(report.hasPassed)
        #expect(report.metrics["attempts"] == "4")
        #expect(web.said.count == 4)
        #expect(web.said[0].contains("no connection: refused") && web.said[2].contains("status 503"))
    }

    @Test func `asking again ends with its time, and what is no waiting matter is not asked again`() throws {
        let patient = ScriptedWeb()
        let (late, _) = try patient.run(.http, "{url: /a, retry_for: 3s}") { _, _ in .success(.answer(503)) }
        #expect(late.findings.map(\.what) == ["status 503"])
        #expect((3...20).contains(patient.asked.count))
        let once = ScriptedWeb()
        let (_, _) = try once.run(.http, "{url: /a, retry_for: 3s}") { _, _ in .success(.answer(404)) }
        #expect(once.asked.count == 1)
        let refused = ScriptedWeb()
        _ = try refused.run(.http, "{url: /a, retry_for: 3s}") { _, _ in .failure(HTTPFailure(.tls, "self-signed")) }
        #expect(refused.asked.count == 1)
    }

    @Test func `the check's own time bounds each request and all of them`() throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.http, "{url: /a, retry_for: 1h, timeout: 1h}", limit: .seconds(5)) {
            request, _ in
            #expect(request.limits.total <= .seconds(5))
            return .success(.answer(503))
        }
        #expect(!report.hasPassed)
        #expect(web.asked.count < 20)
    }

    // MARK: - Redirects

    @Test func `a redirect is the answer unless it is to be followed`() throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.http, "{url: /a, expect: {status: 302}}") { _, _ in
            .success(.answer(302, "", ["Location": "/b"]))
        }
        #expect(report.hasPassed && web.asked.count == 1)
    }

    @Test func `credentials stay behind when a redirect leads to another origin`() throws {
        let web = ScriptedWeb()
        let settings = """
            {url: /a, redirects: 3, headers: {Authorization: plain, Cookie: a=1, X-Api-Key: "${TOKEN}", Accept: text/html}}
            """
        let (report, _) = try web.run(.http, settings, secrets: ["TOKEN": "tell-nobody"]) { request, number in
            switch number {
            case 1: .success(.answer(302, "", ["Location": "/b"]))
            case 2: .success(.answer(307, "", ["Location": "https://other.test/c"]))
            default: .success(.answer(200))
            }
        }
        #expect(report.hasPassed)
        let names = web.asked.map { $0.headers.map(\.name) }
        #expect(names[1] == ["Authorization", "Cookie", "X-Api-Key", "Accept", "User-Agent"])
        #expect(names[2] == ["Accept", "User-Agent"])
    }

    @Test(arguments: [
        ("https://shop.test/a", "http://shop.test/b", "a redirect from https to http"),
        ("http://shop.test/a", "file:///etc/passwd", "a redirect to a URL that is neither http: nor https:"),
        ("http://shop.test/a", "http://u:p@shop.test/", "a redirect to a URL that holds a user or a password"),
        ("http://shop.test/a", "http://shop.test/a", "more redirects than are followed"),
        ("http://shop.test/a", "", "a redirect to nowhere"),
    ])
    func `a redirect that may not be followed is told`(url: String, location: String, why: String) throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.http, "{url: '\(url)', redirects: 3}") { _, _ in
            .success(.answer(302, "", ["Location": location]))
        }
        #expect(report.findings.first?.what.hasSuffix(why) == true, "\(report.findings)")
        #expect(web.asked.count <= 4)
    }

    @Test func `a body is not sent on to another origin`() throws {
        let web = ScriptedWeb()
        let (report, _) = try web.run(.http, "{url: /a, redirects: 1, body: x}") { _, _ in
            .success(.answer(307, "", ["Location": "http://other.test/"]))
        }
        #expect(web.asked.count == 1 && !report.hasPassed)
        let moved = ScriptedWeb()
        _ = try moved.run(.http, "{url: /a, redirects: 1, body: x}") { _, number in
            number == 1 ? .success(.answer(303, "", ["Location": "/b"])) : .success(.answer())
        }
        #expect(moved.asked.map(\.method) == ["POST", "GET"] && moved.asked[1].body.isEmpty)
    }

    // MARK: - Evidence

    @Test func `what a body holds is shown, and obeyed by nobody`() throws {
        let web = ScriptedWeb()
        let body =
            "\u{1B}[2J\u{1B}]0;x\u{7}\n::error::injected\n  ::set-output name=a::b\nx ##[error]y\r\n\u{9B}\u{202E}"
        let (_, lines) = try web.run(.http, "{url: /a, expect: {status: 201}}") { _, _ in
            .success(.answer(200, body, ["X": "a\u{1B}b"]))
        }
        let text = lines.joined(separator: "\n")
        #expect(
            text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x9B })
        for line in lines {
            #expect(!line.drop { $0 == " " }.hasPrefix("::") && !line.contains("##["))
        }
        #expect(text.contains("^[[2J") && text.contains(": :error::injected") || text.contains("| ::error"))
    }

    @Test func `four KiB of a body are kept, and a secret is not cut in two`() throws {
        let web = ScriptedWeb()
        let secret = String(repeating: "s", count: 40) + "ecret"
        let body = String(repeating: "x", count: 4_090) + secret + String(repeating: "y", count: 4_000)
        let (_, lines) = try web.run(
            .http, #"{url: /a, headers: {X: "${TOKEN}"}, expect: {status: 201}}"#, secrets: ["TOKEN": secret]
        ) { _, _ in .success(.answer(200, body)) }
        let text = lines.joined(separator: "\n")
        #expect(!text.contains("ssss") && !text.contains("yyyy"))
        #expect(text.contains("… of "))
    }
}

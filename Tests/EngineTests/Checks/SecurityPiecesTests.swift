import Deployment
import Diagnostics
import Host
import TestSupport
import Testing

@testable import Engine

@Suite struct `The pieces of a security check` {
    @Test(arguments: [
        ("a=b; Secure; HttpOnly; SameSite=Lax", true, true, "lax"), ("a=b", false, false, nil),
        ("a=b;secure;httponly;samesite=Strict", true, true, "strict"), ("a=b; Path=/; SameSite=", false, false, ""),
        ("a=Secure; HttpOnly", false, true, nil), ("", false, false, nil), (";;;=", false, false, nil),
        ("a=b; SameSite=None; SameSite=Lax", false, false, "lax"),
    ])
    func `cookie attributes are read, values never`(_ line: String, _ secure: Bool, _ http: Bool, _ site: String?) {
        let cookie = SetCookie(line)
        #expect(cookie.isSecure == secure && cookie.isHTTPOnly == http && cookie.sameSite == site)
    }

    @Test(arguments: [
        ("Nov 21 14:56:07 2026 GMT", "2026-11-21T14:56:07.000Z"),
        ("Jan  1 00:00:00 2030 GMT", "2030-01-01T00:00:00.000Z"),
        ("2026-11-21 14:56:07 GMT", "2026-11-21T14:56:07.000Z"),
    ])
    func `dates of certificates are read`(_ text: String, _ expected: String) {
        #expect(CertificateDate.read(text)?.description == expected)
    }

    @Test(arguments: [
        "", "never", "Foo 21 14:56:07 2026 GMT", "Nov 99 14:56:07 2026 GMT", "Nov 21 2026", "- -", "Nov 21 x 2026",
    ])
    func `what is no date is none, and no crash`(_ text: String) { #expect(CertificateDate.read(text) == nil) }

    @Test func `an upload is one form with one file, and its curl command sends the same bytes`() throws {
        let png = try #require(FileSample.of("image/png"))
        let file = UploadedFile(field: "file", name: "probe.png", type: "image/png", content: png, size: 1_000)
        #expect(file.form.count > 1_000 && file.form.count < 1_300)
        let printed = Host.live().processes.capture(
            Command(["/bin/sh", "-c", file.curlSource], environment: ["PATH": "/usr/bin:/bin"], directory: "/"),
            ProcessLimits(timeout: .seconds(10)))
        #expect(printed.standardOutput == png.bytes(1_000))
        let html = try #require(FileSample.of("text/html"))
        let text = UploadedFile(field: "file", name: "probe.html", type: "text/html", content: html, size: 500)
        let shown = Host.live().processes.capture(
            Command(["/bin/sh", "-c", text.curlSource], environment: ["PATH": "/usr/bin:/bin"], directory: "/"),
            ProcessLimits(timeout: .seconds(10)))
        #expect(shown.standardOutput == html.bytes(500))
    }

    @Test func `lines that look like secrets are found by number`() {
        let token = "ghp_" + String(repeating: "a1", count: 18)
        let found = SecretLines.find(in: Array("one\ntwo \(token)\n\nhttp://u:hunter22@h/\n".utf8))
        #expect(found.map(\.line) == [2, 4])
    }

    @Test func `turns give each side the same number of requests, in pairs`() {
        for (requests, concurrency) in [(1, 1), (300, 4), (1_000, 8), (1_001, 64)] {
            let turns = MeasureTurns(requests: requests, concurrency: concurrency, seed: 3)
            let sides = (0..<turns.requests).map(turns.isNow)
            #expect(sides.count { $0 } * 2 == turns.requests)
            #expect(turns.requests / 2 >= requests)
            for turn in 0..<turns.count {
                let pair = sides[(turn * 2 * turns.size)..<((turn + 1) * 2 * turns.size)]
                #expect(pair.count { $0 } == turns.size)
            }
        }
    }
}

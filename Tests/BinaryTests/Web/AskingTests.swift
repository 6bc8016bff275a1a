import Host
import TestSupport
import Testing

/// Servers for all tests here; they end with the test program.
///
/// These are tests of `Host`, and here because they start programs that outlive a test: its own tests have exit tests, which
/// wait for ever when anything else of the test program has just ended.
private enum Shared {
    static let plain = Result { try LoopbackServer() }
    static let certificate = Result { try ThrowAwayCertificate() }
    static let secure = Result { try LoopbackServer(certificate: try certificate.get()) }
    static let http = HTTP.live()
}

private func url(_ path: String) throws -> String { try Shared.plain.get().url(path) }

private func perform(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> { Shared.http.perform(request) }

private func get(_ path: String, _ limits: HTTPLimits = HTTPLimits(total: .seconds(10))) throws -> HTTPResponse {
    try perform(HTTPRequest(url: try url(path), limits: limits)).get()
}

private func failure(_ request: HTTPRequest) -> HTTPFailure? {
    guard case .failure(let failure) = perform(request) else { return nil }
    return failure
}

private func text(_ response: HTTPResponse?) -> String { String(decoding: response?.body ?? [], as: UTF8.self) }

@Suite(.serialized) struct `Asking a server` {
    @Test func `the answer has its status, headers in order, body and times`() throws {
        let answer = try get("/plain")
        #expect(answer.status == 200)
        #expect(answer.version == "1.1")
        #expect(answer.headers.map(\.name) == ["Content-Length", "Content-Type", "X-Kind"])
        #expect(answer.headers.value("x-kind") == "plain")
        #expect(text(answer) == "hello\n")
        #expect(answer.bodyBytes == 6)
        #expect(answer.remoteAddress == "127.0.0.1:\(try Shared.plain.get().port)")
        #expect(answer.tls == nil && answer.proxy == nil && !answer.isConnectionReused)
        #expect(answer.times.connect > 0 && answer.times.firstByte >= answer.times.connect)
        #expect(answer.times.total >= answer.times.firstByte)
    }

    @Test func `what is sent is the method, the headers and the body, and nothing is added to them`() throws {
        let headers = [HTTPHeader("X-Own", "a b"), HTTPHeader("X-Empty", ""), HTTPHeader("Cookie", "a=1")]
        let request = HTTPRequest("PUT", url: try url("/echo"), headers: headers, body: Array("payload\0end".utf8))
        let said = text(try perform(request).get())
        #expect(said.contains(#""method": "PUT""#))
        #expect(said.contains(#""body": "payload\u0000end""#))
        for part in [#"["X-Own", "a b"]"#, #"["X-Empty", ""]"#, #"["Cookie", "a=1"]"#, #"["Content-Length", "11"]"#] {
            #expect(said.contains(part), "\(part) in \(said)")
        }
        for name in ["Expect", "Content-Type", "User-Agent", "Authorization"] { #expect(!said.contains("\"\(name)\"")) }
    }

    @Test func `a HEAD has no body, and one of our own method is sent as it is`() throws {
        let head = try perform(HTTPRequest("HEAD", url: try url("/plain"))).get()
        #expect(head.status == 200 && head.body.isEmpty)
        let purge = try perform(HTTPRequest("PURGE", url: try url("/echo"))).get()
        #expect(text(purge).contains(#""method": "PURGE""#))
    }

    @Test func `interim answers are passed over`() throws {
        let answer = try get("/interim")
        #expect(answer.status == 200)
        #expect(answer.headers.values("Link").isEmpty && answer.headers.value("X-Final") == "yes")
    }

    @Test func `lines that are out of order in every way are read as far as they can be`() throws {
        let answer = try get("/odd")
        #expect(text(answer) == "ok")
        #expect(answer.headers.value("X-Bytes") == "a\u{FFFD}\u{FFFD}b")
        #expect(answer.headers.values("x-twice") == ["1", "2"])
        #expect(answer.headers.value("X-Empty") == "")
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect is an answer and is not followed`(status: Int) throws {
        let answer = try get("/redirect?\(status)&to=/plain")
        #expect(answer.status == status)
        #expect(answer.headers.value("Location") == "/plain")
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "http://user:pass@127.0.0.1/",
        "http://user@127.0.0.1/", "https:\\\\user@host/", "not a url", "", "http://ho st/", "//host/", "dict://x",
    ])
    func `what is no plain http or https URL is refused before anything is sent`(url: String) {
        let refused = failure(HTTPRequest(url: url, limits: HTTPLimits(total: .seconds(2))))
        #expect(refused?.cause == .request)
        #expect(refused?.detail.contains("pass@") == false)
    }

    @Test(arguments: ["a\r\nInjected: 1", "a\nb", "a\0b", "\u{7F}"])
    func `a header that would become two is refused and not shown`(value: String) throws {
        let refused = failure(HTTPRequest(url: try url("/echo"), headers: [HTTPHeader("X-Secret", value)]))
        #expect(refused?.cause == .request)
        #expect(refused?.detail == "the header `X-Secret` holds a line break or another control character")
        #expect(failure(HTTPRequest("GE T", url: try url("/echo")))?.cause == .request)
        #expect(failure(HTTPRequest(url: try url("/echo"), headers: [HTTPHeader("X: y", "1")]))?.cause == .request)
    }

    // MARK: - Bounds

    @Test(arguments: ["/never", "/trickle"])
    func `a server that does not come to an end meets the time limit`(path: String) throws {
        let start = ContinuousClock.now
        let failed = try #require(
            failure(HTTPRequest(url: try url(path), limits: HTTPLimits(total: .milliseconds(400)))))
        #expect(failed.cause == .timeout)
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(failed.partial?.status == (path == "/trickle" ? 200 : nil))
    }

    @Test func `a body without end meets the cap, and what came first is kept`() throws {
        let failed = try #require(failure(HTTPRequest(url: try url("/endless"))))
        #expect(failed.cause == .tooLarge)
        #expect(failed.detail == "more than 1048576 bytes of body")
        #expect(failed.partial.map { $0.body.count <= 1 << 20 && $0.body.count > 500_000 } == true)
    }

    @Test func `header lines without end meet a cap`() throws {
        let failed = try #require(failure(HTTPRequest(url: try url("/heads"))))
        #expect([.tooLarge, .protocol, .cut].contains(failed.cause), "\(failed)")
    }

    @Test func `the body is counted whole and kept as far as asked`() throws {
        let answer = try get("/plain", HTTPLimits(kept: 2))
        #expect(text(answer) == "he")
        #expect(answer.bodyBytes == 6 && answer.isTruncated)
        #expect(try get("/plain", HTTPLimits(kept: 0)).body.isEmpty)
        let tight = failure(HTTPRequest(url: try url("/plain"), limits: HTTPLimits(body: 5)))
        #expect(tight?.cause == .tooLarge)
    }

    // MARK: - Failures

    @Test func `each way to fail has its cause, and the answer as far as it came`() throws {
        let cut = try #require(failure(HTTPRequest(url: try url("/cut"))))
        #expect(cut.cause == .cut && cut.partial?.status == 200)
        #expect(text(cut.partial) == "only this")
        #expect(failure(HTTPRequest(url: try url("/reset")))?.cause == .cut)
        #expect(failure(HTTPRequest(url: try url("/nothing")))?.cause == .cut)
        #expect(failure(HTTPRequest(url: try url("/garbage")))?.cause == .protocol)
        #expect(failure(HTTPRequest(url: "http://127.0.0.1:1/"))?.cause == .connect)
        #expect(failure(HTTPRequest(url: "http://name.invalid/"))?.cause == .resolve)
    }

    @Test func `a turned switch ends it at once`() throws {
        let stop = StopSwitch()
        stop.turnOn()
        #expect(failure(HTTPRequest(url: try url("/never"), stopSwitch: stop))?.cause == .interrupted)
    }

    @Test func `connecting elsewhere keeps the name in the request`() throws {
        let server = try Shared.plain.get()
        let request = HTTPRequest(url: "http://shop.example/echo", connectTo: "127.0.0.1:\(server.port)")
        #expect(text(try perform(request).get()).contains(#"["Host", "shop.example"]"#))
    }
}

@Suite(.serialized) struct `Asking over TLS` {
    private static func request(_ server: LoopbackServer, _ tls: TLSOptions, host: String = "localhost") -> HTTPRequest
    {
        HTTPRequest(url: server.url("/plain", host: host), limits: HTTPLimits(total: .seconds(10)), tls: tls)
    }

    @Test func `a trusted certificate is accepted, and told`() throws {
        let authority = try Shared.certificate.get().authority
        let answer = try perform(Self.request(try Shared.secure.get(), TLSOptions(authorities: authority))).get()
        #expect(answer.status == 200)
        let tls = try #require(answer.tls)
        let own = try #require(tls.certificates.first)
        #expect(own.subject.hasSuffix("localhost") && own.issuer.hasSuffix("Throw-away authority"))
        #expect(own.notAfter.hasSuffix("GMT") && own.notBefore.hasSuffix("GMT"))
        #expect(["TLSv1.3", ""].contains(tls.version))
    }

    @Test func `one from an unknown authority is refused, unless whoever asks takes any`() throws {
        let server = try Shared.secure.get()
        #expect(failure(Self.request(server, TLSOptions()))?.cause == .tls)
        #expect(try perform(Self.request(server, TLSOptions(isVerified: false))).get().status == 200)
    }

    @Test func `one that has expired is refused, and its dates can be had without trusting it`() throws {
        let certificate = try ThrowAwayCertificate(days: -1)
        let server = try LoopbackServer(certificate: certificate)
        let failed = failure(Self.request(server, TLSOptions(authorities: certificate.authority)))
        #expect(failed?.cause == .tls)
        #expect(failed?.detail.contains("expired") == true, "\(String(describing: failed))")
        let shown = try perform(Self.request(server, TLSOptions(isVerified: false))).get()
        #expect(shown.tls?.certificates.first?.notAfter.hasSuffix("GMT") == true)
    }

    @Test func `one for another name is refused`() throws {
        let certificate = try ThrowAwayCertificate(names: "DNS:other.example", subject: "/CN=other.example")
        let server = try LoopbackServer(certificate: certificate)
        #expect(failure(Self.request(server, TLSOptions(authorities: certificate.authority)))?.cause == .tls)
    }

    @Test func `versions outside what was asked for are not agreed on`() throws {
        let certificate = try Shared.certificate.get()
        let old = try LoopbackServer("--only-tls-1.2", certificate: certificate)
        let trusted = TLSOptions(authorities: certificate.authority)
        #expect(["TLSv1.2", ""].contains(try perform(Self.request(old, trusted)).get().tls?.version))
        var modern = trusted
        modern.minimum = .tls13
        #expect(failure(Self.request(old, modern))?.cause == .tls)
        var ancient = TLSOptions(isVerified: false, minimum: .tls10, maximum: .tls11)
        ancient.authorities = nil
        #expect(failure(Self.request(try Shared.secure.get(), ancient))?.cause == .tls)
    }

    @Test(arguments: [
        "/CN=\u{1B}[2J::error::x", "/CN=ünïcode \u{202E} name/O=\(String(repeating: "o", count: 60))",
        "/O=no name at all",
        "/C=XX/ST=a:b:c/L=x=y/O=::error::/OU=1+2/CN=*",
    ])
    func `strange certificates are read without harm`(subject: String) throws {
        let certificate = try ThrowAwayCertificate(subject: subject)
        let server = try LoopbackServer(certificate: certificate)
        let answer = try perform(Self.request(server, TLSOptions(authorities: certificate.authority))).get()
        #expect(answer.tls?.certificates.first?.subject.isEmpty == false)
    }

    @Test func `noise in place of a handshake is a failure like others`() throws {
        let server = try LoopbackServer("--babble")
        for _ in 0..<60 {
            let url = "https://127.0.0.1:\(server.port)/"
            let failed = failure(
                HTTPRequest(
                    url: url, limits: HTTPLimits(total: .seconds(3)), tls: TLSOptions(isVerified: false)))
            #expect([.tls, .cut, .timeout].contains(failed?.cause), "\(String(describing: failed))")
        }
    }
}

@Suite(.serialized) struct `Asking many times` {
    @Test func `connections are used again, and every request is told once`() throws {
        var events: [HTTPLoadEvent] = []
        let load = HTTPLoad([HTTPRequest(url: try url("/plain"))], count: 200, pace: .concurrency(4))
        let ending = Shared.http.performMany(load) {
            events.append($0)
            return true
        }
        #expect(ending == .finished)
        #expect(events.map(\.number).sorted() == Array(0..<200))
        let answers = events.compactMap { try? $0.result.get() }
        #expect(answers.count == 200)
        #expect(answers.count { !$0.isConnectionReused } <= 4)
        #expect(events.allSatisfy { $0.intended == $0.started && $0.ended > $0.started })
    }

    @Test func `a fixed rate keeps its instants, and waiting for a slow server is counted`() throws {
        var events: [HTTPLoadEvent] = []
        let load = HTTPLoad(
            [HTTPRequest(url: try url("/slow/0.2"))], count: 4, pace: .rate(100, atMost: 1))
        let ending = Shared.http.performMany(load) {
            events.append($0)
            return true
        }
        #expect(ending == .finished)
        #expect(events.map(\.intended) == [0, 10_000_000, 20_000_000, 30_000_000])
        #expect(events.allSatisfy { $0.started >= $0.intended })
        // One after the other at 0.2 s each, although they were due at once.
        #expect(events.last.map { $0.ended - $0.intended > 600_000_000 } == true)
    }

    @Test func `targets take turns, or go by the caller's choice`() throws {
        let targets = [HTTPRequest(url: try url("/plain")), HTTPRequest(url: try url("/status/404"))]
        var seen: [Int] = []
        let turns = HTTPLoad(targets, count: 4, pace: .concurrency(1))
        _ = Shared.http.performMany(turns) { event in
            seen.append((try? event.result.get().status) ?? 0)
            return true
        }
        #expect(seen == [200, 404, 200, 404])
        seen = []
        let chosen = HTTPLoad(targets, count: 3, pace: .concurrency(1), target: { $0 == 0 ? 1 : 0 })
        _ = Shared.http.performMany(chosen) { event in
            seen.append((try? event.result.get().status) ?? 0)
            return true
        }
        #expect(seen == [404, 200, 200])
    }

    @Test func `whoever watches can end it, and nothing is no error`() throws {
        var count = 0
        let load = HTTPLoad([HTTPRequest(url: try url("/plain"))], count: 1_000, pace: .concurrency(8))
        let ending = Shared.http.performMany(load) { _ in
            count += 1
            return count < 10
        }
        #expect(ending == .enough && count == 10)
        let none = HTTPLoad([HTTPRequest(url: try url("/plain"))], count: 0, pace: .concurrency(1))
        #expect(Shared.http.performMany(none) { _ in true } == .finished)
    }

    @Test func `failures are told like answers, and the rest goes on`() throws {
        let targets = [
            HTTPRequest(url: try url("/cut")), HTTPRequest(url: "ftp://x/"), HTTPRequest(url: try url("/plain")),
        ]
        var causes: [HTTPFailure.Cause?] = []
        let ending = Shared.http.performMany(HTTPLoad(targets, count: 6, pace: .concurrency(1))) { event in
            if case .failure(let failure) = event.result { causes.append(failure.cause) } else { causes.append(nil) }
            return true
        }
        #expect(ending == .finished)
        #expect(causes == [.cut, .request, nil, .cut, .request, nil])
    }
}

import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows F1 to F5: checks over HTTP against servers that behave badly.
@Suite(.enabled(if: Tool.python, "python3 is not here"))
struct `Faults of servers` {
    /// A step that asks, with the canary in a header, between two that leave traces.
    private static func asking(
        _ url: String, _ more: String = "", environment: String = ""
    ) throws -> FaultProject {
        try FaultProject(
            [
                FaultStep.traced("before"),
                TracedStep(
                    whole: """
                          - id: ask
                            name: Ask
                            owner: tester
                            expect: it answers
                            secrets: [CANARY]
                            http: {url: "\(url)", headers: {Authorization: "Bearer ${CANARY}"}\(more)}

                        """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n")),
                FaultStep.traced("after"),
            ], ceiling: .seconds(15))
    }

    /// The run fails at the check with these words, says how to ask by hand, and is rolled back.
    private func expectFailure(
        _ project: FaultProject, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let answer = project.run()
        #expect(answer.status == 1, "\(answer)", sourceLocation: sourceLocation)
        let step = try project.step("ask")
        let what = step["failure"]?["what"]?.string ?? ""
        for word in words { #expect(what.contains(word), "\(word) in \(what)", sourceLocation: sourceLocation) }
        #expect(step["failure"]?["reason"]?.string == "check", sourceLocation: sourceLocation)
        let retry = step["failure"]?["retry"]?.string ?? ""
        #expect(retry.contains("curl -sS") && retry.contains("\"$CANARY\""), "\(retry)", sourceLocation: sourceLocation)
        #expect(project.trace == ["before", "undo-before"], sourceLocation: sourceLocation)
        project.holdInvariants(sourceLocation: sourceLocation)
    }

    @Test(arguments: ["/never", "/trickle"])
    func `F1: a server never comes to an end`(path: String) throws {
        let server = try LoopbackServer()
        let start = ContinuousClock.now
        try expectFailure(try Self.asking(server.url(path), ", timeout: 700ms"), "no answer in time")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `F1: a body without end`() throws {
        let server = try LoopbackServer()
        try expectFailure(try Self.asking(server.url("/endless")), "too much: more than 1048576 bytes of body")
    }

    @Test(arguments: ["self-signed", "expired", "another name"])
    func `F2: a certificate that is not to be trusted`(kind: String) throws {
        let certificate = try ThrowAwayCertificate(
            names: kind == "another name" ? "DNS:other.example" : "DNS:localhost,IP:127.0.0.1",
            days: kind == "expired" ? -1 : 30)
        let server = try LoopbackServer(certificate: certificate)
        let trust = kind == "self-signed" ? "" : ", ca: \(certificate.authority)"
        try expectFailure(try Self.asking(server.url("/plain"), trust), "no trusted encryption")
        // The one that was asked is taken on demand, and that is on record.
        let open = try Self.asking(server.url("/plain"), trust + ", insecure: true")
        #expect(open.run().status == 0)
        let step = try open.step("ask")
        #expect(step["metrics"]?["insecure"]?.string == "true")
        #expect(step["action"]?["check"]?["insecure"]?.boolean == true)
        let log = try String(decoding: open.bytes(of: "steps/02-ask.log"), as: UTF8.self)
        #expect(log.contains("certificate not verified"))
        open.holdInvariants()
    }

    @Test(arguments: [("file:///etc/passwd", "neither http: nor https:"), ("/redirect?302&to=/loop", "more redirects")])
    func `F3: a redirect that may not be followed`(target: String, why: String) throws {
        let server = try LoopbackServer()
        let to = target.hasSuffix("/loop") ? "/redirect?302&to=/redirect?302&to=/redirect?302&to=/redirect" : target
        try expectFailure(
            try Self.asking(server.url("/redirect?302&to=\(to)"), ", redirects: 3"),
            why == "more redirects" ? "redirect" : why)
        // Off by default: the redirect is the answer.
        let plain = try Self.asking(server.url("/redirect?302&to=\(to)"), ", expect: {status: 302}")
        #expect(plain.run().status == 0)
        plain.holdInvariants()
    }

    @Test func `F3: a redirect to another origin does not take the credential along`() throws {
        let (server, other) = (try LoopbackServer(), try LoopbackServer())
        let project = try Self.asking(
            server.url("/redirect?302&to=\(other.url("/echo"))"), ", redirects: 1, expect: {body: headers}")
        #expect(project.run().status == 0)
        let http = HTTP.live()
        let log = { (server: LoopbackServer) throws in
            String(decoding: try http.perform(HTTPRequest(url: server.url("/log"))).get().body, as: UTF8.self)
        }
        #expect(try log(server).contains("Authorization"))
        #expect(try log(other).contains("/echo") && !log(other).contains("Authorization"))
        project.holdInvariants()
    }

    @Test func `F4: nobody is there, and then a 503, and then an answer`() throws {
        let server = try LoopbackServer()
        let project = try Self.asking(server.url("/flaky/2"), ", retry_for: 10s")
        #expect(project.run().status == 0)
        #expect(try project.step("ask")["metrics"]?["attempts"]?.string == "3")
        let log = try String(decoding: project.bytes(of: "steps/02-ask.log"), as: UTF8.self)
        #expect(log.split(separator: "\n").count { $0.contains("status 503") } == 2)
        project.holdInvariants()
        try expectFailure(try Self.asking("http://127.0.0.1:1/", ", retry_for: 500ms"), "no connection")
        try expectFailure(try Self.asking(server.url("/reset"), ", retry_for: 300ms"), "the answer was cut off")
        try expectFailure(try Self.asking(server.url("/status/503"), ", retry_for: 500ms"), "status 503")
    }

    @Test func `F5: a body that a terminal or a CI server would obey`() throws {
        let server = try LoopbackServer()
        let project = try Self.asking(server.url("/control"), ", expect: {status: 201}")
        let answer = project("run", "work", "-e", "test", through: ["env", "GITHUB_ACTIONS=true"])
        #expect(answer.status == 1)
        let log = try project.bytes(of: "steps/02-ask.log")
        #expect(log.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F })
        for line in String(decoding: log, as: UTF8.self).split(separator: "\n") {
            #expect(!line.drop { $0 == " " }.hasPrefix("::") && !line.contains("##["))
        }
        project.holdInvariants()
    }

    /// What a server sends back of our own secret is hidden like everything else.
    @Test func `F5: a server that tells what it was sent`() throws {
        let server = try LoopbackServer()
        try expectFailure(try Self.asking(server.url("/echo"), ", expect: {status: 201}"), "status 200")
    }

    @Test(arguments: ["http://user:pw@127.0.0.1/", "http://user@127.0.0.1/"])
    func `F5: a password in a URL`(url: String) throws {
        let project = try Self.asking(url)
        let answer = project.run()
        #expect(answer.status == 2)
        #expect(answer.error.contains("password") && project.trace.isEmpty, "\(answer)")
        project.holdInvariants()
    }
}

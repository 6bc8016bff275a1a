import Host
import TestSupport
import Testing
import YAML

/// `check http`, `check cache`, `check logged_in` and `check purge` as a person types them.
@Suite struct `Checking what users see` {
    private let scratch: ScratchDirectory
    private let server: LoopbackServer

    init() throws {
        scratch = try ScratchDirectory()
        server = try LoopbackServer()
        for folder in ["environments", "runbooks"] { try Files.live.makeDirectory(scratch(folder), 0o755) }
        try scratch.write(
            """
            environment: test
            url: \(server.url("/"))
            values: {PAGE: plain}
            secrets: {TOKEN: {env: TOKEN}}

            """, to: "environments/test.yaml")
    }

    private func rehearse(_ words: String..., variables: [String: String] = [:]) -> RehearseBinary.Answer {
        let binary = RehearseBinary(in: scratch.path, ["TOKEN": "tell-nobody"].merging(variables) { $1 })
        return binary.run([RehearseBinary.path] + words)
    }

    @Test func `an answer as expected is exit 0 and one line`() {
        let answer = rehearse(
            "check", "http", "${PAGE}", "-e", "test", "--contains", "hello", "--expect-header", "X-Kind: plain",
            "--within", "10s")
        #expect(answer.status == 0)
        #expect(answer.output == "ok: 1 check, 1 request\n")
        #expect(answer.error.hasPrefix("GET \(server.url("/plain")): status 200 in "))
        #expect(rehearse("check", "http", server.url("/plain"), "-q").output == "")
    }

    @Test func `another answer is exit 1 with what was expected, what came, and how to ask again`() throws {
        let answer = rehearse(
            "check", "http", "/echo", "-e", "test", "--header", "Authorization: Bearer ${TOKEN}", "--expect-json",
            "method=POST", "--expect-json", "body=")
        #expect(answer.status == 1)
        #expect(answer.output.contains("`method` is \"GET\"\n  expected: \"POST\"\n"), "\(answer)")
        #expect(answer.output.contains(#"-H 'Authorization: Bearer '"$TOKEN""#))
        #expect(answer.output.contains("[secret TOKEN]") && !answer.output.contains("tell-nobody"))
        // What it prints to ask again can be pasted.
        let line = try #require(answer.output.split(separator: "\n").first { $0.contains("again: ") })
        let command = String(line.drop { $0 == " " }.dropFirst("again: ".count))
        let again = RehearseBinary(in: scratch.path, ["TOKEN": "tell-nobody"]).shell(command)
        #expect(again.output.contains("Bearer tell-nobody"), "\(command): \(again)")
    }

    @Test func `the same as a JSON document`() throws {
        let answer = rehearse("check", "http", "/status/404", "-e", "test", "--format", "json")
        #expect(answer.status == 1 && answer.error == "")
        let document = try JSONReader.read(Array(answer.output.utf8))
        #expect(document["passed"]?.boolean == false && document["kind"]?.string == "http")
        let error = try #require(document["errors"]?.sequence?.first)
        #expect(error["message"]?.string?.hasSuffix("status 404") == true)
        let request = try #require(error["requests"]?.sequence?.first)
        #expect(request["status"]?.integer == 404 && request["body"]?.string == "as asked\n")
        #expect(request["curl"]?.string?.hasPrefix("curl ") == true)
    }

    @Test(arguments: [
        (["check", "http", "/x"], "`/x` is relative"),
        (["check", "http", "http://u:p@127.0.0.1/"], "this URL holds a user or a password"),
        (["check", "http", "http://127.0.0.1/", "--header", "A: ${TOKEN}"], "TOKEN"),
        (["check", "http", "/x", "-e", "test", "--header", "A: ${TOKN}"], "TOKN"),
        (["check", "http", "/x?${TOKEN}", "-e", "test"], "`url` holds the secret `TOKEN`, which would be shown"),
        (["check", "http", "/x", "-e", "none"], "there is no environment `none`"),
        (["check", "purge", "/a/*", "-e", "test", "--provider", "varnish"], "is a wildcard"),
        (["check", "purge", "-e", "test", "--provider", "varnish"], "there is no route"),
        (["check", "purge", "/a", "-e", "test", "--provider", "fastly"], "fastly asks for a token"),
        (["check", "logged_in", "/a", "-e", "test", "--marker", "x"], "the credential has neither"),
        (["check", "cache", "none.yaml"], "cannot read none.yaml"),
    ])
    func `what cannot be asked is exit 2, and nothing is sent`(words: [String], message: String) throws {
        let binary = RehearseBinary(in: scratch.path, ["TOKEN": "tell-nobody"])
        let answer = binary.run([RehearseBinary.path] + words)
        #expect(answer.status == 2 && answer.output == "", "\(answer)")
        #expect(answer.error.contains(message) && !answer.error.contains("u:p@"), "\(answer)")
        let log = try HTTP.live().perform(HTTPRequest(url: server.url("/log"))).get()
        #expect(log.body.isEmpty)
    }

    @Test func `all that is wrong with a file of rules is told at once, with its places`() throws {
        try scratch.write(
            """
            rules:
              - name: one
                cached: [/a]
              - name: two
                description: second
                not_cached: []
                bypas: []

            """, to: "rules.yaml")
        let answer = rehearse("check", "cache", "rules.yaml", "-e", "test")
        #expect(answer.status == 2)
        for place in ["rules.yaml:2:5", "rules.yaml:4:5", "rules.yaml:7:5"] {
            #expect(answer.error.contains(place), "\(place) in \(answer.error)")
        }
        #expect(answer.error.contains("did you mean `bypass`?"))
    }

    @Test func `a machine without libcurl is told which package has it`() throws {
        // What the loader finds first is no library.
        for name in ["libcurl.so.4", "libcurl-gnutls.so.4"] { try scratch.write("", to: name) }
        let answer = rehearse("check", "http", "/plain", "-e", "test", variables: ["LD_LIBRARY_PATH": scratch.path])
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("apt-get install libcurl4"))
        // Everything else works all the same.
        #expect(rehearse("check", variables: ["LD_LIBRARY_PATH": scratch.path]).status == 0)
    }

    @Test func `a proxy is taken from the environment and told`() throws {
        let answer = rehearse(
            "check", "http", "http://shop.example/plain", "--format", "json",
            variables: ["http_proxy": "http://me:tell-nobody@127.0.0.1:\(server.port)"])
        #expect(answer.status == 0, "\(answer)")
        #expect(answer.output.contains("\"proxy\": \"http://127.0.0.1:\(server.port)\""), "\(answer)")
        #expect(!answer.output.contains("tell-nobody"))
    }

    @Test func `a signal ends it at once`() throws {
        let binary = RehearseBinary(in: scratch.path)
        let program = try binary.start("check", "http", server.url("/never"), "--timeout", "60s")
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            let log = try HTTP.live().perform(HTTPRequest(url: server.url("/log"))).get()
            if String(decoding: log.body, as: UTF8.self).contains("/never") { break }
        }
        program.send(15)
        #expect(try program.wait().status == 143)
    }
}

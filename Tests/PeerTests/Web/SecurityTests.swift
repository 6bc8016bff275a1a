import TestSupport
import Testing
import YAML

/// `check security` against the real service behind nginx with TLS: what is right passes, and each mistake is found.
@Suite(.serialized, .enabled(if: SecureStack.isThere, SecureStack.whyNot))
struct `A security check of the real service` {
    typealias Mistake = SecureStack.Mistake

    @Test func `passes where everything is as it should be, a line for each thing`() throws {
        let stack = try SecureStack()
        let answer = stack.security()
        #expect(answer.status == 0, "\(answer)")
        for name in [
            "header X-Content-Type-Options of /health", "debug headers of /health", "cookie session of /login",
            "certificate of localhost", "TLS older than 1.2", "redirect of http://localhost",
            "upload of one byte under the limit (65535 bytes): accepted", "upload of exactly the limit (65536 bytes)",
            "upload of one byte over the limit: refused with 413", "upload of a file of text/html: refused with 415",
            "that is called `probe.png` and image/png: refused with 415", "permissions of .env: 0600",
            "literal secrets in the project: none", "secrets in logs/server.log: none",
        ] {
            #expect(answer.error.contains("held: \(name)") || answer.error.contains(name), "\(name)\n\(answer)")
        }
        #expect(!answer.error.contains("NOT held"))
    }

    private static let token = "ghp_" + String(repeating: "a1", count: 18)

    @Test(arguments: [
        Mistake(
            name: "the proxy drops a header", finding: "header X-Content-Type-Options of /health: it is not there",
            nginx: ["@MISTAKE@": "proxy_hide_header X-Content-Type-Options;"]),
        Mistake(
            name: "a debug header", finding: "header X-Debug of /health: it is `upstream 10.0.0.7`",
            nginx: ["@MISTAKE@": "add_header X-Debug 'upstream 10.0.0.7';"]),
        Mistake(
            name: "a version in Server", finding: "header Server of /health: it tells a version",
            nginx: ["server_tokens off": "server_tokens on"], findings: 2),
        Mistake(
            name: "a cookie that scripts can read", finding: "cookie session of /login: without HttpOnly",
            nginx: ["Secure; HttpOnly; SameSite=Lax": "Secure; SameSite=Lax"]),
        Mistake(
            name: "a cookie for every site", finding: "cookie session of /login: without Secure, SameSite",
            nginx: ["Secure; HttpOnly; SameSite=Lax": "HttpOnly"]),
        Mistake(name: "an expired certificate", finding: "certificate has expired", days: -1, findings: 8),
        Mistake(name: "a certificate that ends soon", finding: "it ends in", days: 3),
        Mistake(
            name: "an old TLS", finding: "it is accepted: TLSv1.1",
            nginx: [
                "ssl_protocols TLSv1.2 TLSv1.3": "ssl_protocols TLSv1 TLSv1.1 TLSv1.2",
                "ssl_ciphers DEFAULT": "ssl_ciphers DEFAULT:@SECLEVEL=0",
            ]),
        Mistake(
            name: "no redirect to https", finding: "redirect of http://localhost",
            nginx: ["return 308 https://localhost:@PORT@$request_uri": "return 200 plain"]),
        Mistake(
            name: "a limit that is one too high", finding: "upload of one byte over the limit: status 201",
            maximum: SecureStack.maximum + 1),
        Mistake(
            name: "a limit that is one too low", finding: "upload of exactly the limit (65536 bytes): status 413",
            maximum: SecureStack.maximum - 1),
        Mistake(
            name: "a type that is judged by the file's name",
            finding: "upload of a file of text/html that is called `probe.png` and image/png: status 201",
            service: [
                "lambda head: judge(head, settings)":
                    "lambda head: \"image/png\" if b'.png\"' in chunk else judge(head, settings)"
            ]),
        Mistake(
            name: "an .env that everybody can read", finding: "permissions of .env: 0644, so that everybody",
            environmentFileMode: 0o644),
        Mistake(
            name: "a token in the project", finding: "notes.txt:2 holds what looks like an access token",
            projectLine: "token: \(token)"),
        Mistake(
            name: "a secret in the log", finding: "line 2 holds the secret `SESSION_SECRET`",
            logLine: "cookie signed with \(SecureStack.secret)"),
    ])
    func `finds the mistake, and that one only`(_ mistake: Mistake) throws {
        let stack = try SecureStack(mistake)
        let answer = stack.security()
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.output.contains(mistake.finding), "\(answer)")
        let failed = answer.output.split(separator: "\n").filter { $0.hasPrefix("failed: ") && !$0.contains("finding") }
        #expect(failed.count == mistake.findings, "\(answer)")
        #expect(answer.output.contains("again: "), "\(answer)")
        #expect(!answer.output.contains(Self.token) && !answer.error.contains(Self.token))
        #expect(!answer.output.contains(SecureStack.secret) && !answer.error.contains(SecureStack.secret))
    }
}

import TestSupport
import Testing
import YAML

/// A text that only a secret looks like, put together here so that no file of ours holds one.
struct LiteralSecret: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The part that must be printed nowhere.
    let hidden: String
    let kind: String

    init(_ what: String, _ text: String, hidden: String? = nil, as kind: String = "an access token") {
        testDescription = what
        self.text = text
        self.hidden = hidden ?? text
        self.kind = kind
    }

    private static func letters(_ count: Int) -> String {
        String(repeating: "aB3dE6gH", count: 13).prefix(count).description
    }

    static let all = [
        LiteralSecret(
            "a password in a URL", "postgres://app:" + "hunter2secret" + "@db/app", hidden: "hunter2secret",
            as: "a password in a URL"),
        LiteralSecret(
            "a token in a URL", "https://bot:" + letters(12) + "@git.example.com/x.git", hidden: letters(12),
            as: "a password in a URL"),
        LiteralSecret(
            "a private key", "-----BEGIN " + "RSA PRIVATE KEY----- MIIEow" + letters(20), hidden: letters(20),
            as: "a private key"),
        LiteralSecret("an AWS key", "AK" + "IA" + "IOSFODNN7EXAMPLE"),
        LiteralSecret("a GitHub token", "gh" + "p_" + letters(36)),
        LiteralSecret("a fine-grained GitHub token", "github_" + "pat_" + letters(30)),
        LiteralSecret("a GitLab token", "gl" + "pat-" + letters(20)),
        LiteralSecret("a Slack token", "xo" + "xb-" + letters(24)),
        LiteralSecret("a Stripe key", "sk_" + "live_" + letters(24)),
        LiteralSecret("a Google key", "AI" + "za" + letters(35)),
        LiteralSecret("an npm token", "np" + "m_" + letters(36)),
        LiteralSecret("a Docker token", "dckr_" + "pat_" + letters(27)),
        LiteralSecret(
            "a token in a command's words", "curl -H 'X-Token: gh" + "p_" + letters(36) + "' host", hidden: letters(36)),
        LiteralSecret(
            "a JSON web token",
            "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0." + letters(43), hidden: letters(43)),
    ]
}

@Suite struct `Finding secrets in files` {
    private func expectRefusal(_ secret: LiteralSecret, _ files: [String: String], at place: String) throws {
        let project = try CommandProject(CommandProject.small.merging(files) { $1 })
        var spoken: [String] = []
        for words in [
            ["check"], ["check", "--format", "json"], ["check", "--color", "always"], ["render", "staging"],
            ["diff", "staging", "production"], ["diff", "staging", "production", "--format", "json"],
            ["plan", "release", "-e", "staging"], ["plan", "release", "-e", "staging", "--format", "json"],
            ["run", "release", "-e", "staging", "-v"],
        ] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(!answer.output.contains(secret.hidden), "\(words)")
            #expect(!answer.error.contains(secret.hidden), "\(words)")
            spoken.append(answer.error)
        }
        #expect(
            spoken[0] == """
                error: this looks like \(secret.kind)
                 --> \(place)
                  the value is not shown
                  expected: the name of a secret and where its value comes from, never the value
                  retry: safe, nothing was started
                  next: move it under `secrets:`, and change the secret: it is in the history of this file

                1 error, 3 files checked

                """)
        let document = json(project.rehearse("check", "--format", "json").output)
        #expect(
            document["errors"]?.sequence?.compactMap { $0["message"]?.string } == [
                "this looks like \(secret.kind); the value is not shown"
            ])
        #expect(try project.contents()[".rehearse"] == nil)
    }

    @Test(arguments: LiteralSecret.all)
    func `one among an environment's values is an error that does not repeat it`(secret: LiteralSecret) throws {
        try expectRefusal(
            secret, ["environments/staging.yaml": "environment: staging\nvalues:\n  A: \"\(secret.text)\"\n"],
            at: "environments/staging.yaml:3:6")
    }

    @Test(arguments: LiteralSecret.all)
    func `one in a runbook is an error that does not repeat it`(secret: LiteralSecret) throws {
        let text = CommandProject.release.replacing("run: echo hello", with: "run: \"\(secret.text)\"")
        try expectRefusal(secret, ["runbooks/release.yaml": text], at: "runbooks/release.yaml:7:10")
    }

    @Test func `a secret's value in place of its source is not repeated`() throws {
        let text = "environment: staging\nsecrets:\n  TOKEN: correct-horse-battery\n"
        let project = try CommandProject(CommandProject.small.merging(["environments/staging.yaml": text]) { $1 })
        for words in [["check"], ["check", "--format", "json"], ["diff", "staging", "production"]] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(answer.status == 2)
            #expect(!(answer.output + answer.error).contains("battery"), "\(words)")
        }
    }

    @Test(arguments: [
        "postgres://app@db/app", "postgres://app:${DB_PASSWORD}@db/app", "https://example.com:8080/a@b",
        "registry.example.com/uploads:1.4.2", "ghp_short", "sha256:" + String(repeating: "0f", count: 32),
    ])
    func `what only resembles one is left alone`(text: String) throws {
        let file = "environment: staging\nvalues:\n  A: \"\(text)\"\n"
        let project = try CommandProject(["environments/staging.yaml": file])
        let answer = project.rehearse("check")
        #expect(answer.status == 0)
        #expect(answer.error == "")
    }
}

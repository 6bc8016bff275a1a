import Engine
import Testing

@Suite struct `Where a remote is` {
    @Test(arguments: [
        ("https://example.org/x.git", RemoteAddress.Transport.https), ("ssh://git@example.org/x.git", .ssh),
        ("git@example.org:team/x.git", .ssh), ("/srv/git/x.git", .file), ("../x.git", .file), ("./a:b", .file),
        ("/a:b", .file), ("file:///srv/x.git", .file), ("http://example.org/x", .other("http")),
        ("git://example.org/x", .other("git")), ("ext::sh -c id", .other("ext")),
        ("--upload-pack=id", .other("--upload-pack=id")),
        ("", .other("")),
    ])
    func `git's own spelling tells the transport`(_ text: String, _ transport: RemoteAddress.Transport) {
        #expect(RemoteAddress(text).transport == transport)
    }

    @Test func `a relative path is made absolute, nothing else is touched`() {
        #expect(RemoteAddress("../x.git").absolute(from: "/srv/work").text == "/srv/work/../x.git")
        #expect(RemoteAddress("x").absolute(from: "/").text == "/x")
        #expect(RemoteAddress("git@host:x").absolute(from: "/srv").text == "git@host:x")
        #expect(RemoteAddress("file:///x").absolute(from: "/srv").text == "file:///x")
    }

    @Test(arguments: [
        ("https://ada:hunter22@example.org/x", true), ("https://ghp_token@example.org/x", true),
        ("https://ada:hunt\"er'22@example.org/x", true), ("ssh://ada:hunter22@example.org/x", true),
        ("ssh://git@example.org/x", false),
        ("git@example.org:x", false), ("https://example.org/a@b", false), ("/srv/a@b", false),
    ])
    func `credentials are recognised`(_ text: String, _ holds: Bool) {
        #expect(RemoteAddress(text).holdsCredentials == holds)
    }

    @Test func `credentials are not shown`() {
        let words = "fatal: unable to access 'https://ada:p@ss@example.org/x/': see ssh://git@example.org/y"
        #expect(
            GitWords.shown(words)
                == "fatal: unable to access 'https://[credentials]@example.org/x/': see ssh://git@example.org/y")
    }

    @Test func `what a terminal would obey is not shown`() {
        #expect(!GitWords.shown("remote: \u{1B}[2Jgone\nnow").contains { $0 == "\u{1B}" || $0 == "\n" })
    }
}

@Suite struct `The variables of git` {
    @Test func `nothing asks, and nothing leads astray`() {
        let hardened = GitEnvironment.hardened([
            "PATH": "/bin", "GIT_DIR": "/other", "GIT_TRACE": "1", "GIT_ASKPASS": "/bin/ask", "SSH_ASKPASS": "/bin/ask",
            "GIT_CONFIG_COUNT": "0", "LC_ALL": "de_DE",
        ])
        #expect(hardened["GIT_TERMINAL_PROMPT"] == "0")
        #expect(hardened["GIT_ASKPASS"] == "")
        #expect(hardened["LC_ALL"] == "C")
        #expect(hardened["PATH"] == "/bin")
        #expect(hardened["GIT_CONFIG_COUNT"] == "0")
        for name in ["GIT_DIR", "GIT_TRACE", "SSH_ASKPASS"] { #expect(hardened[name] == nil) }
    }

    @Test(arguments: [(nil, "https:ssh:file"), ("ssh:ext:git", "ssh"), ("", "")])
    func `the caller may allow fewer transports, never more`(_ choice: String?, _ expected: String) {
        var variables: [String: String] = [:]
        variables["GIT_ALLOW_PROTOCOL"] = choice
        #expect(GitEnvironment.hardened(variables)["GIT_ALLOW_PROTOCOL"] == expected)
    }
}

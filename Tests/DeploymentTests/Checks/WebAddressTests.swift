import Deployment
import Testing

@Suite struct `Web addresses` {
    @Test(arguments: [
        ("http://Example.COM", "http://example.com/"), ("https://a:443/x?y=1#z", "https://a/x?y=1"),
        ("http://a:8080/b/../c/./d", "http://a:8080/c/d"), ("http://[::1]:80/x", "http://[::1]/x"),
        ("http://a?q", "http://a/?q"), ("HTTP://a/%41", "http://a/%41"), ("http://a/x:y@z", "http://a/x:y@z"),
        ("http://a/..", "http://a/"), ("http://a:/", "http://a/"),
    ])
    func `have one spelling`(text: String, expected: String) throws {
        #expect(try WebAddress(text).text == expected)
    }

    @Test(arguments: [
        ("/x", "https://h:1/x"), ("y", "https://h:1/a/y"), ("../y?z", "https://h:1/y?z"), ("?n", "https://h:1/a/b?n"),
        ("//o/p", "https://o/p"), ("http://o/p", "http://o/p"), ("#f", "https://h:1/a/b?q"), ("./", "https://h:1/a/"),
    ])
    func `that are relative start at their base`(text: String, expected: String) throws {
        #expect(try WebAddress(text, from: WebAddress("https://h:1/a/b?q")).text == expected)
    }

    @Test(arguments: [
        ("http://user:pw@h/", WebAddress.Problem.credentials), ("http://u@h/", .credentials),
        ("//u:p@h/", .credentials), ("file:///etc/passwd", .scheme), ("javascript:x", .scheme), ("http:/x", .host),
        ("http://", .host), ("http:///x", .host), ("http://a b/", .characters), ("http://ä/", .characters),
        ("http://h\\@x/", .characters), ("", .characters), ("http://h:0/", .port), ("http://h:99999/", .port),
        ("http://h:+1/", .port), ("http://h:1x/", .port), ("http://[::1/", .host), ("http://a%00/", .host),
    ])
    func `that are none say why`(text: String, problem: WebAddress.Problem) throws {
        let base = try WebAddress("http://base/")
        #expect(throws: problem) { try WebAddress(text, from: base) }
    }

    @Test func `that are relative need a base`() {
        #expect(throws: WebAddress.Problem.noBase) { try WebAddress("/x") }
    }

    @Test func `are of one origin when scheme, host and port are the same`() throws {
        let origin = try WebAddress("https://h/a").origin
        #expect(try WebAddress("https://H:443/b").origin == origin)
        for other in ["http://h/a", "https://h:444/a", "https://x.h/a"] {
            #expect(try WebAddress(other).origin != origin)
        }
    }
}

@Suite struct `Texts with secrets` {
    @Test func `show and quote secrets by name`() throws {
        let text = try #require(SecretText(template: "it's ${TOKEN} for $$5"))
        #expect(text.secrets == ["TOKEN"])
        #expect(text.plain == nil)
        #expect(text.shown == "it's $TOKEN for $5")
        #expect(text.shellWord == #"'it'\''s '"$TOKEN"' for $5'"#)
        #expect(text.filled { $0 == "TOKEN" ? "value" : nil } == "it's value for $5")
        #expect(text.filled { _ in nil } == nil)
    }

    @Test func `are nothing else than a name in braces`() {
        #expect(SecretText(template: "${A:-b}") == nil)
        #expect(SecretText(template: "a$$b")?.plain == "a$b")
    }
}

import Host
import Testing

@Suite struct `The proxy that the environment names` {
    @Test(
        arguments: [
            ("http://a.example/x", ["http_proxy": "http://p:3128"], "http://p:3128"),
            ("https://a.example/x", ["https_proxy": "http://p:1"], "http://p:1"),
            ("https://a.example/x", ["HTTPS_PROXY": "http://p:2"], "http://p:2"),
            ("HTTP://a.example/x", ["all_proxy": "socks5://p"], "socks5://p"),
            // A header of a CGI server's client would become this variable.
            ("http://a.example/x", ["HTTP_PROXY": "http://evil:1"], nil),
            ("http://a.example/x", [:], nil),
            ("http://a.example/x", ["http_proxy": ""], nil),
            ("http://a.example/x", ["http_proxy": "http://p", "no_proxy": "example"], nil),
            ("http://a.example:80/x", ["http_proxy": "http://p", "no_proxy": "b, .a.example"], nil),
            ("http://[::1]:80/x", ["http_proxy": "http://p", "NO_PROXY": "::1"], nil),
            ("http://a.example/x", ["http_proxy": "http://p", "no_proxy": "*"], nil),
            ("http://notexample/x", ["http_proxy": "http://p", "no_proxy": "example"], "http://p"),
        ] as [(String, [String: String], String?)])
    func `is the one that curl would take`(url: String, variables: [String: String], expected: String?) {
        #expect(HTTPProxy(for: url, variables)?.address == expected)
    }

    @Test func `is shown without its password`() {
        #expect(HTTPProxy(for: "http://a/", ["http_proxy": "http://me:secret@p:1/"])?.shown == "http://p:1/")
        #expect(HTTPProxy(for: "http://a/", ["http_proxy": "me:secret@p:1"])?.shown == "p:1")
    }
}

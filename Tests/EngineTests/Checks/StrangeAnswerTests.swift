import Deployment
import Engine
import Host
import Testing

/// Whatever servers send: no check crashes, passes what it should not, or shows what a terminal would obey.
@Suite struct `Answers that nobody should send` {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let pieces: [String] = [
        "\u{1B}[2J", "\r\n", "\n", "::error::", "##[error]", "%0A", "\u{202E}", "\u{9B}", "\0", "tell-nobody", "hit",
        "HIT",
        "MISS", ";", ",", "\"", "=", " ", "Cache-Status", "{\"a\":", "[", "]", "}", "1e999", "-", "é", "\u{FFFD}",
        "http://other.test/", "//", "../", "?", "#", "file:///etc/passwd", "Logged in as", "public", "no-store",
        "32770 3",
    ]
    private static let names = [
        "Cache-Status", "Age", "X-Cache", "X-Varnish", "Cache-Control", "Set-Cookie", "Location", "Vary",
        "Content-Type",
        "X-Strange",
    ]
    private static let settings: [(CheckKind, String)] = [
        (
            .http,
            #"{url: /a, redirects: 3, headers: {X: "${TOKEN}"}, expect: {status: 200, headers: {X-Strange: {matches: "x+"}}, body: never, json: {a.0: 1}}}"#
        ),
        (.cache, "{rules: [{name: r, description: d, cached: [/a], not_cached: [/b], bypass: [{cookie: a=b}]}]}"),
        (.loggedIn, "{urls: [/a], marker: Logged in as, credential: {cookie: s, secret: TOKEN}}"),
        (.purge, "{provider: cloudflare, zone: z, token: TOKEN, routes: [/a], untouched: [/b], settle: 1s}"),
    ]

    private static func text(_ numbers: inout Numbers, _ most: Int) -> String {
        (0..<Int.random(in: 0...most, using: &numbers)).map { _ in pieces.randomElement(using: &numbers) ?? "" }
            .joined()
    }

    @Test(arguments: settings.indices) func `do no harm`(index: Int) throws {
        let (kind, settings) = Self.settings[index]
        for seed in 0..<150 {
            let web = ScriptedWeb()
            let (_, lines) = try web.run(kind, settings, secrets: ["TOKEN": "tell-nobody"], limit: .seconds(30)) {
                request, number in
                var numbers = Numbers(state: UInt64(seed * 1_000 + number * 7 + index))
                let statuses = [0, 100, 200, 200, 200, 204, 301, 302, 307, 400, 401, 503, 999]
                let headers = (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
                    HTTPHeader(Self.names.randomElement(using: &numbers) ?? "", Self.text(&numbers, 4))
                }
                var body = Array(Self.text(&numbers, 30).utf8)
                if Bool.random(using: &numbers) { body.append(UInt8.random(in: 0x80...0xFF, using: &numbers)) }
                let response = HTTPResponse(
                    status: statuses.randomElement(using: &numbers) ?? 200, headers: headers, body: body)
                return Int.random(in: 0..<8, using: &numbers) == 0
                    ? .failure(HTTPFailure(.cut, Self.text(&numbers, 3), partial: response)) : .success(response)
            }
            for line in lines + web.said {
                let isPlain = line.unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && $0.value != 0x7F && !(0x80..<0xA0).contains($0.value) && $0 != "\u{202E}"
                }
                #expect(isPlain && !line.contains("##[") && !line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
                #expect(!line.contains("tell-nobody"))
            }
            // The secret goes to one origin, whatever the answers say.
            for request in web.asked where !request.url.hasPrefix("http://shop.test/") {
                let isProvider = request.url.hasPrefix("https://api.cloudflare.com/")
                #expect(isProvider || !request.headers.contains { $0.value.contains("tell-nobody") }, "\(request.url)")
            }
        }
    }
}

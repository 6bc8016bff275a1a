import Deployment
import Diagnostics
import Host
import Testing

@testable import Engine

/// What reads headers, dates and addresses of answers, with thousands of texts that are none.
@Suite struct `Headers made of noise` {
    private static let seeds = 4_000

    private static let pieces: [String] = [
        "", " ", "\t", ";", ",", "=", "\"", "\\", "\0", "\r", "\n", "\u{1B}[2J", "\u{FFFD}", "\u{202E}", "é",
        "e\u{301}",
        "hit", "HIT", "Hit from x", "MISS", "fwd=miss", "hit=?1", "hit=?0", "TCP_", "32770", "3", "-1", "+5", "1e308",
        "nan",
        "inf", "99999999999999999999", "db", "sql.x", "dur=", "desc=", "\"7 queries\"", "count=12345678", "Secure",
        "HttpOnly", "SameSite=", "Lax", "None", "Path=/", "public", "max-age=", "Nov", "Jan", "21", "00", "14:56:07",
        "2026",
        "GMT", "-", ":", "T", "Z", ".", "http://", "https://", "//", "/", "..", "?", "#", "@", "[", "]", "%", "%zz",
        "%00",
        ":99999", "host.test", "127.0.0.1", "file:", "javascript:",
    ]

    private static func text(_ numbers: inout SeededRandom, most: Int = 12) -> String {
        var text = ""
        for _ in 0..<numbers.index(below: most) { text += pieces[numbers.index(below: pieces.count)] }
        return numbers.index(below: 50) == 0 ? String(repeating: text, count: 400) : text
    }

    @Test func `say hit, miss or nothing, and by which header`() {
        let names = ["Cache-Status", "Age", "X-Cache", "CF-Cache-Status", "X-Varnish", "X-Cache-Status", "", "\0", "x"]
        for seed in 0..<Self.seeds {
            var numbers = SeededRandom(seed: UInt64(seed))
            let headers = (0..<numbers.index(below: 5)).map { _ in
                HTTPHeader(names[numbers.index(below: names.count)], Self.text(&numbers))
            }
            let answer = CacheAnswer(headers)
            #expect((answer.use == .unsaid) == (answer.evidence == nil))
            if let evidence = answer.evidence {
                #expect(headers.contains { "\($0.name): \($0.value)" == evidence })
            }
            // What follows a hit cannot make it none.
            if answer.use == .hit { #expect(CacheAnswer(headers + [HTTPHeader("X-Cache", "MISS")]).use == .hit) }
        }
    }

    @Test func `count calls and times of a database within bounds`() {
        for seed in 0..<Self.seeds {
            var numbers = SeededRandom(seed: UInt64(seed))
            let timing = ServerTiming((0..<numbers.index(below: 4)).map { _ in "db;" + Self.text(&numbers, most: 30) })
            #expect((0...2_000_000_000).contains(timing.databaseCalls))
            #expect((0...1_000_000_000_000_000).contains(timing.databaseMicroseconds))
            #expect(timing.saysSomething || timing.databaseMicroseconds == 0)
        }
    }

    @Test func `are cookies with a name that ends at the first sign of anything else`() {
        for seed in 0..<Self.seeds {
            var numbers = SeededRandom(seed: UInt64(seed))
            let line = Self.text(&numbers)
            let cookie = SetCookie(line)
            #expect(!cookie.name.contains(";") && !cookie.name.contains("="))
            #expect(cookie.sameSite == cookie.sameSite?.lowercased())
            // The value is not shown, whatever the line looks like.
            let shown = EvidenceText.value(
                of: HTTPHeader("Set-Cookie", "id=the-value" + (line.hasPrefix(";") ? line : "")))
            #expect(!shown.contains("the-value"))
        }
    }

    @Test func `are dates of certificates, or none`() {
        for seed in 0..<Self.seeds {
            var numbers = SeededRandom(seed: UInt64(seed))
            let words = (0..<numbers.index(below: 7)).map { _ in Self.pieces[numbers.index(below: Self.pieces.count)] }
            guard let date = CertificateDate.read(words.joined(separator: " ")) else { continue }
            #expect(date.description.utf8.count >= 20)
        }
    }

    @Test func `lead to addresses of http and https alone, without a password`() throws {
        let base = try WebAddress("https://shop.test/a/b?c")
        for seed in 0..<Self.seeds {
            var numbers = SeededRandom(seed: UInt64(seed))
            let text = Self.text(&numbers)
            guard let address = try? WebAddress(text, from: base) else { continue }
            #expect(["http", "https"].contains(address.origin.scheme), "\(text.debugDescription)")
            #expect((1...65_535).contains(address.origin.port), "\(text.debugDescription)")
            let isPlain = address.text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
            #expect(isPlain && !address.origin.hostAndPort.contains("@"), "\(text.debugDescription)")
        }
    }

    @Test func `are compared with what is expected, and that is all`() {
        let expectations: [TextExpectation] = [
            .exactly("a, b"), .matches("^(a|b)*$"), .has(["public", "max-age=1"]), .absent,
        ]
        for seed in 0..<Self.seeds / 4 {
            var numbers = SeededRandom(seed: UInt64(seed))
            let text = Self.text(&numbers)
            for expectation in expectations { _ = (expectation.isMet(byHeader: text), expectation.isMet(byBody: text)) }
            #expect(!TextExpectation.absent.isMet(byHeader: text) && TextExpectation.absent.isMet(byHeader: nil))
            #expect(TextExpectation.exactly(text).isMet(byHeader: text))
        }
    }
}

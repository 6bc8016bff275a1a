import Testing

@testable import Engine

@Suite struct `Masking a stream` {
    private static let secrets = [
        "hunter2-canary", "nary-overlap", "line one\nline two", "aaaaaa", "hunter2-canary-nary",
    ]

    private static let mask = SecretMask(secrets.enumerated().map { ("S\($0)", Secret($1)) })

    private static let text = Array(
        ("start hunter2-canary, hunter2-canary-overlap aaaaaaaaa hunter2-canar\nline one\r\nline two "
            + "aHVudGVyMi1jYW5hcnk= eGh1bnRlcjItY2FuYXJ5 [secret S0] hunter2-canary-nar").utf8)

    private static let masked =
        "start [secret S0], [secret S0] [secret S3] hunter2-canar\n[secret S2] [secret S0] eG[secret S0] [secret S0] "
        + "[secret S0]-nar"

    private func fed(_ pieces: [[UInt8]]) -> String {
        var stream = StreamingMask(Self.mask)
        let bytes = pieces.flatMap { stream.feed($0) } + stream.finish()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `gives the same for the whole`() { #expect(fed([Self.text]) == Self.masked) }

    @Test(arguments: 0...text.count)
    func `gives the same when it is cut in two`(offset: Int) {
        #expect(fed([Array(Self.text[..<offset]), [], Array(Self.text[offset...])]) == Self.masked)
    }

    @Test func `gives the same byte by byte`() { #expect(fed(Self.text.map { [$0] }) == Self.masked) }

    @Test func `begins anew after its end`() {
        var stream = StreamingMask(Self.mask)
        _ = stream.feed(Array("hunter2-".utf8))
        #expect(stream.finish() == Array("hunter2-".utf8))
        #expect(stream.feed(Array("canary\n".utf8)) == Array("canary\n".utf8))
    }

    @Test func `holds back what may become a secret, and only that`() {
        var stream = StreamingMask(Self.mask)
        #expect(stream.feed(Array("password: hunter2".utf8)) == Array("password: ".utf8))
        #expect(stream.heldBytes == 7)
        #expect(stream.feed(Array("!".utf8)) == Array("hunter2!".utf8))
        #expect(stream.feed(Array("canary!".utf8)) == Array("canary!".utf8))
        #expect(stream.heldBytes == 0)
    }

    @Test func `holds no more than the longest form however long a cover grows`() {
        var stream = StreamingMask(Self.mask)
        var out: [UInt8] = []
        for _ in 0..<100_000 {
            out += stream.feed(Array("a".utf8))
            #expect(stream.heldBytes <= 6)
        }
        #expect(out.isEmpty)
        #expect(stream.finish() == Array("[secret S3]".utf8))
    }

    @Test(arguments: [
        ("log hunter2-can", "log [secret S0]"), ("log hunt", "log [secret S0]"), ("log hun", "log hun"),
        ("log aHVudGVyM", "log [secret S0]"), ("hunter2-canary-na", "[secret S4]"), ("complete\n", "complete\n"),
        ("aaaaa", "[secret S3]"),
    ])
    func `masks the beginning of a secret where the writer was cut short`(text: String, masked: String) {
        var stream = StreamingMask(Self.mask)
        let bytes = stream.feed(Array(text.utf8)) + stream.finish(cutShort: true)
        #expect(String(decoding: bytes, as: UTF8.self) == masked)
    }
}

import Testing

@testable import Host

@Suite struct `Header lines as they come` {
    private func read(_ lines: [[UInt8]]) -> HeaderLines {
        var head = HeaderLines()
        for line in lines { _ = line.withUnsafeBytes { unsafe head.take($0) } }
        return head
    }

    @Test func `a status line forgets what came before it`() {
        let head = read(
            ["HTTP/1.1 103 x", "Link: a", "HTTP/2 200", "A : b ", ": c", "d", "E:\t f:g \r\n"].map { Array($0.utf8) })
        #expect(head.status == 200 && head.version == "2")
        #expect(head.headers == [HTTPHeader("A", "b"), HTTPHeader("E", "f:g")])
    }

    @Test func `bytes of any kind are a header, a status line or nothing`() {
        var state: UInt64 = 18
        func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let pieces: [[UInt8]] =
            [
                "HTTP/", "1.1", " ", "200", "999999999999999999999", "-1", ":", "X-A", "\t", "\r\n", "\0", "é",
                "\u{1B}", "",
            ]
            .map { Array($0.utf8) } + [[0xFF], [0x80, 0xC3], [0xED, 0xA0, 0x80]]
        for _ in 0..<5_000 {
            let lines = (0..<next(below: 5)).map { _ in
                (0..<next(below: 9)).flatMap { _ in pieces[next(below: pieces.count)] }
            }
            let head = read(lines)
            #expect(head.bytes == lines.reduce(0) { $0 + $1.count })
            #expect(head.headers.count <= lines.count)
            #expect(head.headers.allSatisfy { !$0.name.isEmpty && !$0.name.contains(":") })
        }
    }
}

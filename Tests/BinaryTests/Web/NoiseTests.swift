import Host
import TestSupport
import Testing

@Suite struct `Answers made of noise` {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let answers = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nCache-Status: x; hit\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: //\r\n\r\n",
        "HTTP/1.0 500\r\nSet-Cookie: a=b; Secure\r\nX: \r\n folded\r\n\r\n{}",
    ]

    /// Each valid answer with some bytes changed, taken out or doubled.
    private static func mutant(_ numbers: inout Numbers) -> [UInt8] {
        var bytes = Array((answers.randomElement(using: &numbers) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...6, using: &numbers) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &numbers)
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(contentsOf: bytes[index...].prefix(40), at: index)
            default: bytes.insert([0, 0x0A, 0x0D, 0x3A, 0x1B, 0xFF].randomElement(using: &numbers) ?? 0, at: index)
            }
        }
        return bytes
    }

    /// libcurl before 8.1.1 (curl#11101): with a handle that had been used, the second one wrote into freed memory, and the
    /// program ended by a signal.
    @Test func `a first header line that begins with a blank ends nobody`() throws {
        let server = try LoopbackServer()
        let plain = "HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
        let folded = "HTTP/1.1 200 OK\r\n\tX-Two: 2\r\n folded\r\nX-Three: 3\r\nConnection: close\r\n\r\nok"
        let targets = [plain, folded].map { answer in
            HTTPRequest(
                url: server.url("/raw?" + answer.utf8.map { String(0x100 + Int($0), radix: 16).dropFirst() }.joined()),
                limits: HTTPLimits(total: .seconds(5)))
        }
        var good = 0
        let ending = HTTP.live().performMany(HTTPLoad(targets, count: 60, pace: .concurrency(2))) { event in
            if case .success(let answer) = event.result, answer.status == 200 { good += 1 }
            return true
        }
        #expect(ending == .finished)
        #expect(good >= 30)
    }

    @Test func `each is an answer or a failure`() throws {
        let server = try LoopbackServer()
        let http = HTTP.live()
        var numbers = Numbers(state: 7)
        for round in 0..<400 {
            let bytes = Self.mutant(&numbers)
            let hex = bytes.map { String(0x100 + Int($0), radix: 16).dropFirst() }.joined()
            let request = HTTPRequest(url: server.url("/raw?\(hex)"), limits: HTTPLimits(total: .seconds(2)))
            switch http.perform(request) {
            case .success(let answer):
                #expect((0...999).contains(answer.status), "round \(round): \(answer)")
                #expect(answer.body.count <= 1 << 20)
            case .failure(let failure):
                #expect([.cut, .protocol, .timeout, .tooLarge].contains(failure.cause), "round \(round): \(failure)")
            }
        }
    }
}

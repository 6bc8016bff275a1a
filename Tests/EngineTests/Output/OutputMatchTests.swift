import Host
import Testing

@testable import Engine

@Suite struct `Output for expectations` {
    @Test func `is kept for each stream as it was printed`() {
        var match = OutputMatch()
        match.add(Array("listening on ".utf8), from: .standardOutput)
        match.add(Array("warning\n".utf8), from: .standardError)
        match.add([0x38, 0x30, 0xFF], from: .standardOutput)
        #expect(match.text(of: .standardOutput) == "listening on 80\u{FFFD}")
        #expect(match.text(of: .standardError) == "warning\n")
        #expect(!match.isCut(.standardOutput))
    }

    @Test func `is bounded`() {
        var match = OutputMatch()
        for _ in 0..<3 { match.add([UInt8](repeating: 0x61, count: 700_000), from: .standardOutput) }
        #expect(match.text(of: .standardOutput).utf8.count == OutputMatch.limit)
        #expect(match.isCut(.standardOutput))
        #expect(!match.isCut(.standardError))
        #expect(match.text(of: .standardError) == "")
    }

    @Test func `shows nothing of itself`() {
        var match = OutputMatch()
        match.add(Array("hunter2-canary".utf8), from: .standardOutput)
        var dumped = ""
        dump(match, to: &dumped)
        #expect(!"\(match) \(String(reflecting: match)) \(dumped)".contains("104"))
        #expect("\(match)" == "[redacted]")
    }
}

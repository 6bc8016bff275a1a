import Testing

@testable import Engine

@Suite struct `A secret value` {
    private let secret = Secret("hunter2-canary")

    @Test func `shows nothing of itself`() {
        struct Holder { let name = "TOKEN", secret = Secret("hunter2-canary") }
        var dumped = ""
        dump(Holder(), to: &dumped)
        for shown in ["\(secret)", String(reflecting: secret), String(describing: Holder()), "\([secret])", dumped] {
            #expect(!shown.contains("hunter2"))
            #expect(!shown.contains("104"), "the bytes as numbers")
            #expect(shown.contains("[redacted]"))
        }
    }

    @Test func `gives its bytes when asked`() {
        #expect(secret.revealed() == Array("hunter2-canary".utf8))
        #expect(Secret([0xFF]) == Secret([0xFF]))
        #expect(Secret("").isEmpty)
    }
}

import Testing

@testable import Engine

@Suite struct `A run's name` {
    @Test(arguments: [
        "20261120T204512Z", "20261120T204512Z-release-staging-9f3c", "20261120T204512Z-a.b_C-d-0000",
        "20261120T204512Z-" + String(repeating: "x", count: 163),
    ])
    func `begins with its time, and is made of what any file system takes`(name: String) {
        #expect(RunID.isValid(name))
    }

    @Test(arguments: [
        "", "last", "2026", "20261120T204512", "20261120T204512z-release", "20261120T204512Zrelease",
        "-20261120T204512Z-x",
        "2026112-T204512Z-x", "20261120T204512Z-a/b", "20261120T204512Z-a b", "20261120T204512Z-ä",
        "20261120T204512Z-a\u{0}",
        "20261120T204512Z-@", "20261120T204512Z-[", "20261120T204512Z-`", "20261120T204512Z-{", "../20261120T204512Z",
        "20261120X204512Z-x", "20261120T204512Z-" + String(repeating: "x", count: 164),
    ])
    func `is nothing else`(name: String) {
        #expect(!RunID.isValid(name))
    }
}

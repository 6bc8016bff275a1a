import Host
import TestSupport
import Testing

@Suite struct `The top level of the repository` {
    private static let allowed: Set<String> = [
        "Makefile", "Package.swift", "README.md", "Sources", "Tests", "environments", "runbooks", "templates",
        ".ci", ".gitignore", ".swift-format",
    ]

    @Test func `only what belongs there is committed`() throws {
        let answer = RehearseBinary(in: Repository.root).run(["git", "ls-files"])
        try #require(answer.status == 0, "not a git work tree: \(answer.error)")
        let names = Set(
            answer.output.split(separator: "\n").compactMap { $0.split(separator: "/").first.map(String.init) })
        #expect(names.subtracting(Self.allowed) == [])
        #expect(Self.allowed.subtracting(names) == [])
    }

    @Test func `what running and building leave behind is ignored`() throws {
        let ignored = Set(try Repository.text(".gitignore").split(separator: "\n").map(String.init))
        #expect(ignored.isSuperset(of: [".build/", ".rehearse/", ".venv/"]))
    }
}

import Engine
import Host
import Testing

@Suite struct `What changed between two commits` {
    @Test func `files by kind, sorted, odd names included`() throws {
        let project = try GitProject()
        let first = project.head
        try project.write("x", to: "new\nline")
        try project.write("another", to: "README.md")
        try project.write("x", to: "gone")
        project.commit("Second")
        project.git("rm", "--quiet", "gone")
        project.commit("Third")
        let changes = try project.repository.changedFiles(from: first, to: "HEAD")
        #expect(changes.items.map(\.path) == ["README.md", "new\nline"])
        #expect(changes.items.map(\.kind) == [.modified, .added])
        #expect(!changes.isTruncated)
        let back = try project.repository.changedFiles(from: "HEAD", to: first, limit: 1)
        #expect(back.items.count == 1)
        #expect(back.isTruncated)
    }

    @Test func `commits newest first, up to a limit`() throws {
        let project = try GitProject()
        let first = project.head
        for subject in ["Add uploads", "Fix \"quotes\"", "Release: 1.2"] { project.commit(subject) }
        let all = try project.repository.commits(after: first)
        #expect(all.items.map(\.subject) == ["Release: 1.2", "Fix \"quotes\"", "Add uploads"])
        #expect(all.items[0].id == project.head)
        #expect(!all.isTruncated)
        let two = try project.repository.commits(after: nil, limit: 2)
        #expect(two.items.map(\.subject) == ["Release: 1.2", "Fix \"quotes\""])
        #expect(two.isTruncated)
    }

    @Test func `the last tag is the highest below, of the same prefix, in HEAD's history`() throws {
        let project = try GitProject()
        for name in ["v1.2.0", "v1.10.0", "api/v3.0.0", "v1.11.0-rc.1", "v2.0.0"] { project.git("tag", name) }
        project.git("checkout", "--quiet", "-b", "side")
        project.commit("Elsewhere")
        project.git("tag", "v1.12.0")
        project.git("checkout", "--quiet", "main")
        #expect(try project.repository.lastTag(before: "v1.13.0") == "v1.11.0-rc.1")
        #expect(try project.repository.lastTag(before: "v1.10.0") == "v1.2.0")
        #expect(try project.repository.lastTag(before: "v1.0.0") == nil)
        #expect(try project.repository.lastTag(before: "nightly") == nil)
    }

    @Test func `a revision is a commit's name and never an option`() throws {
        let project = try GitProject()
        project.git("tag", "-m", "one", "v1")
        #expect(try project.repository.commit(named: "v1") == project.head)
        #expect(try project.repository.commit(named: "v2") == nil)
        #expect(try project.repository.commit(named: "--all") == nil)
        #expect(throws: GitFailure.refused(words: "not a revision")) {
            try project.repository.commits(after: "--output=/tmp/x")
        }
        #expect(throws: GitFailure.refused(words: "not a revision")) {
            try project.repository.changedFiles(from: "-p", to: "HEAD")
        }
    }

    @Test func `a file as it was, without a checkout`() throws {
        let project = try GitProject()
        let first = project.head
        try project.write("another", to: "README.md")
        let repository = project.repository
        #expect(try repository.file("README.md", at: first) == .content(Array("a service\n".utf8)))
        #expect(try repository.file("README.md", at: first, limit: 4) == .tooLarge(limit: 4))
        #expect(try repository.file("absent", at: first) == .missing)
    }
}

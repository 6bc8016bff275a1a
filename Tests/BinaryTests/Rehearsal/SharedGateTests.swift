import Engine
import Host
import TestSupport
import Testing
import YAML

/// One team, several checkouts, one `origin`.
@Suite struct `The gate of a team` {
    @Test func `opens here for what was rehearsed there`() throws {
        let here = try GatedProject(isShared: true)
        let there = try here.clone("there")
        _ = try here.found("rehearsed", held: false)
        try there.rehearseDeploy()
        #expect(try here.found("rehearsed", held: true).found.hasPrefix("`deploy` was rehearsed on `staging`"))
        #expect(try here.clone("third")("run", "deploy", "-e", "production").status == 0)
        try there.shell("git commit -q --allow-empty -m next; git push -q")
        _ = try there.found("rehearsed", held: false)
        try here.shell("git pull -q")
        #expect(try here.found("rehearsed", held: false).found.contains("the commit changed"))
    }

    @Test func `counts the approvals and causes that others have recorded`() throws {
        let here = try GatedProject(gate: "{approvals: 1, acknowledged: true}", isShared: true)
        let there = try here.clone("there")
        _ = try here.found("approvals", held: false)
        let approved = there("approve", "production", "--commit", "HEAD")
        #expect(approved.status == 0, "\(approved)")
        _ = try here.found("approvals", held: true)
        #expect(here("run", "deploy", "-e", "production").status == 0)
        #expect(here("rollback", "last", "--yes").status == 0)
        _ = try there.found("acknowledged", held: false)
        #expect(there("ack", "production", "--cause", "the cache was cold").status == 0)
        #expect(try here.found("acknowledged", held: true).found.hasSuffix(": the cache was cold"))
    }

    @Test func `is closed while its history cannot be reached, and what a person says is kept`() throws {
        let here = try GatedProject(gate: "{approvals: 1}", isShared: true)
        #expect(here("approve", "production", "--commit", "HEAD").status == 0)
        _ = try here.found("approvals", held: true)
        try here.shell("mv ../origin.git ../away.git")
        let (found, openWith) = try here.found("history", held: false)
        #expect(found.hasPrefix("the history remote `origin` cannot be reached"), "\(found)")
        #expect(openWith == "git ls-remote origin")
        #expect(here("run", "deploy", "-e", "production").status == 2)
        try here.shell("git commit -q --allow-empty -m next")
        #expect(here("approve", "production", "--commit", "HEAD").status == 6)
        try here.shell("mv ../away.git ../origin.git; git push -q")
        _ = try here.found("approvals", held: true)
        let there = try here.clone("there")
        #expect(here("history", "sync").status == 0)
        _ = try there.found("approvals", held: true)
    }
}

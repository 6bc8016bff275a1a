import Engine
import Host
import TestSupport
import Testing
import YAML

@Suite struct `What people say of an environment` {
    /// Another person's approval of the commit that is checked out, as it comes with a shared history.
    private func approve(_ project: GatedProject, as user: String) throws {
        let commit = try project.shell("git rev-parse HEAD").split(separator: "\n").joined()
        let mine = try #require(try Files.live.list(project.scratch("app/.rehearse/notes/approval")).first)
        let text = try project.scratch.text(of: "app/.rehearse/notes/approval/\(mine)")
        #expect(json(text)["commit"]?.string == commit)
        let id = "29991121T150000Z-\(String(repeating: "0", count: 15))\(user.count)"
        let theirs = text.replacing(mine.dropLast(5), with: id).replacing(
            #""user": "\#(me)""#, with: #""user": "\#(user)""#)
        try project.scratch.write(theirs, to: "app/.rehearse/notes/approval/\(id).json")
    }

    private var me: String { Host.live().surroundings.userName }

    @Test func `approvals count by distinct people, for one commit`() throws {
        let project = try GatedProject(gate: "{approvals: 2}")
        let (found, openWith) = try project.found("approvals", held: false)
        let commit = try project.shell("git rev-parse HEAD").prefix(12)
        #expect(found == "0 of 2 approvals of \(commit)")
        #expect(openWith == "rehearse approve production --commit \(commit), by 2 people")
        let first = project("approve", "production", "--commit", "HEAD", "--reason", "looked at it")
        #expect(first.status == 0, "\(first)")
        #expect(first.error == "approved \(commit) for production: 1 of 2\n")
        let again = project("approve", "production", "--commit", "HEAD")
        #expect(again.status == 0)
        #expect(again.error.contains("is approved by \(me) already"))
        #expect(try project.found("approvals", held: false).found == "1 of 2 approvals of \(commit): \(me)")
        try approve(project, as: me)
        #expect(try project.found("approvals", held: false).found.hasPrefix("1 of 2"), "a person counts once")
        try approve(project, as: "bob")
        #expect(try project.found("approvals", held: true).found == "2 of 2 approvals of \(commit): \(me), bob")
        #expect(project("run", "deploy", "-e", "production").status == 0)
        try project.shell("git commit -q --allow-empty -m next")
        _ = try project.found("approvals", held: false)
    }

    @Test func `what is not committed nobody has approved`() throws {
        let project = try GatedProject(gate: "{approvals: 1}")
        #expect(project("approve", "production", "--commit", "HEAD").status == 0)
        _ = try project.found("approvals", held: true)
        try project.shell("echo '# more' >>runbooks/deploy.yaml")
        #expect(try project.found("approvals", held: false).found.contains("uncommitted"))
    }

    @Test func `an approval is one small file, written once, for its owner only`() throws {
        let project = try GatedProject(gate: "{approvals: 1}")
        let answer = project("approve", "production", "--commit", "HEAD", "--format", "json")
        #expect(answer.status == 0)
        let folder = "app/.rehearse/notes/approval"
        let names = try Files.live.list(project.scratch(folder))
        #expect(names.count == 1)
        let name = try #require(names.first)
        #expect(Note.isID(String(name.dropLast(5))))
        let text = try project.scratch.text(of: "\(folder)/\(name)")
        #expect(text == answer.output)
        let keys = try #require(json(text).mapping?.entries.map(\.key))
        #expect(keys == ["schema", "id", "kind", "at", "by", "environment", "commit"])
        #expect(json(text)["schema"]?.integer == 1)
        #expect(json(text)["by"]?["user"]?.string == me)
        #expect(try Files.live.status(project.scratch("\(folder)/\(name)"))?.mode == 0o600)
        #expect(try Files.live.status(project.scratch(folder))?.mode == 0o700)
    }

    @Test(arguments: ["{", #"{"schema":2}"#, "", #"{"schema":1,"id":"x"}"#])
    func `a file that is no note counts for nothing`(text: String) throws {
        let project = try GatedProject(gate: "{approvals: 1}")
        #expect(project("approve", "production", "--commit", "HEAD").status == 0)
        let folder = "app/.rehearse/notes/approval"
        let name = try #require(try Files.live.list(project.scratch(folder)).first)
        try project.scratch.write(text, to: "\(folder)/\(name)")
        _ = try project.found("approvals", held: false)
    }

    @Test func `an approval of what is no commit is bad usage`() throws {
        let project = try GatedProject(gate: "{approvals: 1}")
        #expect(project("approve", "production", "--commit", "nothing").status == 2)
        #expect(project("approve", "production", "--commit", "--all").status == 2)
        #expect(project("approve", "nowhere", "--commit", "HEAD").status == 2)
        #expect(project("approve", "production").status == 2)
    }

    @Test func `after a rollback the gate stays closed until its cause is on record`() throws {
        let project = try GatedProject(gate: "{acknowledged: true}")
        _ = try project.found("acknowledged", held: true)
        #expect(project("ack", "production", "--cause", "none").status == 2)
        #expect(project("run", "deploy", "-e", "production").status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        let run = try project.record().id
        let (found, openWith) = try project.found("acknowledged", held: false)
        #expect(found == "\(run) was rolled back, and nobody has said why")
        #expect(openWith == "rehearse ack production --cause WHY")
        #expect(project("run", "deploy", "-e", "production").status == 1)
        let acknowledged = project("ack", "production", "--cause", "the cache was cold")
        #expect(acknowledged.status == 0, "\(acknowledged)")
        #expect(acknowledged.error == "acknowledged \(run): the cache was cold\n")
        #expect(try project.found("acknowledged", held: true).found.hasSuffix(": the cache was cold"))
        #expect(project("ack", "production", "--cause", "again").error.contains("is acknowledged already"))
        #expect(project("run", "deploy", "-e", "production").status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        _ = try project.found("acknowledged", held: false)
    }
}

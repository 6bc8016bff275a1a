import Deployment
import Diagnostics
import Engine
import Host
import TestSupport
import Testing

@Suite struct `Taking a tag back` {
    @Test func `both ends lose it, and a second time does no harm`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        for _ in 0..<2 {
            let undo = project.undo(prepared)
            #expect(undo.succeeded, "\(undo.trimmedErrorText)")
            #expect(project.tag("v1.0.0") == nil)
            #expect(project.tagOnOrigin("v1.0.0") == nil)
        }
        try project.release(run: "run-2")
    }

    @Test func `it works where there is no repository any more`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        try project.host.files.removeTree(project.path)
        let before = try project.host.files.list(project.scratch.path)
        for _ in 0..<2 {
            let undo = project.undo(prepared, in: project.runFolder)
            #expect(undo.succeeded, "\(undo.trimmedErrorText)")
            #expect(project.tagOnOrigin("v1.0.0") == nil)
        }
        #expect(try project.host.files.list(project.scratch.path) == before)
    }

    @Test func `a project that was moved is undone from where it is now`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        #expect(project.run(["mv", project.path, project.scratch("moved")], in: project.scratch.path).succeeded)
        #expect(project.undo(prepared, in: project.scratch("moved")).succeeded)
        #expect(project.tag("v1.0.0", in: project.scratch("moved")) == nil)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `a tag that somebody put in its place stays, and the undo says so`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        let clone = project.clone()
        project.git("tag", "-f", "-m", "theirs", "v1.0.0", in: clone)
        project.git("push", "--quiet", "--force", "origin", "v1.0.0", in: clone)
        let theirs = project.tag("v1.0.0", in: clone)
        let undo = project.undo(prepared)
        #expect(undo.outcome.ending == .exited(1))
        #expect(undo.trimmedErrorText.contains("somebody else's and stays"))
        #expect(project.tagOnOrigin("v1.0.0") == theirs)
        #expect(project.tag("v1.0.0") == nil)
    }

    @Test func `a tag that was replaced here stays too`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        project.git("tag", "-f", "-m", "another", "v1.0.0")
        let another = project.tag("v1.0.0")
        #expect(project.undo(prepared).outcome.ending == .exited(1))
        #expect(project.tag("v1.0.0") == another)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `a remote that cannot be read leaves both ends for the next try`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        let away = project.scratch("away.git")
        #expect(project.run(["mv", project.origin, away]).succeeded)
        let undo = project.undo(prepared)
        #expect(undo.outcome.ending == .exited(1))
        #expect(undo.trimmedErrorText.contains("nothing was removed, safe to try again"))
        #expect(project.tag("v1.0.0") == prepared.object)
        #expect(project.run(["mv", away, project.origin]).succeeded)
        #expect(project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `a remote that refuses leaves both ends`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        try project.hook("pre-receive", "exit 1")
        #expect(project.undo(prepared).outcome.ending == .exited(1))
        #expect(project.tag("v1.0.0") == prepared.object)
        #expect(project.tagOnOrigin("v1.0.0") == prepared.object)
    }

    @Test func `uncommitted work survives the whole way, byte for byte`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        try project.write("stashed", to: "stashed.txt")
        project.git("stash", "--include-untracked", "--quiet")
        try project.write("staged", to: "staged.txt")
        project.git("add", "staged.txt")
        try project.write("staged, then changed", to: "staged.txt")
        try project.write("changed", to: "README.md")
        try project.write("untracked", to: "new\nfile")
        let before = try Workshop(project)
        for _ in 0..<2 { #expect(project.undo(prepared).succeeded) }
        #expect(try Workshop(project) == before)
    }

    @Test func `a deleted tag's hook of the project is not run`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        let hook = "#!/bin/sh\ntouch '\(project.scratch("hooked"))'\n"
        for name in ["pre-push", "reference-transaction"] {
            try project.host.files.replace("\(project.path)/.git/hooks/\(name)", Array(hook.utf8), 0o755)
        }
        #expect(project.undo(prepared).succeeded)
        #expect(try project.host.files.status(project.scratch("hooked")) == nil)
    }

    @Test func `pasted into a shell it leaves that shell alive`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        guard case .shell(let text) = prepared.rollback else {
            Issue.record("not a text: \(prepared.rollback)")
            return
        }
        let output = project.run(["/bin/sh", "-c", text + "echo \"alive $?\"; echo \"${failed-unset}\""])
        #expect(output.trimmedText == "alive 0\nunset")
    }

    @Test func `credentials in an address are never recorded, the remote's name is`() throws {
        let project = try GitProject()
        // A stand-in for SSH that runs the last argument, the remote's command, here.
        let secureShell = project.scratch("secure-shell")
        let script = "#!/bin/sh\nfor command; do :; done\nexec sh -c \"$command\"\n"
        try project.host.files.replace(secureShell, Array(script.utf8), 0o755)
        project.git("config", "core.sshCommand", secureShell)
        project.git("config", "ssh.variant", "ssh")
        project.git("remote", "set-url", "origin", "ssh://ada:canary-5x7@example.org\(project.origin)")
        let prepared = try project.release()
        for text in prepared.commands.map(\.pasteable) + [prepared.rollback.pasteable] {
            #expect(!text.contains("canary-5x7"))
        }
        #expect(project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
        #expect(project.tag("v1.0.0") == nil)
        try project.host.files.removeTree(project.path)
        let blind = project.undo(prepared, in: project.runFolder)
        #expect(blind.outcome.ending == .exited(1))
        #expect(blind.trimmedErrorText.contains("the address of origin is not recorded as it holds a password"))
    }

    @Test func `a name with quotes is only a name`() throws {
        let project = try GitProject()
        let name = "v1.0.0-$(touch${IFS}pwned)'\"`x`"
        let request = project.request(name, remote: nil)
        let prepared = try project.prepare(request)
        #expect(project.perform(prepared) == nil)
        #expect(project.tag(name) == prepared.object)
        #expect(project.undo(prepared).succeeded)
        #expect(project.tag(name) == nil)
        #expect(try project.host.files.status("\(project.path)/pwned") == nil)
    }
}

/// All of a working tree that is not a tag: its files, the index, branches, stash and HEAD.
private struct Workshop: Equatable {
    var files: [String: [UInt8]] = [:]
    var index: [UInt8]
    var refs: String
    var stash: String

    init(_ project: GitProject) throws {
        for name in try project.host.files.list(project.path) where name != ".git" {
            files[name] = try project.host.files.read("\(project.path)/\(name)", 1 << 20)
        }
        index = try project.host.files.read("\(project.path)/.git/index", 1 << 20)
        refs = project.git("for-each-ref", "--", "refs/heads", "refs/stash", "refs/remotes")
        stash = project.git("stash", "list", "--format=%H")
    }
}

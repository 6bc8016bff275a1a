import Diagnostics
import Engine
import Host
import TestSupport
import Testing

@Suite struct `Before a release` {
    @Test func `nothing stands against a clean one, and nothing is changed`() throws {
        let project = try GitProject()
        let before = project.git("for-each-ref") + project.git("count-objects")
        let preflight = project.releasing.preflight(project.request())
        #expect(preflight == TagPreflight(problems: [], sighting: TagSighting(here: nil, there: nil)))
        #expect(project.git("for-each-ref") + project.git("count-objects") == before)
    }

    @Test func `all problems are told at once`() throws {
        let project = try GitProject()
        try project.write("x", to: "notes.txt")
        let problems = project.preflight(project.request("v 1", remote: "upstream", branch: "release"))
        #expect(
            problems == [
                "1 path not committed: `notes.txt`",
                "the branch is `main`, and releases are made from `release`",
                "`v 1` is not a valid tag name",
                "there is no remote `upstream`",
            ])
    }

    @Test func `git that is not installed`() throws {
        let project = try GitProject()
        let repository = project.repository(adding: ["PATH": project.runFolder])
        let problems = TagReleasing(repository).preflight(project.request()).problems
        #expect(problems.map(\.message) == ["`git` is not installed"])
        #expect(problems.map(\.retry) == ["safe, nothing was started"])
    }

    @Test func `a folder without a repository`() throws {
        let project = try GitProject()
        let repository = GitRepository(
            directory: project.runFolder, host: project.host, environment: project.variables)
        let problems = TagReleasing(repository).preflight(project.request()).problems
        #expect(problems.map(\.message) == ["`\(project.runFolder)` is not in a git repository"])
    }

    @Test func `a repository without a commit`() throws {
        let project = try GitProject()
        project.git("init", "--quiet", "-b", "main", project.scratch("new"), in: project.scratch.path)
        let repository = GitRepository(
            directory: project.scratch("new"), host: project.host, environment: project.variables)
        let problems = TagReleasing(repository).preflight(project.request(remote: nil)).problems
        #expect(problems.map(\.message) == ["the repository has no commit yet"])
    }

    @Test func `a dirty tree is counted and its first files named`() throws {
        let project = try GitProject()
        for name in ["a", "b", "c", "d", "e", "new\nline", "z"] { try project.write("x", to: name) }
        try project.host.files.makeDirectory("\(project.path)/.rehearse", 0o700)
        try project.write("x", to: ".rehearse/y")
        #expect(
            project.preflight(project.request()) == [
                "7 paths not committed: `a`, `b`, `c`, `d`, `e` and 2 more"
            ])
    }

    @Test func `a detached HEAD, whatever the branch`() throws {
        let project = try GitProject()
        project.git("checkout", "--quiet", "--detach")
        #expect(project.preflight(project.request()) == ["HEAD is detached: no branch is checked out"])
    }

    @Test(arguments: ["-v1", "v1..2", "v1 2", "v1~", "", "v1.lock", "HEAD", "v1\n"])
    func `a name that git does not take`(_ name: String) throws {
        let project = try GitProject()
        let preflight = project.releasing.preflight(project.request(name))
        #expect(preflight.problems.count == 1)
        #expect(preflight.problems[0].message.hasSuffix("is not a valid tag name"))
        #expect(preflight.sighting == nil)
    }

    @Test func `a name that is not known yet is not checked, all else is`() throws {
        let project = try GitProject()
        let preflight = project.releasing.preflight(project.request(nil))
        #expect(preflight == TagPreflight(problems: [], sighting: nil))
    }

    @Test func `a similar remote is proposed`() throws {
        let project = try GitProject()
        let problem = project.releasing.preflight(project.request(remote: "orign")).problems[0]
        #expect(problem.label == "did you mean `origin`?")
    }

    @Test func `a remote that cannot be read`() throws {
        let project = try GitProject()
        try project.host.files.removeTree(project.origin)
        let problems = project.preflight(project.request())
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("`origin` cannot be read: fatal: "))
    }

    @Test(arguments: ["http://127.0.0.1:1/x.git", "git://127.0.0.1/x.git", "ext::sh -c true"])
    func `a transport that is not allowed`(_ address: String) throws {
        let project = try GitProject()
        project.git("remote", "set-url", "origin", address)
        let problems = project.preflight(project.request())
        #expect(problems.count == 1)
        #expect(problems[0].hasSuffix("which is not allowed"))
    }

    @Test func `a remote that asks for a password is given none`() throws {
        let project = try GitProject()
        project.git("config", "core.sshCommand", "sh -c 'read -r line </dev/tty; echo asked >&2; exit 9' --")
        project.git("remote", "set-url", "origin", "ssh://git@127.0.0.1/x.git")
        let problems = project.preflight(project.request())
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("`origin` cannot be read: fatal: "))
    }

    @Test func `a remote that never answers is not waited for`() throws {
        let project = try GitProject()
        project.git("config", "core.sshCommand", "sleep 60; :")
        project.git("remote", "set-url", "origin", "ssh://git@127.0.0.1/x.git")
        let repository = GitRepository(
            directory: project.path, host: project.host, environment: project.variables,
            networkTimeout: .milliseconds(300))
        let problems = TagReleasing(repository).preflight(project.request()).problems
        #expect(problems.map(\.message) == ["`origin` gave no answer within 300ms"])
    }

    @Test func `two push addresses, for a push is atomic in one place only`() throws {
        let project = try GitProject()
        project.git("remote", "set-url", "--add", "--push", "origin", project.origin)
        project.git("remote", "set-url", "--add", "--push", "origin", project.scratch("mirror.git"))
        #expect(project.preflight(project.request()) == ["`origin` pushes to 2 places"])
    }

    @Test func `a remote that is pushed to elsewhere is asked there`() throws {
        let project = try GitProject()
        project.git("clone", "--quiet", "--bare", project.origin, project.scratch("mirror.git"))
        project.git("remote", "set-url", "--push", "origin", project.scratch("mirror.git"))
        let clone = project.clone()
        project.pushMeanwhile(from: clone)
        #expect(project.preflight(project.request()) == [])
        try project.release()
        #expect(project.tagOnOrigin("v1.0.0") == nil)
        #expect(project.tag("v1.0.0", in: project.scratch("mirror.git")) != nil)
    }

    @Test func `an upstream that has moved, by how much, and what to type`() throws {
        let project = try GitProject()
        let clone = project.clone()
        for _ in 0..<2 { project.pushMeanwhile(from: clone) }
        project.commit("Mine")
        let problem = project.releasing.preflight(project.request()).problems[0]
        #expect(problem.message == "`origin/main` has 2 commits that HEAD lacks")
        #expect(problem.next == "git pull --rebase origin main")
    }

    @Test func `looking at an upstream that has moved changes no ref`() throws {
        let project = try GitProject()
        project.pushMeanwhile(from: project.clone())
        let before = project.git("for-each-ref")
        #expect(project.preflight(project.request()) == ["`origin/main` has 1 commit that HEAD lacks"])
        #expect(project.git("for-each-ref") == before)
        #expect(try project.host.files.status("\(project.path)/.git/FETCH_HEAD") == nil)
    }

    @Test func `a branch that is new to the remote is fine, and so is an empty remote`() throws {
        let project = try GitProject()
        project.git("switch", "--quiet", "-c", "next")
        #expect(project.preflight(project.request()) == [])
        project.git("init", "--quiet", "--bare", project.scratch("empty.git"))
        project.git("remote", "set-url", "origin", project.scratch("empty.git"))
        #expect(project.preflight(project.request()) == [])
    }

    @Test func `a version that is not above the last tag, wherever that is`() throws {
        let project = try GitProject()
        project.git("tag", "-m", "x", "v1.9.0")
        let clone = project.clone()
        project.git("tag", "-m", "x", "v1.10.0", in: clone)
        project.git("tag", "-m", "x", "other-v9.0.0", in: clone)
        project.git("push", "--quiet", "--tags", "origin", in: clone)
        #expect(project.preflight(project.request("v1.9.5")) == ["`v1.9.5` is not above `v1.10.0`, the last tag"])
        #expect(
            project.preflight(project.request("v1.10.0-rc.1")) == [
                "`v1.10.0-rc.1` is not above `v1.10.0`, the last tag"
            ])
        #expect(project.preflight(project.request("v1.10.1")) == [])
        #expect(project.preflight(project.request("other-v10.0.0")) == [])
        #expect(project.preflight(project.request("nightly")) == [])
    }

    @Test func `a tag that is complete is released already`() throws {
        let project = try GitProject()
        try project.release()
        let problem = project.releasing.preflight(project.request(run: "run-2")).problems[0]
        #expect(
            problem.message
                == "`v1.0.0` is already released: the tag is here and on `origin` at \(project.head.prefix(12))")
        #expect(problem.retry == "not needed, nothing is left to do")
    }

    @Test func `a tag on another commit is in the way, here and there`() throws {
        let project = try GitProject()
        let old = project.head.prefix(12)
        try project.release()
        project.commit("Later")
        let head = project.head.prefix(12)
        #expect(
            project.preflight(project.request(run: "run-2")) == [
                "`v1.0.0` exists at \(old) here and at \(old) on `origin`, and HEAD is \(head)"
            ])
        project.git("tag", "-d", "v1.0.0")
        #expect(
            project.preflight(project.request(run: "run-2")) == [
                "`v1.0.0` exists at \(old) on `origin`, and HEAD is \(head)"
            ])
    }

    @Test func `a lightweight tag is not taken for a release`() throws {
        let project = try GitProject()
        project.git("tag", "v1.0.0")
        #expect(
            project.preflight(project.request()) == [
                "`v1.0.0` exists here as a lightweight tag, without author, date and message"
            ])
    }

    @Test(arguments: [("v1", "v1/2.0.0"), ("v1/2.0.0", "v1")])
    func `a tag that git cannot hold beside another one`(_ present: String, _ wanted: String) throws {
        let project = try GitProject()
        project.git("tag", "-m", "one", present)
        #expect(
            project.preflight(project.request(wanted)) == [
                "`\(present)` exists here, and git cannot hold `\(wanted)` beside it"
            ])
        project.git("push", "--quiet", "origin", present)
        project.git("tag", "-d", present)
        #expect(
            project.preflight(project.request(wanted)) == [
                "`\(present)` exists on `origin`, and git cannot hold `\(wanted)` beside it"
            ])
    }

    @Test func `two different tags at HEAD`() throws {
        let project = try GitProject()
        project.git("tag", "-m", "one", "v1.0.0")
        project.git("push", "--quiet", "origin", "v1.0.0")
        project.git("tag", "-f", "-m", "other", "v1.0.0")
        let problems = project.preflight(project.request())
        #expect(problems.count == 1)
        #expect(problems[0].hasSuffix("on `origin`, both at HEAD"))
    }

    @Test func `what an earlier release left half done is a warning`() throws {
        let project = try GitProject()
        project.git("tag", "-m", "one", "v1.0.0")
        let problems = project.releasing.preflight(project.request()).problems
        #expect(problems.map(\.severity) == [.warning])
        #expect(problems.map(\.message) == ["`v1.0.0` is here and not on `origin`: the step pushes it as it is"])
    }

    @Test func `nobody's name, where guessing is forbidden`() throws {
        let project = try GitProject()
        project.git("config", "user.useConfigOnly", "true")
        let nameless = ["GIT_COMMITTER_NAME": "", "GIT_COMMITTER_EMAIL": ""]
        let problems = TagReleasing(project.repository(adding: nameless)).preflight(project.request()).problems
        #expect(problems.map(\.message) == ["git does not know who makes the tag"])
    }
}

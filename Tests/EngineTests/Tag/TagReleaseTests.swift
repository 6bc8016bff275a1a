import Deployment
import Diagnostics
import Engine
import Host
import TestSupport
import Testing

@Suite struct `Tagging a release` {
    @Test func `nothing but an object is made until the commands run`() throws {
        let project = try GitProject()
        let before = project.git("for-each-ref")
        let prepared = try project.prepare(project.request())
        #expect(project.git("for-each-ref") == before)
        #expect(project.git("cat-file", "-t", prepared.object) == "tag")
        #expect(prepared.commit == project.head)
        #expect(try project.host.files.list(project.runFolder) == [])
        #expect(
            prepared.commands.map(\.pasteable) == [
                "git push --atomic --no-follow-tags --recurse-submodules=no --force-with-lease=refs/tags/v1.0.0: -- origin "
                    + "\(prepared.object):refs/tags/v1.0.0 \(prepared.commit):refs/heads/main",
                "git update-ref --no-deref refs/tags/v1.0.0 \(prepared.object) 0000000000000000000000000000000000000000",
            ])
    }

    @Test func `branch and tag are at both ends afterwards`() throws {
        let project = try GitProject()
        project.commit("Second")
        let prepared = try project.release()
        #expect(project.tag("v1.0.0") == prepared.object)
        #expect(project.tagOnOrigin("v1.0.0") == prepared.object)
        #expect(project.git("rev-parse", "main", in: project.origin) == project.head)
    }

    @Test func `the message is the given one and names the run`() throws {
        let project = try GitProject()
        try project.release()
        let text = project.git("cat-file", "tag", "v1.0.0")
        #expect(text.contains("\ntagger Ada <ada@example.org> "))
        #expect(text.hasSuffix("\n\nWhat is new\n\n- uploads\n\nRehearse-Run: run-1"))
    }

    @Test func `without a remote the tag stays here`() throws {
        let project = try GitProject()
        let prepared = try project.release(remote: nil)
        #expect(prepared.commands.count == 1)
        #expect(project.tag("v1.0.0") == prepared.object)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
        #expect(
            project.preflight(project.request(remote: nil, run: "run-2")) == [
                "`v1.0.0` is already released: the tag is here at \(project.head.prefix(12))"
            ])
    }

    @Test func `other tags stay at home, whatever the configuration says`() throws {
        let project = try GitProject()
        project.git("config", "push.followTags", "true")
        project.git("tag", "-m", "private", "draft")
        try project.release()
        #expect(project.tagOnOrigin("draft") == nil)
    }

    @Test(arguments: ["-f", "feature/new", "ünïcode"])
    func `a branch with an odd name`(_ branch: String) throws {
        let project = try GitProject()
        project.git("update-ref", "refs/heads/\(branch)", "HEAD")
        project.git("symbolic-ref", "HEAD", "refs/heads/\(branch)")
        let prepared = try project.release()
        #expect(prepared.branch == branch)
        #expect(project.git("rev-parse", "refs/heads/\(branch)", in: project.origin) == project.head)
    }

    @Test func `a remote whose path has blanks and quotes`() throws {
        let project = try GitProject(originName: "it's an \"origin\" $HOME.git")
        let prepared = try project.release()
        #expect(project.tagOnOrigin("v1.0.0") == prepared.object)
        #expect(project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `the author falls back to user and host where git knows nobody`() throws {
        let project = try GitProject()
        var host = project.host
        host.surroundings.userName = "ci"
        host.surroundings.hostName = "runner-7"
        var variables = project.variables
        // Git guesses where the machine's name allows it; a blank keeps it from doing so on any machine.
        variables["GIT_COMMITTER_NAME"] = ""
        variables["GIT_COMMITTER_EMAIL"] = ""
        let repository = GitRepository(directory: project.path, host: host, environment: variables)
        let preparation = TagReleasing(repository).prepare(
            project.request(remote: nil), message: "x", scratch: project.runFolder, since: nil)
        guard case .ready(let prepared) = preparation else {
            Issue.record("refused: \(preparation)")
            return
        }
        #expect(project.git("cat-file", "tag", prepared.object).contains("\ntagger rehearse <ci@runner-7> "))
    }

    @Test func `a relative remote is meant from the top`() throws {
        let project = try GitProject()
        project.git("remote", "set-url", "origin", "../origin.git")
        let prepared = try project.release()
        try project.host.files.removeTree("\(project.path)/.git")
        #expect(project.undo(prepared, in: project.runFolder).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `a repository with longer ids`() throws {
        let project = try GitProject(objectFormat: "sha256")
        let prepared = try project.release()
        #expect(prepared.object.count == 64)
        try project.host.files.removeTree(project.path)
        let undo = project.undo(prepared, in: project.runFolder)
        #expect(undo.succeeded, "\(undo.trimmedErrorText)")
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `a shallow clone, as CI has it, that lies below the top`() throws {
        let project = try GitProject()
        for subject in ["Second", "Third"] { project.commit(subject) }
        project.git("push", "--quiet", "origin", "main")
        let shallow = project.scratch("shallow")
        project.git("clone", "--quiet", "--depth=1", "file://\(project.origin)", shallow, in: project.scratch.path)
        try project.host.files.makeDirectory("\(shallow)/service", 0o700)
        let repository = GitRepository(
            directory: "\(shallow)/service", host: project.host, environment: project.variables)
        let releasing = TagReleasing(repository)
        #expect(releasing.preflight(project.request()).problems == [])
        project.pushMeanwhile(from: project.clone())
        #expect(
            releasing.preflight(project.request()).problems.map(\.message) == [
                "`origin/main` has 1 commit that HEAD lacks"
            ])
        project.git("pull", "--quiet", "--rebase", "origin", "main", in: shallow)
        let preparation = releasing.prepare(
            project.request(), message: "x", scratch: project.runFolder, since: nil)
        guard case .ready(let prepared) = preparation else {
            Issue.record("refused: \(preparation)")
            return
        }
        #expect(project.perform(prepared) == nil)
        #expect(releasing.confirm(prepared) == [])
        #expect(project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
        #expect(project.tag("v1.0.0", in: shallow) == nil)
    }

    @Test func `confirming sees what is not so`() throws {
        let project = try GitProject()
        let prepared = try project.release()
        project.git("update-ref", "-d", "refs/tags/v1.0.0", in: project.origin)
        #expect(
            project.releasing.confirm(prepared).map(\.message) == [
                "`v1.0.0` does not exist on `origin` after the step"
            ])
        try project.host.files.removeTree(project.origin)
        let problems = project.releasing.confirm(prepared)
        #expect(problems.count == 1)
        #expect(problems[0].message.hasPrefix("`v1.0.0` cannot be confirmed: git refused: fatal: "))
    }

    @Test func `uncommitted work that appears meanwhile is refused and survives`() throws {
        let project = try GitProject()
        let sighting = project.releasing.preflight(project.request()).sighting
        try project.write("precious", to: "draft.txt")
        #expect(project.refusal(project.request(), since: sighting) == ["1 path not committed: `draft.txt`"])
        #expect(try project.host.files.read("\(project.path)/draft.txt", 100) == Array("precious".utf8))
    }
}

@Suite struct `Signing a tag` {
    /// A stand-in for GnuPG, which git asks to sign what is on its standard input.
    private func installSigner(_ project: GitProject, _ script: String) throws {
        let path = project.scratch("signer")
        try project.host.files.replace(path, Array("#!/bin/sh\n\(script)\n".utf8), 0o755)
        project.git("config", "gpg.program", path)
        project.git("config", "user.signingKey", "ada@example.org")
    }

    @Test func `git signs it in a place of our own, with the project's settings`() throws {
        let project = try GitProject()
        try installSigner(
            project,
            """
            cat >/dev/null; printf '\\n[GNUPG:] SIG_CREATED D\\n' >&2
            printf -- '-----BEGIN PGP SIGNATURE-----\\nkey %s\\n-----END PGP SIGNATURE-----\\n' "$3"
            """)
        let before = project.git("for-each-ref")
        let prepared = try project.prepare(project.request(isSigned: true))
        #expect(project.git("for-each-ref") == before)
        let text = project.git("cat-file", "tag", prepared.object)
        #expect(text.contains("\ntagger Ada <ada@example.org> "))
        #expect(text.contains("\nRehearse-Run: run-1\n-----BEGIN PGP SIGNATURE-----\nkey ada@example.org\n"))
        #expect(try project.host.files.list(project.runFolder) == [])
        #expect(project.perform(prepared) == nil)
        #expect(project.releasing.confirm(prepared) == [])
        #expect(project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `without a key it is refused, with git's words`() throws {
        let project = try GitProject()
        try installSigner(project, "cat >/dev/null; exit 2")
        let preparation = project.releasing.prepare(
            project.request(isSigned: true), message: "x", scratch: project.runFolder, since: nil)
        guard case .refused(let refusal) = preparation else {
            Issue.record("not refused: \(preparation)")
            return
        }
        #expect(refusal.problems.count == 1)
        #expect(refusal.problems[0].message.hasPrefix("the tag cannot be signed: "))
        #expect(refusal.problems[0].retry == "safe, this step changed nothing")
        #expect(refusal.output.contains("failed to sign"))
        #expect(project.tag("v1.0.0") == nil)
        #expect(try project.host.files.list(project.runFolder) == [])
    }

    @Test func `an unsigned tag that is half done does not pass for a signed one`() throws {
        let project = try GitProject()
        project.git("tag", "-m", "one", "v1.0.0")
        #expect(
            project.refusal(project.request(isSigned: true)) == [
                "`v1.0.0` exists without a signature, and the step asks for one"
            ])
    }
}

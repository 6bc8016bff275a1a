import Diagnostics
import Engine
import Host
import TestSupport
import Testing

@Suite struct `Somebody else at the same time` {
    @Test func `a tag pushed before the step is somebody's, even at the same commit`() throws {
        let project = try GitProject()
        let sighting = try #require(project.releasing.preflight(project.request()).sighting)
        let clone = project.clone()
        project.git("tag", "-m", "mine", "v1.0.0", in: clone)
        project.git("push", "--quiet", "origin", "v1.0.0", in: clone)
        #expect(
            project.refusal(project.request(), since: sighting) == [
                "somebody pushed `v1.0.0` to `origin` meanwhile, at \(project.head.prefix(12))"
            ])
        #expect(project.tag("v1.0.0") == nil)
        #expect(project.tagOnOrigin("v1.0.0") == project.tag("v1.0.0", in: clone))
    }

    @Test func `a tag pushed between the look and the push rejects branch and tag together`() throws {
        let project = try GitProject()
        project.commit("Second")
        let before = project.git("rev-parse", "main", in: project.origin)
        let prepared = try project.prepare(project.request())
        let clone = project.clone()
        project.git("tag", "-m", "theirs", "v1.0.0", in: clone)
        project.git("push", "--quiet", "origin", "v1.0.0", in: clone)
        let failed = try #require(project.perform(prepared))
        #expect(failed.trimmedErrorText.contains("[rejected]"))
        #expect(project.tagOnOrigin("v1.0.0") == project.tag("v1.0.0", in: clone))
        #expect(project.git("rev-parse", "main", in: project.origin) == before)
        #expect(project.tag("v1.0.0") == nil)
        // The recorded way back leaves what is not ours.
        #expect(!project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == project.tag("v1.0.0", in: clone))
    }

    @Test func `a tag that appears while the push is under way`() throws {
        let project = try GitProject()
        project.commit("Second")
        let before = project.git("rev-parse", "main", in: project.origin)
        let prepared = try project.prepare(project.request())
        // Runs after the client has read the refs and before any is changed, outside of the push's own quarantine.
        try project.hook("pre-receive", "unset GIT_QUARANTINE_PATH; git update-ref refs/tags/v1.0.0 \(before)")
        let failed = try #require(project.perform(prepared))
        #expect(failed.outcome.ending == .exited(1))
        #expect(project.tagOnOrigin("v1.0.0") == before)
        #expect(project.git("rev-parse", "main", in: project.origin) == before)
        #expect(project.tag("v1.0.0") == nil)
    }

    @Test func `an upstream that moves between the look and the push rejects both`() throws {
        let project = try GitProject()
        let prepared = try project.prepare(project.request())
        project.pushMeanwhile(from: project.clone())
        #expect(try #require(project.perform(prepared)).trimmedErrorText.contains("[rejected]"))
        #expect(project.tagOnOrigin("v1.0.0") == nil)
        #expect(project.tag("v1.0.0") == nil)
        #expect(project.undo(prepared).succeeded)
    }

    @Test func `an upstream that moved before the step is told`() throws {
        let project = try GitProject()
        let sighting = project.releasing.preflight(project.request()).sighting
        project.pushMeanwhile(from: project.clone())
        #expect(project.refusal(project.request(), since: sighting) == ["`origin/main` has 1 commit that HEAD lacks"])
    }

    @Test func `a remote whose hook says no has neither branch nor tag`() throws {
        let project = try GitProject()
        project.commit("Second")
        try project.hook("update", "case $1 in refs/tags/*) echo 'tags are frozen' >&2; exit 1;; esac")
        let before = project.git("rev-parse", "main", in: project.origin)
        let failed = try #require(project.perform(try project.prepare(project.request())))
        #expect(failed.trimmedErrorText.contains("tags are frozen"))
        #expect(project.git("rev-parse", "main", in: project.origin) == before)
        #expect(project.tag("v1.0.0") == nil)
    }
}

import Deployment
import Diagnostics
import Engine
import Host
import TestSupport
import Testing

@Suite struct `A release that stopped half way` {
    /// Every point between two commands at which the run can be killed.
    @Test(arguments: [0, 1, 2])
    func `the same run carries on with its own tag`(_ performed: Int) throws {
        let project = try GitProject()
        project.commit("Second")
        let first = try project.prepare(project.request())
        #expect(project.perform(first, first: performed) == nil)
        let preflight = project.releasing.preflight(project.request())
        #expect(!preflight.problems.hasErrors)
        let second = try project.prepare(project.request(), since: preflight.sighting)
        #expect(second.commands.count == 2 - performed)
        if performed > 0 { #expect(second.object == first.object) }
        #expect(project.perform(second) == nil)
        #expect(project.releasing.confirm(second) == [])
        #expect(project.undo(second).succeeded)
        #expect(project.tag("v1.0.0") == nil)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test(arguments: [0, 1])
    func `the next run finishes it`(_ performed: Int) throws {
        let project = try GitProject()
        project.commit("Second")
        let first = try project.prepare(project.request())
        #expect(project.perform(first, first: performed) == nil)
        let second = try project.release(run: "run-2")
        #expect(second.notes.count == performed)
        #expect(project.tag("v1.0.0") == second.object)
        #expect(project.tagOnOrigin("v1.0.0") == second.object)
        #expect(project.git("rev-parse", "main", in: project.origin) == project.head)
    }

    @Test(arguments: [0, 1, 2])
    func `the way back recorded before the kill undoes what was done`(_ performed: Int) throws {
        let project = try GitProject()
        let prepared = try project.prepare(project.request())
        #expect(project.perform(prepared, first: performed) == nil)
        #expect(project.undo(prepared).succeeded)
        #expect(project.tag("v1.0.0") == nil)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
    }

    @Test func `another machine finishes it, fetching the object`() throws {
        let project = try GitProject()
        let clone = project.clone()
        let prepared = try project.prepare(project.request())
        #expect(project.perform(prepared, first: 1) == nil)
        let releasing = TagReleasing(
            GitRepository(directory: clone, host: project.host, environment: project.variables))
        let request = project.request(run: "run-2")
        let preflight = releasing.preflight(request)
        #expect(preflight.problems.map(\.message) == ["`v1.0.0` is on `origin` and not here: the step brings it"])
        let preparation = releasing.prepare(
            request, message: "x", scratch: project.runFolder, since: preflight.sighting)
        guard case .ready(let second) = preparation else {
            Issue.record("refused: \(preparation)")
            return
        }
        #expect(second.object == prepared.object)
        #expect(second.commands.count == 1)
        #expect(project.perform(second) == nil)
        #expect(releasing.confirm(second) == [])
    }

    @Test func `a tag that a person made here is pushed, and undoing leaves it as it was found`() throws {
        let project = try GitProject()
        project.git("tag", "-m", "by hand", "v1.0.0")
        let object = project.tag("v1.0.0")
        let prepared = try project.release()
        #expect(prepared.object == object)
        #expect(project.tagOnOrigin("v1.0.0") == object)
        #expect(project.undo(prepared).succeeded)
        #expect(project.tagOnOrigin("v1.0.0") == nil)
        #expect(project.tag("v1.0.0") == object)
    }

    @Test func `a tag that a person pushed before the run is brought, and undoing leaves it there`() throws {
        let project = try GitProject()
        let clone = project.clone()
        project.git("tag", "-m", "by hand", "v1.0.0", in: clone)
        project.git("push", "--quiet", "origin", "v1.0.0", in: clone)
        let prepared = try project.release()
        #expect(project.undo(prepared).succeeded)
        #expect(project.tag("v1.0.0") == nil)
        #expect(project.tagOnOrigin("v1.0.0") == prepared.object)
    }
}

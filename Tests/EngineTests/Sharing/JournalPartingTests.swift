import Deployment
import Host
import Testing

@testable import Engine

@Suite struct `Two journals of one run` {
    private let digest = Host.live().digest
    private let begun: SampleRun = {
        var run = SampleRun()
        run.start("one")
        return run
    }()

    private func onlyTheirsActed(_ ours: SampleRun, _ theirs: SampleRun) -> Bool {
        JournalParting(here: ours.bytes, there: theirs.bytes, digest: digest).onlyTheirsActed
    }

    /// As a laptop carries the run on.
    private var takenBack: SampleRun {
        var run = begun
        run.openRollback()
        return run
    }

    @Test func `how something ended that the others knew to have begun is no other story`() {
        var ours = begun
        ours.tell(.stepSpawned(RunEvent.Spawned(step: "one", pid: 1, startTime: 1)))
        ours.end("one", .succeeded)
        ours.tell(.warned(RunEvent.Warned(text: "lock.lost")))
        #expect(onlyTheirsActed(ours, takenBack))
    }

    @Test func `what was announced and not begun is no other story`() {
        var ours = begun
        ours.end("one", .succeeded)
        ours.start("two")
        ours.end("two", .failed, failure: .init(reason: .spawn, what: "not started", expected: "", retry: "safe"))
        #expect(onlyTheirsActed(ours, takenBack))
    }

    @Test func `what they do not know to have begun is`() {
        var ours = begun
        ours.end("one", .succeeded)
        ours.start("two")
        #expect(!onlyTheirsActed(ours, takenBack))
        ours.end("two", .succeeded)
        #expect(!onlyTheirsActed(ours, takenBack))
    }

    @Test func `what a person decided here is`() {
        var ours = begun
        ours.tell(.closed(RunEvent.Closed(actor: SampleRun.actor, reason: "by hand")))
        #expect(!onlyTheirsActed(ours, takenBack))
    }

    @Test func `runs that do not begin the same are`() {
        var other = SampleRun([.init(kind: .command, command: .shell("something else"))])
        other.openRollback()
        #expect(!onlyTheirsActed(begun, other))
    }

    @Test func `where they have nothing more, nothing is given up`() {
        var ours = begun
        ours.end("one", .succeeded)
        #expect(!onlyTheirsActed(ours, begun))
    }
}

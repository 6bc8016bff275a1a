@testable import Deployment
@testable import Engine
import Testing
import YAML

@Suite struct `Folding events into a record` {
    @Test func `a run without an end is running while its process lives, and crashed afterwards`() throws {
        var run = SampleRun()
        run.start("one")
        #expect(try run.record(isOwnerAlive: true).status == .running)
        #expect(try run.record(isOwnerAlive: true).step("one")?.status == .running)
        let crashed = try run.record()
        #expect(crashed.status == .crashed)
        #expect(crashed.step("one")?.status == .unknown)
        #expect(!crashed.settled)
        #expect(crashed.commands.resume == "rehearse resume \(SampleRun.id)")
        #expect(crashed.commands.rollback == "rehearse rollback \(SampleRun.id)")
    }

    @Test func `a failed run is settled when nothing it did has to be undone`() throws {
        let failure = StepRecord.Failure(reason: .exit, what: "exit 1", expected: "ok", retry: "safe")
        var harmless = SampleRun()
        harmless.start("two", rollback: .init(kind: .none, reason: "reads"))
        harmless.end("two", .failed, failure: failure)
        harmless.tell(.ended(RunEvent.Ended(status: .failed)))
        #expect(try harmless.record().settled)
        var harmful = SampleRun()
        harmful.start("one")
        harmful.end("one", .failed, failure: failure)
        harmful.tell(.ended(RunEvent.Ended(status: .failed)))
        #expect(try !harmful.record().settled)
        #expect(try harmful.record().step("one")?.failure == failure)
    }

    @Test func `a step that never ran has nothing to undo`() throws {
        var run = SampleRun()
        run.start("one")
        run.end("one", .failed, failure: .init(reason: .spawn, what: "not there", expected: "ok", retry: "safe"))
        run.tell(.ended(RunEvent.Ended(status: .failed)))
        #expect(try RollbackEngine.remaining(run.record()).isEmpty)
    }

    @Test func `captures and outputs reach the undo's variables`() throws {
        var run = SampleRun()
        run.start("one")
        run.end("one", .succeeded)
        #expect(try run.record().step("one")?.rollback.env == ["OLD": "1", "OUT": "2"])
    }

    @Test func `what was undone is not left to undo, and a rollback that died is incomplete`() throws {
        var run = SampleRun([.init(kind: .command, command: .shell("a")), .init(kind: .command, command: .shell("b"))])
        for step in ["one", "two"] {
            run.start(step)
            run.end(step, .succeeded)
        }
        run.tell(.ended(RunEvent.Ended(status: .succeeded)))
        #expect(try RollbackEngine.remaining(run.record()).map(\.id) == ["two", "one"])
        run.openRollback()
        run.tell(
            .rollbackStarted(
                RunEvent.RollbackStarted(step: "two", attempt: 1, command: .shell("b"), idempotencyKey: "k")))
        run.tell(.rollbackEnded(RunEvent.RollbackEnded(step: "two", status: .done, durationMs: 3, exit: 0)))
        let record = try run.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(RollbackEngine.remaining(record).map(\.id) == ["one"])
        #expect(record.commands.resume == nil)
    }

    @Test func `a run that a person closed is settled, whatever was left`() throws {
        var run = SampleRun()
        run.start("one")
        run.tell(.closed(RunEvent.Closed(actor: SampleRun.actor, reason: "undone by hand")))
        let record = try run.record()
        #expect(record.status == .closed)
        #expect(record.settled)
        #expect(record.closed?.reason == "undone by hand")
    }

    @Test func `attempts are counted with how each ended`() throws {
        var run = SampleRun()
        run.start("one")
        run.end("one", .failed, failure: .init(reason: .exit, what: "exit 1", expected: "ok", retry: "safe"))
        run.start("one", attempt: 2)
        run.end("one", .succeeded)
        let step = try run.record().step("one")
        #expect(step?.status == .succeeded)
        #expect(step?.failure == nil)
        #expect(step?.attempts.map(\.exit) == [1, 0])
        #expect(step?.attempts.map(\.reason) == [.exit, nil])
    }

    @Test func `a record survives its own JSON`() throws {
        var run = SampleRun()
        run.start("one")
        run.end("one", .succeeded)
        run.tell(.ended(RunEvent.Ended(status: .succeeded)))
        let record = try run.record()
        let text = JSONWriter.document(record.node)
        #expect(try NodeDecoder.decode(RunRecord.self, from: JSONReader.read(Array(text.utf8))) == record)
    }
}

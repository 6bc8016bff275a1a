import Deployment
import Diagnostics
import Host
import TestSupport
import Testing
import YAML

@testable import Engine

@Suite struct `Writing a journal` {
    /// A secret that is one of the journal's own words made its event unreadable once masked; it was written unmasked then.
    @Test(arguments: ["succeeded", "command", "rolled_back"])
    func `a secret that is a word of ours hides texts and keeps the shape`(word: String) throws {
        let mask = SecretMask([(name: "TOKEN", value: Secret(word))])
        let event = RunEvent.stepEnded(
            RunEvent.StepEnded(
                step: "one", status: .succeeded, durationMs: 1, outputs: ["OUT": "it is \(word)"], metrics: [:]))
        let hidden = TextMasking.mask(event.payload, with: mask)
        guard case .stepEnded(let read) = try RunEvent.decode(event.name, hidden) else {
            Issue.record("another event was read")
            return
        }
        #expect(read.status == .succeeded)
        #expect(read.outputs == ["OUT": "it is [secret TOKEN]"])
    }

    /// A line of a journal that begins with a sample run's, written by one of two ways.
    private func text(_ event: RunEvent, madeReady ready: RunEvent?, secret: String = "s3cret") -> String {
        var host = Host.unexpected
        host.digest = SampleRun().digest
        host.clock.monotonicNanoseconds = { 7 }
        host.clock.now = { Timestamp(millisecondsSince1970: 1_795_255_990_000) }
        let (file, mask) = (RecordedFile(), SecretMask([(name: "TOKEN", value: Secret(secret))]))
        let journal = JournalWriter(
            file.file, after: nil, host: host, mask: { TextMasking.mask($0, with: mask) })
        #expect(throws: Never.self) {
            try journal.append(SampleRun().lines[0].event)
            if let ready { journal.prepare(ready) }
            try journal.append(event)
            try journal.append(.ended(RunEvent.Ended(status: .failed)))
        }
        return file.text
    }

    private func started(_ step: String, _ command: String) -> RunEvent {
        .stepStarted(
            RunEvent.StepStarted(
                step: step, attempt: 1, action: PlannedAction(kind: "run", command: .shell(command)), captures: [:],
                rollback: PlannedRollback(kind: .none, reason: "reads"), idempotencyKey: "k", log: "steps/01-one.log"))
    }

    @Test func `an event that was made ready gives the line that it gives otherwise, its secrets hidden`() {
        let event = started("one", "deploy s3cret")
        let line = text(event, madeReady: nil)
        #expect(line.contains("deploy [secret TOKEN]"))
        #expect(text(event, madeReady: event) == line)
    }

    @Test func `another event than the one that was made ready is written as it is`() {
        let (event, other) = (started("one", "deploy"), started("one", "destroy"))
        #expect(text(event, madeReady: other) == text(event, madeReady: nil))
        #expect(!text(event, madeReady: other).contains("destroy"))
    }
}

import Deployment
import Host
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
}

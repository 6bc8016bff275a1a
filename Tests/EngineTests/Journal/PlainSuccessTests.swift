import Deployment
import Testing

@testable import Engine

/// The short way past a journal has to come to what the long one comes to, or to nothing.
@Suite struct `A journal of a run that simply succeeded` {
    private static func sample(_ end: RunStatus = .succeeded, _ others: [RunEvent] = []) -> SampleRun {
        var run = SampleRun()
        run.start("one")
        run.end("one", .succeeded)
        for event in others { run.tell(event) }
        run.tell(.ended(RunEvent.Ended(status: end)))
        return run
    }

    private static func environment(_ run: SampleRun, _ bytes: [UInt8]? = nil) -> String? {
        Journal.environmentOfPlainSuccess(bytes ?? run.bytes)
    }

    @Test func `names its environment`() throws {
        let run = Self.sample()
        let record = try #require(RecordFold.record(try run.journal, isOwnerAlive: false))
        #expect(record.settled)
        #expect(Self.environment(run) == record.environment.name)
    }

    @Test(arguments: RunStatus.allCases.filter { $0 != .succeeded })
    func `any other end takes a closer look`(_ end: RunStatus) {
        #expect(Self.environment(Self.sample(end)) == nil)
    }

    @Test func `so does what is told besides, or afterwards`() {
        let warning = RunEvent.warned(RunEvent.Warned(text: "a process went on; \"ev\":\"run.end\""))
        #expect(Self.environment(Self.sample(.succeeded, [warning])) == nil)
        var run = Self.sample()
        run.tell(warning)
        #expect(Self.environment(run) == nil)
    }

    @Test func `so does each byte that is missing at the end or another one`() {
        let run = Self.sample()
        let bytes = run.bytes
        for length in bytes.indices { #expect(Self.environment(run, Array(bytes.prefix(length))) == nil, "\(length)") }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(Self.environment(run, changed) == nil, "\(place)")
        }
    }

    @Test func `so does a line left out or told twice`() {
        let run = Self.sample()
        let lines = run.lines.map { Array($0.text.utf8) + [0x0A] }
        for place in lines.indices {
            var fewer = lines
            fewer.remove(at: place)
            #expect(Self.environment(run, Array(fewer.joined())) == nil)
            var more = lines
            more.insert(lines[place], at: place)
            #expect(Self.environment(run, Array(more.joined())) == nil)
        }
    }

    @Test func `so does a line at another place`() {
        var run = SampleRun()
        for _ in 0..<10 {
            run.start("one")
            run.end("one", .succeeded)
        }
        run.tell(.ended(RunEvent.Ended(status: .succeeded)))
        #expect(Self.environment(run) == "staging")
        let lines = run.lines.map { Array($0.text.utf8) + [0x0A] }
        for place in lines.indices {
            var swapped = lines
            swapped.swapAt(place, (place + 1) % lines.count)
            #expect(Self.environment(run, Array(swapped.joined())) == nil)
        }
    }
}

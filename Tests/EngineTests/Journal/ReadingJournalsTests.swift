@testable import Deployment
@testable import Engine
import Host
import Testing

@Suite struct `Reading a journal` {
    private static func sample() -> SampleRun {
        var run = SampleRun()
        run.start("one")
        run.end("one", .succeeded)
        run.tell(.ended(RunEvent.Ended(status: .succeeded)))
        return run
    }

    @Test func `gives back every line and the chain's head`() throws {
        let run = Self.sample()
        let journal = try run.journal
        #expect(journal.lines == run.lines)
        #expect(journal.tornBytes == 0)
        #expect(journal.head == run.digest.sha256(Array(run.lines[3].text.utf8)))
    }

    @Test func `cut at any byte it is the whole lines before, and the rest is torn`() throws {
        let run = Self.sample()
        let bytes = run.bytes
        let firstLine = run.lines[0].text.utf8.count + 1
        for length in firstLine..<bytes.count {
            let journal = try Journal.read(Array(bytes.prefix(length)), digest: run.digest)
            #expect(journal.soundBytes + journal.tornBytes == length)
            #expect(journal.lines == Array(run.lines.prefix(journal.lines.count)))
        }
    }

    @Test func `without one whole line it is empty`() {
        #expect(throws: Journal.Damage.empty) { try Journal.read([], digest: Self.sample().digest) }
    }

    @Test func `a byte flipped in an earlier line is damage, with the line's number`() throws {
        let run = Self.sample()
        var bytes = run.bytes
        bytes[run.lines[0].text.utf8.count + 30] ^= 0x01
        #expect(throws: Journal.Damage.line(2, .checksum)) { try Journal.read(bytes, digest: run.digest) }
    }

    @Test func `a line that was taken out breaks the chain`() throws {
        let run = Self.sample()
        let bytes = [run.lines[0], run.lines[2], run.lines[3]].flatMap { (line: JournalLine) -> [UInt8] in
            Array(line.text.utf8) + [0x0A]
        }
        #expect(throws: Journal.Damage.chain(2)) { try Journal.read(bytes, digest: run.digest) }
    }

    @Test func `a line changed with a new checksum breaks the chain of the next`() throws {
        let run = Self.sample()
        var changed = run.lines[1]
        changed.wall = "2026-11-21T00:00:00.000Z"
        let bytes = [run.lines[0], changed, run.lines[2]].flatMap { (line: JournalLine) -> [UInt8] in
            Array(line.text.utf8) + [0x0A]
        }
        #expect(throws: Journal.Damage.chain(3)) { try Journal.read(bytes, digest: run.digest) }
    }

    @Test func `a newer version is told as such`() throws {
        let run = Self.sample()
        let text = run.lines[0].text.replacing("{\"v\":1,", with: "{\"v\":2,")
        // The checksum is of the changed line, as a newer program would have written it.
        let body = text.prefix(text.count - 18)
        let line = String(decoding: JournalLine.sealed(Array(body.utf8)), as: UTF8.self)
        #expect(throws: Journal.Damage.newerVersion(2)) {
            try Journal.read(Array((line + "\n").utf8), digest: run.digest)
        }
    }
}

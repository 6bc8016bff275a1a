import Engine
import Host
import TestSupport
import Testing

/// Every place where a journal of a real run can be cut or changed.
@Suite struct `A journal, byte by byte` {
    private static let journal = Result<[UInt8], any Error> {
        let project = try TraceProject([.traced("one"), TracedStep("two", "exit 1")])
        try #require(project.run().status == 1)
        return Array(try project.scratch.text(of: project.path("journal.jsonl")).utf8)
    }

    private let digest = Host.live().digest

    @Test func `cut anywhere, it is the whole lines before the cut`() throws {
        let bytes = try Self.journal.get()
        let whole = try Journal.read(bytes, digest: digest)
        #expect(whole.tornBytes == 0)
        var lines = 0
        for length in 1...bytes.count {
            if bytes[length - 1] == 0x0A { lines += 1 }
            let cut = Array(bytes.prefix(length))
            guard lines > 0 else {
                #expect(throws: Journal.Damage.self) { try Journal.read(cut, digest: digest) }
                continue
            }
            let journal = try Journal.read(cut, digest: digest)
            #expect(journal.lines == Array(whole.lines.prefix(lines)))
            #expect(journal.soundBytes + journal.tornBytes == length)
            #expect(RecordFold.record(journal, isOwnerAlive: false)?.id.isEmpty == false)
        }
        #expect(lines == whole.lines.count)
    }

    /// In seven parts, because every byte takes its time without optimisation.
    @Test(arguments: 0..<7) func `a changed byte never becomes another history`(part: Int) throws {
        let bytes = try Self.journal.get()
        let whole = try Journal.read(bytes, digest: digest)
        let lastLine = try #require(bytes.dropLast().lastIndex(of: 0x0A)) + 1
        for index in stride(from: part, to: bytes.count, by: 7) {
            var changed = bytes
            changed[index] ^= 0x01
            do throws(Journal.Damage) {
                let journal = try Journal.read(changed, digest: digest)
                #expect(index >= lastLine, "byte \(index) was changed unseen")
                #expect(journal.lines == Array(whole.lines.dropLast()))
            } catch {
                #expect(index < lastLine, "byte \(index): \(error)")
            }
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () throws -> Success) { self.init(catching: body) }
}

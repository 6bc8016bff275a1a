import Host
import Testing

@testable import Engine

@Suite struct `The log of a step` {
    private let mask = SecretMask([("TOKEN", Secret("hunter2-canary"))])

    private func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `has what was printed, as it was printed, at once`() {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: mask)
        let raw: [UInt8] = [0x61, 0x00, 0xFF, 0x0D, 0x0A, 0x1B, 0x5B, 0x6D, 0x0A]
        #expect(log.append(raw, from: .standardOutput) == raw)
        #expect(record.bytes == raw, "written through")
        log.append(utf8("no end"), from: .standardError)
        let summary = log.close()
        #expect(record.bytes == raw + utf8("no end"))
        #expect(
            summary
                == .init(bytes: raw.count + 6, omitted: 0, lines: 3, isLossy: true, failure: nil, rest: []))
        #expect(!summary.isTruncated)
    }

    @Test func `of a silent step is empty and never written`() {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: mask)
        #expect(log.close() == .init(bytes: 0, omitted: 0, lines: 0, isLossy: false, failure: nil, rest: []))
        #expect(record.appends == 0)
    }

    @Test func `keeps the streams in order of arrival and masks each for itself`() {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: mask)
        log.append(utf8("out 1\nhunter2-"), from: .standardOutput)
        #expect(log.append(utf8("err 1\n"), from: .standardError) == utf8("err 1\n"))
        #expect(log.append(utf8("canary\n"), from: .standardOutput) == utf8("[secret TOKEN]\n"))
        log.append(utf8("hunter2-"), from: .standardError)
        let summary = log.close()
        #expect(record.text == "out 1\nerr 1\n[secret TOKEN]\nhunter2-")
        #expect(summary.rest == utf8("hunter2-"))
        #expect(summary.lines == 4)
    }

    @Test func `of a step that was killed does not end in half a secret`() {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: mask)
        log.append(utf8("using hunter2-can"), from: .standardOutput)
        #expect(log.close(cutShort: true).rest == utf8("[secret TOKEN]"))
        #expect(record.text == "using [secret TOKEN]")
    }

    @Test(arguments: 0...20)
    func `below its limit is complete, above it says how much is missing`(extra: Int) {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: .none, limit: 20)
        let text = String("0123456789abcdefghijklmnopqrstuvwxyzABCD".prefix(20 + extra))
        for byte in text.utf8 { log.append([byte], from: .standardOutput) }
        let summary = log.close()
        #expect(summary.bytes == 20 + extra)
        #expect(summary.omitted == extra)
        #expect(summary.lines == 1)
        #expect(
            record.text
                == (extra == 0
                    ? text : "0123456789\n[rehearse omitted \(extra) bytes here]\n" + text.suffix(10)))
    }

    @Test func `is cut between lines where it can be`() {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: .none, limit: 40)
        let text = (1...20).map { "line \($0)\n" }.joined()
        log.append(utf8(text), from: .standardOutput)
        let summary = log.close()
        #expect(
            record.text == "line 1\nline 2\n[rehearse omitted \(text.utf8.count - 30) bytes here]\nline 19\nline 20\n")
        #expect(summary.omitted == text.utf8.count - 30)
        #expect(summary.lines == 20)
    }

    /// A secret at every place around the cut: the log never has four characters of it in a row.
    @Test(arguments: 0..<80, [1, 7, 1_000])
    func `cuts no secret in two`(offset: Int, piece: Int) {
        let record = RecordedFile()
        var log = StepLog(file: record.file, mask: mask, limit: 64)
        let text = utf8(String(repeating: ".", count: offset) + "hunter2-canary" + String(repeating: ",", count: 120))
        for start in stride(from: 0, to: text.count, by: piece) {
            log.append(Array(text[start..<min(start + piece, text.count)]), from: .standardOutput)
        }
        let summary = log.close()
        for start in 0...("hunter2-canary".utf8.count - 4) {
            let part = "hunter2-canary".dropFirst(start).prefix(4)
            #expect(!record.text.contains(part))
        }
        #expect(summary.bytes == text.count)
        #expect(summary.omitted == text.count - 64)
    }

    @Test(arguments: 0..<60)
    func `has exactly the head and the tail whatever the pieces`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let record = RecordedFile()
        let limit = Int.random(in: 2...200, using: &random)
        var log = StepLog(file: record.file, mask: .none, limit: limit)
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            // No line ends, so that the cuts are where the limits are.
            let piece = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                UInt8.random(in: 0x41...0x5A, using: &random)
            }
            text += piece
            log.append(piece, from: Bool.random(using: &random) ? .standardOutput : .standardError)
        }
        let summary = log.close()
        #expect(summary.bytes == text.count)
        #expect(summary.omitted == max(0, text.count - limit))
        if text.count <= limit {
            #expect(record.bytes == text)
        } else {
            let notice = "\n[rehearse omitted \(text.count - limit) bytes here]\n"
            #expect(record.bytes == text.prefix(limit - limit / 2) + utf8(notice) + text.suffix(limit / 2))
        }
    }

    @Test func `that cannot be written says so once, and the step goes on`() {
        let record = RecordedFile(space: 10)
        var log = StepLog(file: record.file, mask: mask)
        log.append(utf8("12345678\n"), from: .standardOutput)
        #expect(log.takeFailure() == nil)
        #expect(log.append(utf8("more\n"), from: .standardOutput) == utf8("more\n"))
        let failure = FileFailure(.noSpace, path: "steps/01-lint.log", operation: "write")
        #expect(log.takeFailure() == failure)
        #expect(log.takeFailure() == nil)
        log.append(utf8("!\n"), from: .standardOutput)
        #expect(log.lastLines(3) == ["12345678", "more", "!"])
        let summary = log.close()
        #expect(record.text == "12345678\n", "nothing after a hole")
        #expect(summary == .init(bytes: 16, omitted: 7, lines: 3, isLossy: false, failure: failure, rest: []))
        #expect(summary.isTruncated)
        #expect(record.appends == 2, "not tried again")
    }

    @Test func `whose tail cannot be written says so too`() {
        let record = RecordedFile(space: 12)
        var log = StepLog(file: record.file, mask: .none, limit: 20)
        log.append(utf8(String(repeating: "x", count: 30)), from: .standardOutput)
        #expect(log.takeFailure() == nil)
        let summary = log.close()
        #expect(summary.failure?.cause == .noSpace)
        #expect(summary.omitted == 20)
        #expect(log.takeFailure()?.cause == .noSpace)
    }

    @Test(arguments: [
        ("", false), ("plain\n", false), ("\u{E4}\u{1F600}", false),
    ])
    func `knows text`(text: String, isLossy: Bool) {
        var log = StepLog(file: RecordedFile().file, mask: .none)
        for byte in text.utf8 {
            log.append([byte], from: .standardOutput)
            log.append([0x2E], from: .standardError)
        }
        #expect(log.close().isLossy == isLossy, "a character of one stream may be cut by the other's")
    }

    @Test(
        arguments: [
            [0xFF], [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3],
            [0xE2, 0x82], [0xC3, 0x28], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func `knows what is not text`(bytes: [UInt8]) {
        var whole = StepLog(file: RecordedFile().file, mask: .none)
        whole.append(utf8("eight ASCII bytes before: ") + bytes, from: .standardError)
        #expect(whole.close().isLossy)
        var single = StepLog(file: RecordedFile().file, mask: .none)
        for byte in bytes { single.append([byte], from: .standardError) }
        #expect(single.close().isLossy)
    }
}

@Suite struct `The last lines of a step` {
    private func lines(_ text: String, _ count: Int, closed: Bool = false, allowsColour: Bool = false) -> [String] {
        var log = StepLog(file: RecordedFile().file, mask: .none)
        for byte in text.utf8 { log.append([byte], from: .standardOutput) }
        if closed { _ = log.close() }
        return log.lastLines(count, allowsColour: allowsColour)
    }

    @Test func `are the complete ones while it runs`() {
        #expect(lines("", 3) == [])
        #expect(lines("one\ntwo\nthr", 3) == ["one", "two"])
        #expect(lines("one\ntwo\nthree\nfour\n", 3) == ["two", "three", "four"])
        #expect(lines("one\n\n", 3) == ["one", ""])
    }

    @Test func `include an unfinished one afterwards`() {
        #expect(lines("one\ntwo", 3, closed: true) == ["one", "two"])
        #expect(lines("one\ntwo\n", 1, closed: true) == ["two"])
    }

    @Test func `are harmless`() {
        let text = "\u{1B}]0;title\u{7}\u{1B}[31mred\u{1B}[0m\u{202E}\r\n"
        #expect(lines(text, 1) == ["^[]0;title^G^[[31mred^[[0m<U+202E>"])
        #expect(lines(text, 1, allowsColour: true) == ["^[]0;title^G\u{1B}[31mred\u{1B}[0m<U+202E>"])
    }

    @Test func `show every state of a progress bar`() {
        #expect(lines("10%\r50%\r100%\r\ndone\n", 9) == ["10%", "50%", "100%", "done"])
    }

    @Test func `are found behind any amount of output`() {
        var log = StepLog(file: RecordedFile().file, mask: .none, limit: 1_000)
        for number in 0..<10_000 { log.append(Array("line \(number)\n".utf8), from: .standardOutput) }
        #expect(log.lastLines(2) == ["line 9998", "line 9999"])
        let all = log.lastLines(.max)
        #expect(all.count > 1_000)
        #expect(all.first.map { $0.hasPrefix("line ") } == true, "no part of a line")
        log.append([UInt8](repeating: 0x78, count: 100_000) + [0x0A], from: .standardOutput)
        #expect(log.lastLines(1).map(\.utf8.count) == [LastLines.capacity - 1])
        log.append(Array("end\n".utf8), from: .standardOutput)
        #expect(log.lastLines(1) == ["end"])
    }
}

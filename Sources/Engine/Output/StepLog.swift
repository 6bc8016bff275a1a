package import Host

/// What a step printed, masked, on its way into its log file in bounded memory.
///
/// The head is written as it comes, the tail is kept and written by `close`; between them a line says how many bytes
/// are missing. Both streams arrive in one file in the order in which they were read, each masked for itself.
/// A file that cannot be written stops the log, never the step.
package struct StepLog: Sendable {
    /// Bytes of a log file, the line about the omitted ones not counted.
    package static let standardLimit = 16 * 1024 * 1024

    /// The tail stays in memory, so it has a limit of its own; what a larger log may hold more goes to its head.
    private static let longestTail = 8 * 1024 * 1024

    private let file: AppendingFile
    private let headLimit: Int
    private var output: Passage
    private var errors: Passage
    private var tail: TailBuffer
    private var recent = LastLines()
    /// Bytes in the file.
    private var written = 0
    private var isHeadComplete = false
    private var lastByte: UInt8 = 0x0A
    private var lastHeadByte: UInt8 = 0x0A
    private var total = 0
    private var lineEnds = 0
    private var failure: FileFailure?
    private var isFailureTaken = false
    private var isClosed = false

    /// - Parameter limit: Bytes, at least two.
    package init(file: AppendingFile, mask: SecretMask, limit: Int = StepLog.standardLimit) {
        self.file = file
        let tailLimit = max(1, min(limit / 2, StepLog.longestTail))
        headLimit = max(1, limit - tailLimit)
        tail = TailBuffer(capacity: tailLimit)
        output = Passage(mask: StreamingMask(mask))
        errors = output
    }

    /// What one stream goes through.
    private struct Passage {
        var mask: StreamingMask
        var check = UTF8Check()
    }

    private subscript(stream: OutputStream) -> Passage {
        get { stream == .standardOutput ? output : errors }
        _modify {
            if stream == .standardOutput { yield &output } else { yield &errors }
        }
    }

    /// Takes what a stream printed; returns what of it may be shown by now, masked and otherwise unchanged.
    @discardableResult
    package mutating func append(_ bytes: [UInt8], from stream: OutputStream) -> [UInt8] {
        precondition(!isClosed, "a closed log takes nothing")
        let masked = self[stream].mask.feed(bytes)
        add(masked, from: stream)
        return masked
    }

    /// Why the log file is incomplete; told once, `nil` afterwards and while all is well.
    package mutating func takeFailure() -> FileFailure? {
        defer { isFailureTaken = failure != nil }
        return isFailureTaken ? nil : failure
    }

    /// Writes what is still held, and tells what the log holds. Nothing may be appended afterwards.
    ///
    /// - Parameter cutShort: The step was ended rather than finished, so that its output may stop inside a secret.
    package mutating func close(cutShort: Bool = false) -> Summary {
        precondition(!isClosed, "a log is closed once")
        var rest: [UInt8] = []
        for stream in [OutputStream.standardOutput, .standardError] {
            let held = self[stream].mask.finish(cutShort: cutShort)
            add(held, from: stream)
            rest += held
        }
        isClosed = true
        writeTail()
        return Summary(
            bytes: total,
            omitted: total - written,
            lines: lineEnds + (lastByte == 0x0A ? 0 : 1),
            isLossy: output.check.isLossy(atEnd: true) || errors.check.isLossy(atEnd: true),
            failure: failure,
            rest: rest)
    }

    /// The last complete lines, oldest first, as a terminal may show them; after `close` also an unfinished one.
    package func lastLines(_ count: Int, allowsColour: Bool = false) -> [String] {
        recent.lines(count, includingUnfinished: isClosed, allowsColour: allowsColour)
    }

    private mutating func add(_ masked: [UInt8], from stream: OutputStream) {
        guard let last = masked.last else { return }
        total += masked.count
        lastByte = last
        lineEnds += StepLog.lineEnds(in: masked)
        self[stream].check.feed(masked)
        recent.add(masked)
        if isHeadComplete {
            tail.append(masked[...])
        } else if masked.count <= headLimit - written {
            write(masked[...])
            lastHeadByte = last
        } else {
            completeHead(masked)
        }
    }

    /// Ends the head, with a whole line if one ends near enough.
    private mutating func completeHead(_ masked: [UInt8]) {
        let room = headLimit - written
        let lineEnd = masked[max(0, room - 4 * 1024)..<room].lastIndex(of: 0x0A)
        let head = masked[..<(lineEnd.map { $0 + 1 } ?? room)]
        isHeadComplete = true
        lastHeadByte = head.last ?? lastHeadByte
        write(head)
        tail.append(masked[head.endIndex...])
    }

    private mutating func writeTail() {
        guard tail.count > 0 else { return }
        let skipped = tail.dropped > 0 ? tail.partOfLine : 0
        if tail.dropped > 0 {
            let notice = "[rehearse omitted \(tail.dropped + skipped) bytes here]\n"
            write(Array(((lastHeadByte == 0x0A ? "" : "\n") + notice).utf8)[...], counting: false)
        }
        for piece in tail.pieces(droppingFirst: skipped) { write(piece) }
    }

    private mutating func write(_ bytes: ArraySlice<UInt8>, counting: Bool = true) {
        guard failure == nil, !bytes.isEmpty else { return }
        do throws(FileFailure) {
            try file.append(Array(bytes))
            if counting { written += bytes.count }
        } catch {
            failure = error
        }
    }

    private static func lineEnds(in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var count = 0
            // Without a branch and an overflow check it is done many bytes at a time.
            for byte in bytes { count &+= byte == 0x0A ? 1 : 0 }
            return count
        }
    }
}

extension StepLog {
    /// What became of a step's output.
    package struct Summary: Hashable, Sendable {
        /// All that was printed, masked.
        package let bytes: Int
        /// Those of them that are not in the file.
        package let omitted: Int
        /// A last line without its end counts.
        package let lines: Int
        /// Something printed is not UTF-8; the file has it unchanged.
        package let isLossy: Bool
        /// Why the file could not be written to its end.
        package let failure: FileFailure?
        /// What had been held back and may be shown now.
        package let rest: [UInt8]

        package var isTruncated: Bool { omitted > 0 || failure != nil }
    }
}

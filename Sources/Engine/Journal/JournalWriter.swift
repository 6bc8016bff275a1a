import Diagnostics
package import Host
package import YAML

/// Appends events to a journal; each durable one is on disk when `append` returns.
///
/// A class, because the chain value and the number of the next line belong to the one open file.
package final class JournalWriter {
    private let file: AppendingFile
    private let host: Host
    /// `nil` when there is nothing to hide.
    private let mask: ((Node) -> Node)?
    /// Gives the disk back what was kept for this; whether there was anything.
    private let makeRoom: () -> Bool
    private var sequence: Int
    private var last: Last
    /// Of every line so far, so that the record is always a fold of what is on disk, the held line included.
    private var fold: RecordFold?
    /// What is to be written together with the next line; one write and one fsync are enough for both.
    private var held: (event: RunEvent, bytes: [UInt8])?
    /// What is expected to be appended soon.
    private var expected: (event: RunEvent, encoded: Encoded)?
    /// What went wrong once. The file may end in half a line then, and a line behind that would be damage; and the kernel
    /// forgets what an `fsync` could not write, so that a second one would lie.
    private var failure: Failure?

    /// The line that the next one is chained to.
    private enum Last {
        /// SHA-256 of its text.
        case digest(String)
        /// With its line break: nobody has asked for its digest yet.
        case line([UInt8])
    }

    package enum Failure: Error, Hashable, Sendable {
        case file(FileFailure)
        /// The file was deleted under us.
        case gone
    }

    /// An event that is not on disk, and why.
    package struct Loss: Error, Sendable {
        package let event: RunEvent
        package let failure: Failure
    }

    /// - Parameters:
    ///   - mask: hides secrets' values in every text of an event; `nil` when there are none.
    ///   - makeRoom: asked when the disk is full and the outcome of what has happened has to be written down.
    package init(
        _ file: AppendingFile, after journal: Journal?, host: Host, makeRoom: @escaping () -> Bool = { false },
        mask: ((Node) -> Node)?
    ) {
        self.file = file
        self.host = host
        self.mask = mask
        self.makeRoom = makeRoom
        fold = RecordFold(journal?.lines ?? [])
        sequence = journal?.lines.count ?? 0
        last = .digest(journal?.head ?? JournalLine.firstChainValue)
    }

    /// Writes an event, and the held one in front of it.
    ///
    /// - Parameter payload: what the event is encoded to, where the caller has that already.
    /// - Throws: `Loss` of the held event, or of this one when that is safe; nothing that this one announces may happen.
    package func append(_ event: RunEvent, _ payload: Node? = nil) throws(Loss) {
        if let failure { throw Loss(event: held?.event ?? event, failure: failure) }
        let line = next(event, payload)
        guard let held else {
            try write(line.bytes, of: event)
            accept(line)
            // Nobody waits for such a line: its digest is not to be waited for with the next one, which somebody may.
            if !event.isDurable { _ = head }
            return
        }
        guard file.isLinked() else { throw broken(.gone, held.event) }
        do { try file.append(held.bytes + line.bytes) } catch {
            // Not both: what has happened goes first. What was about to happen does not.
            try flush()
            throw broken(.file(error), event)
        }
        try synchronize(held.event)
        self.held = nil
        accept(line)
    }

    /// Encodes an event that is about to be appended, while nobody waits for it.
    package func prepare(_ event: RunEvent) { expected = (event, encoded(event)) }

    /// Keeps an event until the next one is appended, or until `flush`. Nobody may be told of it before.
    ///
    /// Only for what is followed at once by something to append: a crash in between loses it.
    package func hold(_ event: RunEvent) {
        precondition(held == nil, "one line is held at a time")
        let line = next(event)
        held = (event, line.bytes)
        accept(line)
    }

    package var isHolding: Bool { held != nil }

    /// Writes the held event alone.
    package func flush() throws(Loss) {
        guard let held else { return }
        if let failure { throw Loss(event: held.event, failure: failure) }
        try write(held.bytes, of: held.event)
        self.held = nil
    }

    private func write(_ bytes: [UInt8], of event: RunEvent) throws(Loss) {
        guard file.isLinked() else { throw broken(.gone, event) }
        do { try append(bytes, isOutcome: event.isOutcome) } catch { throw broken(.file(error), event) }
        if event.isDurable { try synchronize(event) }
    }

    private func synchronize(_ event: RunEvent) throws(Loss) {
        do { try file.synchronize() } catch { throw broken(.file(error), event) }
    }

    /// What is about to happen does not happen on a full disk; what has happened is worth the last space there is, and
    /// then nothing more is begun.
    private func append(_ bytes: [UInt8], isOutcome: Bool) throws(FileFailure) {
        do {
            try file.append(bytes)
        } catch {
            guard isOutcome, error.cause == .noSpace, makeRoom() else { throw error }
            try file.append(bytes)
            failure = .file(error)
        }
    }

    private func broken(_ failure: Failure, _ event: RunEvent) -> Loss {
        self.failure = failure
        return Loss(event: event, failure: failure)
    }

    // MARK: - Lines

    private struct Line {
        let line: JournalLine
        /// With its line break.
        let bytes: [UInt8]
    }

    /// The chain value of the last line.
    private var head: String {
        switch last {
        case .digest(let digest): return digest
        case .line(let bytes):
            let digest = host.digest.sha256(Array(bytes.dropLast()))
            last = .digest(digest)
            return digest
        }
    }

    /// An event with its secrets hidden, and what it says.
    private struct Encoded {
        let event: RunEvent
        let fields: [UInt8]
    }

    private func next(_ event: RunEvent, _ payload: Node? = nil) -> Line {
        let encoded = takeExpected(event) ?? encoded(event, payload)
        let line = JournalLine(
            sequence: sequence + 1, monotonic: host.clock.monotonicNanoseconds(), wall: host.clock.now().description,
            event: encoded.event, previous: head)
        return Line(line: line, bytes: line.bytes(encoded.fields) + [0x0A])
    }

    private func takeExpected(_ event: RunEvent) -> Encoded? {
        guard let expected, expected.event == event else { return nil }
        self.expected = nil
        return expected.encoded
    }

    private func encoded(_ event: RunEvent, _ payload: Node? = nil) -> Encoded {
        let (event, payload) = masked(event, payload ?? event.payload)
        return Encoded(event: event, fields: JournalLine.fields(payload))
    }

    /// It is on disk, or held.
    private func accept(_ line: Line) {
        sequence += 1
        last = .line(line.bytes)
        if let fold { fold.take(line.line) } else { fold = RecordFold([line.line]) }
    }

    /// The record as it would be with one more event, which could not be written; `nil` for a run without its opening.
    func record(with event: RunEvent?) -> RunRecord? {
        let copy = fold?.copy()
        if let event { copy?.take(next(event).line) }
        return copy?.record(head: head, isOwnerAlive: false)
    }

    /// The record as the journal has it now; `nil` before the line that opens the run.
    var record: RunRecord? { fold?.record(head: head, isOwnerAlive: true) }

    /// One step of it, without what only the whole run has.
    func step(_ id: String) -> StepRecord? { fold?.step(id) }

    func status(of step: String) -> StepStatus? { fold?.status(of: step) }

    func attempts(of step: String) -> Int { fold?.attempts(of: step) ?? 0 }

    /// The process that began the run; `nil` before its line.
    var opener: RunEvent.Owner? { fold?.opener }

    func fileStem(of step: String) -> String? { fold?.fileStem(of: step) }

    func variables(before step: String) -> [String: String] { fold?.variables(before: step) ?? [:] }

    private func masked(_ event: RunEvent, _ plain: Node) -> (event: RunEvent, payload: Node) {
        guard let mask else { return (event, plain) }
        let hidden = mask(plain)
        guard !plain.hasSameContent(as: hidden) else { return (event, plain) }
        do {
            if let result = try RunEvent.decode(event.name, hidden) { return (result, result.payload) }
        } catch {
            preconditionFailure("a mask changes texts and never the shape: \(error.path) \(error.expected)")
        }
        preconditionFailure("the name of an event of our own is known")
    }
}

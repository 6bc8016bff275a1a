import Diagnostics
package import Host
package import YAML

/// Appends events to a journal; each durable one is on disk when `append` returns.
///
/// A class, because the chain value and the number of the next line belong to the one open file.
package final class JournalWriter {
    private let file: AppendingFile
    private let host: Host
    private let mask: (Node) -> Node
    /// Gives the disk back what was kept for this; whether there was anything.
    private let makeRoom: () -> Bool
    private var sequence: Int
    private var head: String
    /// Of every line so far, so that the record is always a fold of what is on disk.
    private var fold: RecordFold?
    /// What went wrong once. The file may end in half a line then, and a line behind that would be damage; and the kernel
    /// forgets what an `fsync` could not write, so that a second one would lie.
    private var failure: Failure?

    package enum Failure: Error, Hashable, Sendable {
        case file(FileFailure)
        /// The file was deleted under us.
        case gone
    }

    /// - Parameters:
    ///   - mask: hides secrets' values in every text of an event.
    ///   - makeRoom: asked when the disk is full and the outcome of what has happened has to be written down.
    package init(
        _ file: AppendingFile, after journal: Journal?, host: Host, makeRoom: @escaping () -> Bool = { false },
        mask: @escaping (Node) -> Node
    ) {
        self.file = file
        self.host = host
        self.mask = mask
        self.makeRoom = makeRoom
        fold = RecordFold(journal?.lines ?? [])
        sequence = journal?.lines.count ?? 0
        head = journal?.head ?? JournalLine.firstChainValue
    }

    /// - Throws: `Failure`; nothing that the event announces may then happen.
    package func append(_ event: RunEvent) throws(Failure) {
        if let failure { throw failure }
        let line = next(event)
        let text = Array(line.text.utf8)
        guard file.isLinked() else { throw broken(.gone) }
        do {
            try append(text + [0x0A], isOutcome: event.isOutcome)
            if event.isDurable { try file.synchronize() }
        } catch {
            throw broken(.file(error))
        }
        sequence += 1
        head = host.digest.sha256(text)
        if fold == nil { fold = RecordFold([line]) } else { fold?.take(line) }
    }

    /// What is about to happen does not happen on a full disk; what has happened is worth the last space there is, and
    /// then nothing more is begun.
    private func append(_ line: [UInt8], isOutcome: Bool) throws(FileFailure) {
        do {
            try file.append(line)
        } catch {
            guard isOutcome, error.cause == .noSpace, makeRoom() else { throw error }
            try file.append(line)
            failure = .file(error)
        }
    }

    private func broken(_ failure: Failure) -> Failure {
        self.failure = failure
        return failure
    }

    private func next(_ event: RunEvent) -> JournalLine {
        JournalLine(
            sequence: sequence + 1, monotonic: host.clock.monotonicNanoseconds(), wall: host.clock.now().description,
            event: masked(event), previous: head)
    }

    /// The record as it would be with one more event, which could not be written; `nil` for a run without its opening.
    func record(with event: RunEvent) -> RunRecord? {
        var copy = fold
        copy?.take(next(event))
        return copy?.record(head: head, isOwnerAlive: false)
    }

    /// The record as the journal has it now; `nil` before the line that opens the run.
    var record: RunRecord? { fold?.record(head: head, isOwnerAlive: true) }

    private func masked(_ event: RunEvent) -> RunEvent {
        let plain = event.payload
        let hidden = mask(plain)
        guard !plain.hasSameContent(as: hidden) else { return event }
        do {
            if let result = try RunEvent.decode(event.name, hidden) { return result }
        } catch {
            preconditionFailure("a mask changes texts and never the shape: \(error.path) \(error.expected)")
        }
        preconditionFailure("the name of an event of our own is known")
    }
}

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
    private var sequence: Int
    private var head: String
    /// Of every line so far, so that the record is always a fold of what is on disk.
    private var fold: RecordFold?

    package enum Failure: Error, Hashable, Sendable {
        case file(FileFailure)
        /// The file was deleted under us.
        case gone
    }

    /// - Parameter mask: hides secrets' values in every text of an event.
    package init(_ file: AppendingFile, after journal: Journal?, host: Host, mask: @escaping (Node) -> Node) {
        self.file = file
        self.host = host
        self.mask = mask
        fold = RecordFold(journal?.lines ?? [])
        sequence = journal?.lines.count ?? 0
        head = journal?.head ?? JournalLine.firstChainValue
    }

    /// - Throws: `Failure`; nothing that the event announces may then happen.
    package func append(_ event: RunEvent) throws(Failure) {
        let line = JournalLine(
            sequence: sequence + 1,
            monotonic: host.clock.monotonicNanoseconds(),
            wall: host.clock.now().description,
            event: masked(event),
            previous: head
        )
        let text = Array(line.text.utf8)
        guard file.isLinked() else { throw .gone }
        do {
            try file.append(text + [0x0A])
            if event.isDurable { try file.synchronize() }
        } catch {
            throw .file(error)
        }
        sequence += 1
        head = host.digest.sha256(text)
        if fold == nil { fold = RecordFold([line]) } else { fold?.take(line) }
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

import Host
import YAML

/// A run out of the shared history that is as its writer left it: every line of its journal, its record, and its seal.
struct VerifiedRun: Sendable {
    struct Refusal: Error, Hashable, Sendable {
        /// Completes "… cannot be trusted: …".
        let why: String
    }

    let id: String
    let files: [String: [UInt8]]
    let record: RunRecord

    var journal: [UInt8] { files[SharedPath.journal] ?? [] }

    /// - Parameter tree: the folder's name in git, without the seal.
    init(_ id: String, _ files: [String: [UInt8]], tree: String, host: Host) throws(Refusal) {
        self.id = id
        self.files = files
        guard let bytes = files[SharedPath.journal] else { throw Refusal(why: "it has no journal") }
        let journal: Journal
        do throws(Journal.Damage) {
            journal = try Journal.read(bytes, digest: host.digest)
        } catch {
            throw Refusal(why: error.wording)
        }
        guard journal.tornBytes == 0 else { throw Refusal(why: "its last line is not whole") }
        guard case .opened(let opened)? = journal.events.first, opened.id == id,
            let record = RecordFold.record(journal, isOwnerAlive: false)
        else { throw Refusal(why: "its journal is another run's") }
        guard let seal = files[SharedPath.seal].flatMap(RunSeal.init) else { throw Refusal(why: "it has no seal") }
        guard seal.run == id else { throw Refusal(why: "its seal is another run's") }
        guard seal.head == journal.head, seal.events == journal.lines.count else {
            throw Refusal(why: "its journal does not end as its seal says")
        }
        guard seal.tree == tree else { throw Refusal(why: "its files are not those that were sealed") }
        if let copy = files[SharedPath.record] { try Self.check(copy, record) }
        self.record = record
    }

    /// The readable copy has to say what the journal says: it is what a list of runs shows.
    private static func check(_ copy: [UInt8], _ record: RunRecord) throws(Refusal) {
        if copy == JSONWriter.bytes(ofDocument: record.node) { return }
        // Another version may write more, or otherwise; it is not kept, but made again from the journal.
        guard record.tool.version != Version.current, let node = try? JSONReader.read(copy),
            node["id"]?.string == record.id, node["journal"]?["head"]?.string == record.journal.head
        else { throw Refusal(why: "run.json does not say what the journal says") }
    }
}

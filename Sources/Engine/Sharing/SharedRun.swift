import Diagnostics
import Host
import YAML

/// A run's folder as it is shared: the journal's whole lines, the record, what the run used, what its steps keep to be
/// undone with, and its logs up to a limit.
struct SharedRun: Sendable {
    let id: String
    /// By path below the run's folder; without the seal.
    var files: [String: [UInt8]]
    /// SHA-256 of the journal's last line.
    let head: String
    /// Lines of the journal.
    let events: Int

    var journal: [UInt8] { files[SharedPath.journal] ?? [] }

    /// When the last line was written, by its own account.
    var lastWall: Timestamp? {
        let lines = journal.dropLast()
        let start = lines.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return (try? JSONReader.read(Array(lines[start...])))?["wall"]?.string.flatMap(Timestamp.init)
    }

    /// What of a step's log is shared, at most: as much of its beginning as of its end.
    static let largestLog = 256 << 10
    /// The same of all the logs of a run together.
    static let largestLogs = 4 << 20

    /// Takes a picture of a run's folder. It may be written to at the same time.
    ///
    /// - Throws: `StateFailure`, also where its journal has no whole line.
    init(_ id: String, in store: RunStore) throws(StateFailure) {
        self.id = id
        let host = store.host
        let folder = store.path(of: id)
        var files: [String: [UInt8]] = [:]
        do throws(FileFailure) {
            let journal = try host.files.read(store.journalPath(of: id), SharedPath.largest(SharedPath.journal))
            guard let end = journal.lastIndex(of: 0x0A) else {
                throw FileFailure(.notFound, path: folder, operation: "read")
            }
            let whole = journal[...end]
            files[SharedPath.journal] = Array(whole)
            let before = whole.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            head = host.digest.sha256(Array(whole[before..<end]))
            events = whole.count { $0 == 0x0A }
            for name in SharedPath.shared where name != SharedPath.journal {
                guard let status = try host.files.status("\(folder)/\(name)"), status.kind == .file,
                    status.size <= SharedPath.largest(name)
                else { continue }
                files[name] = try host.files.read("\(folder)/\(name)", SharedPath.largest(name))
            }
            try Self.addStepFiles(folder, host, to: &files)
        } catch {
            throw .file(error)
        }
        self.files = files
    }

    private static func addStepFiles(
        _ folder: String, _ host: Host, to files: inout [String: [UInt8]]
    ) throws(FileFailure) {
        guard try host.files.status("\(folder)/steps")?.kind == .directory else { return }
        var left = largestLogs
        for name in try host.files.list("\(folder)/steps").map({ "steps/\($0)" }) {
            let isKept = SharedPath.isKept(name)
            guard isKept || SharedPath.isLog(name), let status = try host.files.status("\(folder)/\(name)"),
                status.kind == .file
            else { continue }
            if isKept {
                // Whole or not at all: half of it would be put in place of the whole.
                guard status.size <= SharedPath.largest(name) else { continue }
                files[name] = try host.files.read("\(folder)/\(name)", SharedPath.largest(name))
                continue
            }
            guard left > 0 else { continue }
            // A log is at most as large as its limit, and that is read to be cut.
            let bytes = cut(try host.files.read("\(folder)/\(name)", 1 << 30), to: min(left, largestLog))
            left -= bytes.count
            files[name] = bytes
        }
    }

    /// Beginning and end, and between them how much is missing.
    static func cut(_ bytes: [UInt8], to limit: Int) -> [UInt8] {
        guard bytes.count > limit else { return bytes }
        let half = max(0, limit / 2 - 64)
        let mark = "\n[\(bytes.count - 2 * half) bytes are not shared; they are where the step ran]\n"
        return Array(bytes.prefix(half)) + Array(mark.utf8) + Array(bytes.suffix(half))
    }
}

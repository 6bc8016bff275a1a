import Host
import YAML

/// What the history remote does not have yet: a file for each run, made before its first step and removed once the
/// remote has its last line.
struct Outbox {
    struct Entry: Hashable, Sendable, Codable {
        var schema: Int
        var run: String
        var environment: String
        /// The shared lock that the run holds or held; `nil` for none.
        var lock: String?
    }

    private let folder: StateFolder
    private let host: Host
    private var path: String { "\(folder.shared)/outbox" }

    init(_ project: Project) {
        folder = project.state
        host = project.host
    }

    /// In the order of their names.
    var entries: [Entry] {
        // No folder, nothing to send.
        ((try? host.files.list(path)) ?? []).filter(RunID.isValid).compactMap { run in
            guard let bytes = try? host.files.read("\(path)/\(run)", 64 << 10), let node = try? JSONReader.read(bytes)
            else { return nil }
            return try? NodeDecoder.decode(Entry.self, from: node)
        }
    }

    func put(_ entry: Entry) throws(StateFailure) {
        try folder.make(folder.shared)
        try folder.make(path)
        do {
            let text = JSONWriter.line(NodeEncoder.encode(entry))
            try host.files.replace("\(path)/\(entry.run)", Array(text.utf8), StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }

    func remove(_ run: String) throws(StateFailure) {
        do {
            guard try host.files.status("\(path)/\(run)") != nil else { return }
            try host.files.remove("\(path)/\(run)")
        } catch {
            throw .file(error)
        }
    }
}

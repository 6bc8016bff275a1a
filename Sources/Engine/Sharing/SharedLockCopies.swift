package import Host
import YAML

/// The shared locks as they were when the remote was last asked, so that a list of runs needs neither git nor a network.
package struct SharedLockCopies {
    private struct Copy: Codable {
        var schema: Int
        var id: String
        var note: SharedLock.Note
    }

    private let folder: StateFolder
    private let host: Host
    private var path: String { "\(folder.shared)/locks" }

    package init(folder: StateFolder, host: Host) {
        self.folder = folder
        self.host = host
    }

    /// `nil` when nobody had it, or nobody has asked yet.
    package func lock(of environment: String) -> SharedLock? {
        for place in (try? host.files.list(path)) ?? [] {
            if let copy = copy(place, environment) { return SharedLock(id: copy.id, note: copy.note) }
        }
        return nil
    }

    private func copy(_ place: String, _ environment: String) -> Copy? {
        guard let bytes = try? host.files.read("\(path)/\(place)/\(environment).json", 64 << 10),
            let node = try? JSONReader.read(bytes)
        else { return nil }
        return try? NodeDecoder.decode(Copy.self, from: node)
    }

    /// Keeps what a remote had.
    ///
    /// - Parameters:
    ///   - place: tells remotes apart; a file name.
    ///   - read: makes the lock of an id that is not known yet; `nil` for what is no lock.
    func keep(
        _ locks: [String: String], of place: String, read: (String) throws(SharingFailure) -> SharedLock?
    ) throws(SharingFailure) {
        do throws(StateFailure) {
            for name in [path, "\(path)/\(place)"] { try folder.make(name) }
        } catch {
            throw .state(error)
        }
        for (environment, id) in locks.sorted(by: { $0.key < $1.key }) {
            guard copy(place, environment)?.id != id, let lock = try read(id) else { continue }
            let text = JSONWriter.document(NodeEncoder.encode(Copy(schema: 1, id: id, note: lock.note)))
            try change { () throws(FileFailure) in
                try host.files.replace("\(path)/\(place)/\(environment).json", Array(text.utf8), StateFolder.fileMode)
            }
        }
        try change { () throws(FileFailure) in
            for name in try host.files.list("\(path)/\(place)") where name.hasSuffix(".json") {
                if locks[String(name.dropLast(5))] == nil { try host.files.remove("\(path)/\(place)/\(name)") }
            }
        }
    }

    private func change(_ work: () throws(FileFailure) -> Void) throws(SharingFailure) {
        do throws(FileFailure) { try work() } catch { throw .state(.file(error)) }
    }
}

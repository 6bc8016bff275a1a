import Host
import YAML

/// Where a run's record came from, when it was not written here: `origin.json` in the run's folder. It never travels.
package struct RunOrigin: Hashable, Sendable, Codable {
    package var schema: Int
    /// The history remote, as messages call it.
    package var remote: String
    /// The commit of the shared history with which it came.
    package var commit: String
    /// When that was.
    package var at: String
    /// Whether its signature was verified against the allowed signers.
    package var signed: Bool
}

extension RunStore {
    private func originPath(of run: String) -> String { "\(path(of: run))/origin.json" }

    /// `nil` for a run that was recorded here from its beginning to its end.
    package func origin(of run: String) -> RunOrigin? {
        guard let status = try? host.files.status(originPath(of: run)), status.kind == .file else { return nil }
        let node = (try? host.files.read(originPath(of: run), 64 << 10)).flatMap { try? JSONReader.read($0) }
        // One that cannot be read is of another's run all the same.
        return node.flatMap { try? NodeDecoder.decode(RunOrigin.self, from: $0) }
            ?? RunOrigin(schema: 1, remote: "unknown", commit: "", at: "", signed: false)
    }

    // MARK: - What could not be taken

    private func whyPath(of run: String) -> String { "\(folder.refused)/\(run)/why" }

    /// Why the shared history's copy of a run was not taken; `nil` where it was, or there is none.
    package func refusal(of run: String) -> String? {
        guard let bytes = try? host.files.read(whyPath(of: run), 64 << 10) else { return nil }
        return GitWords.shown(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
    }

    /// Runs whose shared copy was not taken, newest first.
    package func refusedRuns() -> [String] {
        // No folder, none refused.
        RunID.newestFirst(((try? host.files.list(folder.refused)) ?? []).filter(RunID.isValid))
            .filter { refusal(of: $0) != nil }
    }

    /// Those of them of which there is nothing else here.
    package func refusedAlone() -> [String] {
        refusedRuns().filter { (try? host.files.status(path(of: $0))) == .some(nil) }
    }

    func refuse(_ run: String, why: String, files: [String: [UInt8]]) throws(StateFailure) {
        try folder.make(folder.refused)
        try folder.make("\(folder.refused)/\(run)")
        do {
            for name in SharedPath.shared + [SharedPath.seal] {
                guard let bytes = files[name] else { continue }
                try host.files.replace("\(folder.refused)/\(run)/\(name)", bytes, StateFolder.fileMode)
            }
            // Last: with it, it counts.
            try host.files.replace(whyPath(of: run), Array("\(why)\n".utf8), StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }

    /// Nothing is wrong with the shared copy of a run any more.
    func forgetRefusal(of run: String) throws(StateFailure) {
        do {
            guard try host.files.status(whyPath(of: run)) != nil else { return }
            try host.files.remove(whyPath(of: run))
        } catch {
            throw .file(error)
        }
    }

    // MARK: - Taking

    /// Puts a run of others here, whole or not at all. Not durable yet: there may be thousands.
    func adopt(_ run: String, files: [String: [UInt8]], record: RunRecord, origin: RunOrigin) throws(StateFailure) {
        var content = FolderContent(
            folders: ["steps"], files: files.filter { $0.key != SharedPath.record && $0.key != SharedPath.seal },
            folderMode: StateFolder.directoryMode, fileMode: StateFolder.fileMode)
        content.files["origin.json"] = JSONWriter.bytes(ofDocument: NodeEncoder.encode(origin))
        let hasEnded = record.endedAt != nil || record.status == .closed
        let text = hasEnded ? JSONWriter.bytes(ofDocument: record.node) : []
        if hasEnded { content.files[SharedPath.record] = text }
        do throws(FileFailure) { try host.files.putFolder(path(of: run), content) } catch { throw .file(error) }
        if hasEnded { note(record, recordSize: text.count) }
    }

    /// Others have carried a run on that is here already.
    func extend(_ run: String, files: [String: [UInt8]], record: RunRecord, origin: RunOrigin) throws(StateFailure) {
        let folder = path(of: run)
        do throws(FileFailure) {
            // First: from here on it is not only ours any more.
            try host.files.replace(
                originPath(of: run), JSONWriter.bytes(ofDocument: NodeEncoder.encode(origin)), StateFolder.fileMode)
            for (name, bytes) in files.sorted(by: { $0.key < $1.key })
            where name != SharedPath.record && name != SharedPath.seal && name != SharedPath.journal {
                // What is here is whole, and what comes may be cut.
                guard try host.files.status("\(folder)/\(name)") == nil else { continue }
                try host.files.replace("\(folder)/\(name)", bytes, StateFolder.fileMode)
            }
            if try host.files.status(recordPath(of: run)) != nil { try host.files.remove(recordPath(of: run)) }
            try host.files.replace(journalPath(of: run), files[SharedPath.journal] ?? [], StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
        if record.status != .running, record.endedAt != nil || record.status == .closed { try write(record) }
    }

    /// Keeps our last lines of a run that others have carried on without them.
    func giveWay(_ run: String, ours: [UInt8]) throws(StateFailure) {
        do {
            try host.files.replace("\(path(of: run))/journal.superseded", ours, StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }
}

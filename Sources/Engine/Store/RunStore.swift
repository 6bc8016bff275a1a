import Deployment
package import Host
import YAML

/// The runs of a project, as they stand in `.rehearse/runs/`.
package struct RunStore: Sendable {
    package let folder: StateFolder
    let host: Host

    /// Bytes of a journal, at most.
    package static let largestJournal = 256 << 20

    package init(folder: StateFolder, host: Host) {
        self.folder = folder
        self.host = host
    }

    package func path(of run: String) -> String { "\(folder.runs)/\(run)" }
    package func journalPath(of run: String) -> String { "\(path(of: run))/journal.jsonl" }
    static let recordName = "run.json"
    package func recordPath(of run: String) -> String { "\(path(of: run))/\(Self.recordName)" }

    /// Every run's identifier, newest first; none when there is no state folder.
    package func identifiers() throws(StateFailure) -> [String] {
        do {
            var found: [String] = []
            try host.files.visit(folder.runs) { name in
                // What is not UTF-8 is none of ours, and most often what dead processes have left.
                guard let text = String(validating: name, as: UTF8.self), RunID.isValid(text) else { return }
                found.append(text)
            }
            return RunID.newestFirst(found)
        } catch {
            if error.cause == .notFound { return [] }
            throw .file(error)
        }
    }

    // MARK: - Reading

    package func journal(of run: String) throws(StateFailure) -> Journal {
        let bytes: [UInt8]
        do {
            bytes = try host.files.read(journalPath(of: run), Self.largestJournal)
        } catch {
            if error.cause == .notFound, let why = refusal(of: run) { throw .refused(run: run, why: why) }
            if error.cause == .notFound, (try? host.files.status(recordPath(of: run))) ?? nil != nil {
                throw .journalMissing(run: run)
            }
            throw .file(error)
        }
        do {
            return try Journal.read(bytes, digest: host.digest)
        } catch {
            if case .newerVersion(let version) = error {
                throw .newerSchema(run: run, version: version, isShowable: copy(of: run) != nil)
            }
            throw .damaged(run: run, error)
        }
    }

    /// The record, folded from the journal.
    package func record(of run: String) throws(StateFailure) -> RunRecord {
        try record(try journal(of: run), of: run)
    }

    package func record(_ journal: Journal, of run: String) throws(StateFailure) -> RunRecord {
        guard let record = RecordFold.record(journal, isOwnerAlive: isOwnerAlive(journal)) else {
            throw .damaged(run: run, .empty)
        }
        return record
    }

    /// The record for a list: from `run.json` when that is up to date, else from the journal.
    package func listed(_ run: String) throws(StateFailure) -> RunRecord {
        // A copy that cannot be read or does not fit is no loss: the journal has it all.
        if let record = copy(of: run)?.record, record.status != .running { return record }
        return try self.record(of: run)
    }

    private func isOwnerAlive(_ journal: Journal) -> Bool {
        guard let (owner, name) = RecordFold.ownerAndHost(journal.events) else { return false }
        let isHere = owner.bootId == host.surroundings.bootID
        if isHere, host.processes.isAlive(ProcessIdentity(pid: owner.pid, startTime: owner.startTime)) { return true }
        // Another machine's processes cannot be seen. Who still holds the lock that all share is taken to be at work.
        guard !isHere || name != host.surroundings.hostName, case .opened(let opened)? = journal.events.first,
            origin(of: opened.id) != nil
        else { return false }
        return SharedLockCopies(folder: folder, host: host).lock(of: opened.plan.environment.name)?.note.run
            == opened.id
    }

    // MARK: - Writing

    /// A run's folder while it has no first line: under a temporary name, so that nobody takes it for a run.
    package struct Draft {
        package let run: String
        package let file: AppendingFile
        let folder: String
    }

    /// Makes the folder of a new run and its empty journal.
    package func create(_ run: String) throws(StateFailure) -> Draft {
        let folder = "\(self.folder.runs)/\(Files.temporaryNamePrefix)\(host.surroundings.identity.pid)-\(run)"
        do {
            // Nothing of it has to last before it has its name, and then all of it does.
            try host.files.draftFolder(
                folder,
                FolderContent(
                    folders: ["steps"], files: [:], folderMode: StateFolder.directoryMode,
                    fileMode: StateFolder.fileMode)
            )
            let file = try host.files.openForAppending(
                "\(folder)/journal.jsonl", .exclusive(mode: StateFolder.fileMode))
            return Draft(run: run, file: file, folder: folder)
        } catch {
            throw .file(error)
        }
    }

    /// Gives a new run its name, once its first line is on disk: a run is there with its plan, or not at all.
    package func publish(_ draft: Draft) throws(StateFailure) {
        do { try host.files.move(draft.folder, path(of: draft.run)) } catch { throw .file(error) }
    }

    /// Takes a run back that did not come to its first line. What cannot be removed is removed by a later run.
    package func discard(_ draft: Draft) { try? host.files.removeTree(draft.folder) }

    /// Opens the journal of an old run to go on with it; a torn last line is moved to `journal.torn` first,
    /// and `run.json` removed.
    package func reopen(_ run: String, _ journal: Journal) throws(StateFailure) -> AppendingFile {
        folder.removeLeftovers(in: path(of: run))
        do {
            if journal.tornBytes > 0 {
                let bytes = try host.files.read(journalPath(of: run), Self.largestJournal)
                try host.files.replace(
                    "\(path(of: run))/journal.torn", Array(bytes.dropFirst(journal.soundBytes)), StateFolder.fileMode)
                try host.files.replace(
                    journalPath(of: run), Array(bytes.prefix(journal.soundBytes)), StateFolder.fileMode)
            }
            let file = try host.files.openForAppending(journalPath(of: run), .existing)
            // From the next line on it would be out of date, and nobody would see that; it is written again at the end.
            if try host.files.status(recordPath(of: run)) != nil { try host.files.remove(recordPath(of: run)) }
            return file
        } catch {
            throw .file(error)
        }
    }

    /// Keeps the rendering that a run uses.
    package func write(compose text: String, of draft: Draft) throws(StateFailure) {
        do {
            try host.files.draftFile("\(draft.folder)/compose.yaml", Array(text.utf8), StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }

    /// Keeps the environment as it is compared.
    package func write(compared text: String, of draft: Draft) throws(StateFailure) {
        do {
            try host.files.draftFile(
                "\(draft.folder)/\(ComparedSnapshot.fileName)", Array(text.utf8), StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }

    /// Writes `run.json`, the readable copy of the record.
    package func write(_ record: RunRecord) throws(StateFailure) {
        let text = JSONWriter.bytes(ofDocument: host.cores.node(of: record, steps: \.steps))
        do {
            try host.files.replace(recordPath(of: record.id), text, StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
        if record.status != .running { note(record, recordSize: text.count) }
    }
}

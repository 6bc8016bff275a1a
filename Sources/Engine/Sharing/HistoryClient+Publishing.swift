import Deployment
import Host
import YAML

extension HistoryClient {
    /// What became of what was to be published.
    struct Publication {
        var sent: [String] = []
        /// Runs that others have carried on since: what is here is to be extended first.
        var behind: [String] = []
        /// Runs of which here and there tell different things.
        var different: [String] = []
    }

    /// What is to happen to a lock of ours in the same moment.
    struct LockCondition {
        let lock: SharedLock
        /// Let it go; otherwise it only has to be ours still.
        let isReleased: Bool
    }

    private static let mostTries = 40

    /// Adds runs and notes to the shared history, by adding their folders to whatever stands there.
    ///
    /// Never by force: who was there first stays, and this is done again on top.
    ///
    /// - Throws: `.lockLost` when the lock is not ours any more; nothing was changed there then.
    func publish(
        _ runs: [SharedRun], notes: [(kind: String, id: String, bytes: [UInt8])] = [], lock: LockCondition? = nil
    ) throws(SharingFailure) -> Publication {
        let folders = try runFolders(runs)
        let noteObjects = try repository.write(notes.map(\.bytes))
        for number in 0..<Self.mostTries {
            var publication = Publication()
            var changes: [(path: [String], TreeEntry)] = []
            for (run, folder) in zip(runs, folders) {
                switch try standing(of: run, folder) {
                case .same: break
                case .ahead:
                    changes.append((SharedPath.folder(of: run.id), TreeEntry(kind: .folder, object: folder)))
                    publication.sent.append(run.id)
                case .behind: publication.behind.append(run.id)
                case .different: publication.different.append(run.id)
                }
            }
            for (note, object) in zip(notes, noteObjects) {
                let path = ["notes", note.kind, "\(note.id).json"]
                guard try entry(at: path) == nil else { continue }
                changes.append((path, TreeEntry(kind: .file, object: object)))
            }
            if try push(changes, describing: runs.map(\.id), lock) {
                for (run, folder) in zip(runs, folders) where publication.sent.contains(run.id) {
                    pushed[run.id] = folder
                }
                return publication
            }
            if let lock { try check(lock.lock) }
            pause(try: number)
            if let signal = host.signals.received(), signal.count > 1 { throw .stopped(signal: signal.first) }
        }
        throw .crowded(remote: shownRemote, tries: Self.mostTries)
    }

    /// - Throws: `.lockLost` when it was another's, or nobody's, when the remote was last asked.
    func check(_ lock: SharedLock) throws(SharingFailure) {
        let environment = lock.note.environment
        guard state.locks[environment] != lock.id else { return }
        var holder: SharedLock?
        if let id = state.locks[environment] { holder = try self.lock(id) }
        throw .lockLost(environment: environment, holder: holder)
    }

    private func push(
        _ changes: [(path: [String], TreeEntry)], describing runs: [String], _ lock: LockCondition?
    ) throws(SharingFailure) -> Bool {
        var references: [PushedReference] = []
        if !changes.isEmpty {
            let tree = try tree(state.history, with: changes)
            let subject = runs.count == 1 ? "run \(runs[0])" : "\(changes.count) records"
            let commit = try repository.commit(
                tree, parent: state.history, message: "\(subject)\n", isSigned: repository.settings.requiresSignature)
            references.append(
                PushedReference(name: repository.historyReference, object: commit, condition: .followsFromHere))
        }
        if let lock {
            references.append(
                PushedReference(
                    name: repository.lockReference(lock.lock.note.environment),
                    object: lock.isReleased ? nil : lock.lock.id, condition: .equals(lock.lock.id)))
        }
        return references.isEmpty ? true : try push(references)
    }

    // MARK: - Comparing

    private enum Standing { case same, ahead, behind, different }

    /// How a run here stands to what the history has of it: a longer journal that begins the same goes further.
    private func standing(of run: SharedRun, _ folder: String) throws(SharingFailure) -> Standing {
        guard let there = try entry(at: SharedPath.folder(of: run.id)), there.kind == .folder else { return .ahead }
        if there.object == folder { return .same }
        if pushed[run.id] == there.object { return .ahead }
        guard let journal = try entries(of: there.object)[SharedPath.journal], journal.kind == .file else {
            return .different
        }
        let bytes = try bounded([journal], SharedPath.largest(SharedPath.journal))[0]
        if bytes == run.journal { return hasOrigin(run.id) ? .same : .ahead }
        if run.journal.starts(with: bytes) { return .ahead }
        return bytes.starts(with: run.journal) ? .behind : .different
    }

    /// A copy of another's run may have shorter logs than his own; what he wrote stays.
    private func hasOrigin(_ run: String) -> Bool { project.store.origin(of: run) != nil }

    /// Reads files of which nobody has said yet how large they are.
    func bounded(_ entries: [TreeEntry], _ limit: Int) throws(SharingFailure) -> [[UInt8]] {
        let output = try repository.ask(
            ["cat-file", "--batch-check=%(objecttype) %(objectsize)"],
            input: Array(entries.map { "\($0.object)\n" }.joined().utf8), keeping: 80 * entries.count + 1024)
        let sizes = output.lines.map { line -> Int? in
            line.value(after: "blob ").flatMap { Int($0) }
        }
        guard sizes.count == entries.count else {
            throw .malformed(remote: shownRemote, what: "objects that are not there")
        }
        var sized: [TreeEntry] = []
        for (entry, size) in zip(entries, sizes) {
            guard let size, size <= limit else {
                throw .malformed(remote: shownRemote, what: "a file of a run that is larger than \(limit) bytes")
            }
            sized.append(TreeEntry(kind: entry.kind, object: entry.object, size: size))
        }
        return try repository.contents(of: sized)
    }

    // MARK: - Folders

    /// Writes the folders of runs, each with its seal, and names them.
    private func runFolders(_ runs: [SharedRun]) throws(SharingFailure) -> [String] {
        let files = runs.map { $0.files.sorted { $0.key < $1.key } }
        let objects = try repository.write(files.flatMap { $0.map(\.value) })
        var next = objects.makeIterator()
        var logs: [[String: TreeEntry]] = []
        var folders: [[String: TreeEntry]] = []
        for run in files {
            var top: [String: TreeEntry] = [:]
            var steps: [String: TreeEntry] = [:]
            for (name, _) in run {
                guard let object = next.next() else { preconditionFailure("an object was named for every file") }
                let entry = TreeEntry(kind: .file, object: object)
                if let log = name.value(after: "steps/") { steps[log] = entry } else { top[name] = entry }
            }
            logs.append(steps)
            folders.append(top)
        }
        let steps = try repository.write(trees: logs)
        for index in folders.indices where !logs[index].isEmpty {
            folders[index]["steps"] = TreeEntry(kind: .folder, object: steps[index])
        }
        let unsealed = try repository.write(trees: folders)
        var seals: [[UInt8]] = []
        for (run, tree) in zip(runs, unsealed) { seals.append(try seal(run, tree)) }
        for (index, object) in try repository.write(seals).enumerated() {
            folders[index][SharedPath.seal] = TreeEntry(kind: .file, object: object)
        }
        return try repository.write(trees: folders)
    }

    private func seal(_ run: SharedRun, _ tree: String) throws(SharingFailure) -> [UInt8] {
        guard repository.settings.requiresSignature else {
            // The same for the same folder, or every look at it would be a change.
            let wall = run.lastWall ?? host.clock.now()
            return Array(RunSeal.text(of: run, tree: tree, by: repository.actor, at: wall).utf8)
        }
        let commit = try repository.commit(tree, parent: nil, message: RunSeal.message(of: run), isSigned: true)
        return Array(try repository.text(ofCommit: commit).utf8)
    }
}

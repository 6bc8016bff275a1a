import Deployment
import Diagnostics
import Host

extension HistoryClient {
    /// What a look at the remote has brought.
    struct Imports {
        /// Runs that are new here, or were carried on elsewhere; oldest first.
        var received: [String] = []
        /// Runs that are not what their writer left, or not what is here; both are kept.
        var refused: [(run: String, why: String)] = []
        /// Runs that are further here than there.
        var ahead: [String] = []
        var notes = 0
    }

    /// Files of one run in the history.
    fileprivate struct Folder {
        let run: String
        var files: [String: TreeEntry] = [:]
        /// What stands in it that must not: then nothing of it is read.
        var problem: String?

        var size: Int { files.values.reduce(0) { $0 + ($1.size ?? 0) } }
    }

    var importedReference: String { "\(repository.tracking)/imported" }
    /// Bytes and runs that are read at once.
    private static let pieceSize = 32 << 20
    private static let pieceCount = 200

    /// Takes over what the last fetch has brought and is not here yet.
    ///
    /// - Throws: `SharingFailure`; what was not taken is taken the next time.
    func importNew() throws(SharingFailure) -> Imports {
        guard let tip = state.history else { return Imports() }
        let before = try repository.resolve(importedReference)
        importedTip = before
        lastNotedTip = before
        guard before != tip else { return Imports() }
        var imports = Imports()
        let (folders, notes) = try changed(since: before, tip)
        imports.notes = try take(notes)
        var piece: [Folder] = []
        for folder in folders {
            piece.append(folder)
            if piece.count >= Self.pieceCount || piece.reduce(0, { $0 + $1.size }) >= Self.pieceSize {
                try take(piece, at: tip, into: &imports)
                piece = []
            }
        }
        try take(piece, at: tip, into: &imports)
        // Before it is said to be here, it is.
        if !imports.received.isEmpty {
            try onDisk { () throws(FileFailure) in try host.files.synchronizeAll(project.state.path) }
        }
        try repository.update(importedReference, to: tip)
        importedTip = tip
        lastNotedTip = tip
        return imports
    }

    /// What was pushed on top of what is here is here as well.
    func noteImported() throws(SharingFailure) {
        guard let tip = importedTip, tip != lastNotedTip else { return }
        try repository.update(importedReference, to: tip)
        lastNotedTip = tip
    }

    private func onDisk(_ work: () throws(FileFailure) -> Void) throws(SharingFailure) {
        do throws(FileFailure) { try work() } catch { throw .state(.file(error)) }
    }

    // MARK: - What there is

    private func changed(
        since before: String?, _ tip: String
    ) throws(SharingFailure) -> ([Folder], notes: [(kind: String, id: String, TreeEntry)]) {
        var wanted: Set<String>?
        var below: [String] = []
        if let before {
            var names: Set<String> = []
            for path in try repository.changes(from: before, to: tip) {
                let parts = path.split(separator: "/")
                names.insert(parts.prefix(parts.first == "runs" ? 3 : 4).joined(separator: "/"))
            }
            if names.isEmpty { return ([], []) }
            wanted = names
            // As many as fit on a command line; more are picked from the whole list.
            if names.count <= 100 { below = names.sorted() }
        }
        var folders: [String: Folder] = [:]
        var notes: [(kind: String, id: String, TreeEntry)] = []
        for (path, entry) in try repository.files(at: tip, below: below) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            if let wanted, !wanted.contains(parts.prefix(parts[0] == "runs" ? 3 : 4).joined(separator: "/")) {
                continue
            }
            switch SharedPath(path) {
            case .run(let run, let file)?: folders[run, default: Folder(run: run)].add(file, entry)
            case .note(let kind, let id)?:
                guard entry.kind == .file, (entry.size ?? .max) <= NoteStore.largest else { continue }
                notes.append((kind, id, entry))
            case nil:
                // In a run's folder there is nothing but what is ours; what stands elsewhere is not looked at.
                guard parts.count > 3, parts[0] == "runs", RunID.isValid(parts[2]) else { continue }
                folders[parts[2], default: Folder(run: parts[2])].problem = "it holds `\(GitWords.shown(path))`"
            }
        }
        return (folders.values.sorted { RunID.isEarlier($0.run, $1.run) }, notes)
    }

    private func take(_ notes: [(kind: String, id: String, TreeEntry)]) throws(SharingFailure) -> Int {
        let store = project.notes
        var known: [String: Set<String>] = [:]
        for kind in Set(notes.map(\.kind)) { known[kind] = Set(store.names(kind)) }
        let new = notes.filter { !(known[$0.kind]?.contains($0.id) ?? false) }
        let contents = try repository.contents(of: new.map(\.2))
        var count = 0
        for ((kind, id, _), bytes) in zip(new, contents) where Note(bytes, id: id, kind: kind) != nil {
            do throws(StateFailure) { try store.write(bytes, as: id, kind) } catch { throw .state(error) }
            count += 1
        }
        return count
    }

    // MARK: - Taking

    private func take(_ folders: [Folder], at tip: String, into imports: inout Imports) throws(SharingFailure) {
        let readable = folders.filter { $0.problem == nil }
        let trees = try unsealedTrees(readable)
        let contents = try repository.contents(of: readable.flatMap { $0.sorted.map(\.entry) })
        var next = contents.makeIterator()
        for folder in folders {
            if let problem = folder.problem { try refuse(folder.run, problem, [:], into: &imports) }
        }
        for (folder, tree) in zip(readable, trees) {
            var files: [String: [UInt8]] = [:]
            for (name, _) in folder.sorted { files[name] = next.next() }
            let verified: VerifiedRun
            do throws(VerifiedRun.Refusal) {
                verified = try VerifiedRun(folder.run, files, tree: tree, host: host)
            } catch {
                try refuse(folder.run, error.why, files, into: &imports)
                continue
            }
            let isSigned = repository.settings.requiresSignature
            if isSigned, let why = try signatureProblem(of: files[SharedPath.seal] ?? []) {
                try refuse(folder.run, why, files, into: &imports)
                continue
            }
            let origin = RunOrigin(
                schema: 1, remote: shownRemote, commit: tip, at: host.clock.now().description, signed: isSigned)
            try take(verified, origin, into: &imports)
        }
    }

    /// What the seals speak of: the folders without their seals.
    private func unsealedTrees(_ folders: [Folder]) throws(SharingFailure) -> [String] {
        let steps = try repository.write(trees: folders.map(\.steps))
        let tops = zip(folders, steps).map { folder, steps in
            var top = folder.files.filter { !$0.key.hasPrefix("steps/") && $0.key != SharedPath.seal }
            if !folder.steps.isEmpty { top["steps"] = TreeEntry(kind: .folder, object: steps) }
            return top
        }
        return try repository.write(trees: tops)
    }

    /// - Returns: `nil` for a signature of somebody who is allowed to.
    func signatureProblem(of seal: [UInt8]) throws(SharingFailure) -> String? {
        let commit = try repository.ask(["hash-object", "-t", "commit", "-w", "--stdin"], input: seal).trimmedText
        guard let signers = repository.settings.allowedSigners else { return "nobody is named whose signature counts" }
        let path = signers.hasPrefix("/") ? signers : "\(project.root)/\(signers)"
        let output = repository.attempt(
            ["-c", "gpg.ssh.allowedSignersFile=\(path)", "verify-commit", "--", commit])
        return output.succeeded ? nil : "no allowed signer has signed it: \(GitWords.reason(output))"
    }

    private func take(_ run: VerifiedRun, _ origin: RunOrigin, into imports: inout Imports) throws(SharingFailure) {
        let store = project.store
        do throws(StateFailure) {
            let here: [UInt8]?
            do throws(FileFailure) {
                here =
                    try host.files.status(store.path(of: run.id)) == nil
                    ? nil : try host.files.read(store.journalPath(of: run.id), RunStore.largestJournal)
            } catch {
                throw .file(error)
            }
            guard let here else {
                try store.adopt(run.id, files: run.files, record: run.record, origin: origin)
                try store.forgetRefusal(of: run.id)
                imports.received.append(run.id)
                return
            }
            let there = run.journal
            // A last line that was not finished is no line.
            let whole = here.lastIndex(of: 0x0A).map { here[...$0] } ?? []
            if there.starts(with: whole) {
                try store.forgetRefusal(of: run.id)
                guard there.count > whole.count else { return }
                try store.extend(run.id, files: run.files, record: run.record, origin: origin)
                imports.received.append(run.id)
            } else if whole.starts(with: there) {
                try store.forgetRefusal(of: run.id)
                imports.ahead.append(run.id)
            } else if JournalParting(here: Array(whole), there: there, digest: host.digest).onlyTheirsActed,
                try store.record(of: run.id).status != .running
            {
                try store.giveWay(run.id, ours: here)
                try store.forgetRefusal(of: run.id)
                try store.extend(run.id, files: run.files, record: run.record, origin: origin)
                imports.received.append(run.id)
            } else {
                let why = "its journal here and the shared one tell different things"
                try store.refuse(run.id, why: why, files: run.files)
                imports.refused.append((run.id, why))
            }
        } catch {
            throw .state(error)
        }
    }

    private func refuse(
        _ run: String, _ why: String, _ files: [String: [UInt8]], into imports: inout Imports
    ) throws(SharingFailure) {
        do throws(StateFailure) { try project.store.refuse(run, why: why, files: files) } catch { throw .state(error) }
        imports.refused.append((run, why))
    }
}

extension HistoryClient.Folder {
    /// In the order in which they are read.
    fileprivate var sorted: [(name: String, entry: TreeEntry)] {
        files.sorted { $0.key < $1.key }.map { (name: $0.key, entry: $0.value) }
    }

    fileprivate var steps: [String: TreeEntry] {
        files.reduce(into: [:]) { steps, file in
            if let name = file.key.value(after: "steps/") { steps[name] = file.value }
        }
    }

    /// Takes a file in, unless it is more than is read of a run.
    fileprivate mutating func add(_ file: String, _ entry: TreeEntry) {
        if entry.kind != .file {
            problem = "`\(file)` is not a plain file"
        } else if (entry.size ?? .max) > SharedPath.largest(file) {
            problem = "`\(file)` is larger than \(Wording.bytes(SharedPath.largest(file)))"
        } else if files.count >= SharedPath.mostFiles || size + (entry.size ?? 0) > SharedPath.largestRun {
            problem = "it is larger than a run can be"
        } else {
            files[file] = entry
        }
    }
}

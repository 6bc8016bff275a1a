package import Deployment
import Host

/// Brings this project's runs and notes, and those of all who share its history, together. Safe to be repeated.
package struct HistorySync {
    /// What became of one remote.
    package struct Result: Sendable {
        package var remote: String
        package var project: String?
        /// Oldest first.
        package var received: [String] = []
        package var sent: [String] = []
        package var notesReceived = 0
        package var notesSent = 0
        /// Environments whose lock was let go, because their run had ended without the remote.
        package var released: [String] = []
    }

    private let project: Project
    private let settings: SharedHistory
    /// Those that are shared so.
    private let environments: [String]

    /// Runs that are sent with one push.
    private static let pieceCount = 200

    package init(project: Project, settings: SharedHistory, environments: [String]) {
        self.project = project
        self.settings = settings
        self.environments = environments
    }

    private var store: RunStore { project.store }

    /// - Parameter everything: also what is neither new nor waiting, as `history sync` does.
    package func run(everything: Bool = true) throws(SharingFailure) -> Result {
        let client = try HistoryClient(project, settings)
        var result = Result(remote: client.shownRemote, project: settings.project)
        try client.fetch()
        if everything, !store.refusedRuns().isEmpty { try client.lookAgain() }
        let imports = try client.importNew()
        result.received = imports.received
        result.notesReceived = imports.notes
        let waiting = Outbox(project).entries.filter { environments.contains($0.environment) }
        var runs = Set(waiting.map(\.run)).union(imports.ahead)
        if everything { runs.formUnion(try missing(client)) }
        runs.subtract(try runsAtWork(client, waiting))
        let here = try identifiers()
        try send(here.filter(runs.contains).reversed(), client, &result)
        try settle(waiting, client, &result)
        try client.noteImported()
        client.tidy()
        return result
    }

    /// Runs that somebody carries on at this moment: he shares them himself, and nobody writes to them beside him.
    private func runsAtWork(
        _ client: HistoryClient, _ waiting: [Outbox.Entry]
    ) throws(SharingFailure) -> Set<String> {
        let ours = Set(waiting.compactMap(\.lock))
        var runs: Set<String> = []
        for id in client.state.locks.values where !ours.contains(id) {
            if let lock = try client.lock(id) { runs.insert(lock.note.run) }
        }
        return runs
    }

    private func identifiers() throws(SharingFailure) -> [String] {
        do throws(StateFailure) { return try store.identifiers() } catch { throw .state(error) }
    }

    /// Runs here on these environments that the history does not have.
    private func missing(_ client: HistoryClient) throws(SharingFailure) -> [String] {
        let there = try client.runsThere()
        let refused = Set(store.refusedRuns())
        return try identifiers().filter { run in
            guard !there.contains(run), !refused.contains(run) else { return false }
            // An identifier has the environment's name before its last dash.
            return environments.contains { run.dropLast(5).hasSuffix("-\($0)") }
        }
    }

    private func send(_ runs: [String], _ client: HistoryClient, _ result: inout Result) throws(SharingFailure) {
        var notes = try client.notesToSend()
        var rest = runs[...]
        repeat {
            let piece = rest.prefix(Self.pieceCount)
            rest = rest.dropFirst(Self.pieceCount)
            // One that cannot be read is in `history verify`, and must not keep the others here.
            let pictures = piece.compactMap { try? SharedRun($0, in: store) }
            guard !pictures.isEmpty || !notes.isEmpty else { continue }
            let publication = try client.publish(pictures, notes: notes)
            result.sent += publication.sent
            result.notesSent += notes.count
            notes = []
            if !publication.behind.isEmpty || !publication.different.isEmpty {
                result.received += try client.importNew().received
            }
        } while !rest.isEmpty
    }

    /// What was waiting is there now: its entry goes, and so does the lock of a run that is over.
    private func settle(
        _ waiting: [Outbox.Entry], _ client: HistoryClient, _ result: inout Result
    ) throws(SharingFailure) {
        for entry in waiting {
            let record = try? store.record(of: entry.run)
            // A run that goes on sends the rest itself.
            guard record?.status != .running else { continue }
            if let id = entry.lock, client.state.locks[entry.environment] == id, let lock = try client.lock(id),
                try client.release(lock)
            {
                result.released.append(entry.environment)
            }
            do throws(StateFailure) { try Outbox(project).remove(entry.run) } catch { throw .state(error) }
        }
    }
}

extension HistoryClient {
    /// Names of the runs that the history has.
    func runsThere() throws(SharingFailure) -> Set<String> {
        guard let tip = state.history else { return [] }
        return Set(
            try repository.folders(at: tip).compactMap { path, _ in
                let parts = path.split(separator: "/")
                return parts.count == 3 && parts[0] == "runs" ? String(parts[2]) : nil
            })
    }

    /// Notes here that the history does not have.
    func notesToSend() throws(SharingFailure) -> [(kind: String, id: String, bytes: [UInt8])] {
        var found: [(kind: String, id: String, bytes: [UInt8])] = []
        for kind in project.notes.kinds {
            var there: Set<String> = []
            if let folder = try entry(at: ["notes", kind]), folder.kind == .folder {
                there = Set(try entries(of: folder.object).keys)
            }
            for id in project.notes.names(kind) where !there.contains("\(id).json") {
                // One that is no note is none of the team's.
                guard let bytes = try? project.notes.read(id, kind), Note(bytes, id: id, kind: kind) != nil else {
                    continue
                }
                found.append((kind, id, bytes))
            }
        }
        return found
    }

    /// Everything is to be looked at again, as if it were new.
    func lookAgain() throws(SharingFailure) {
        guard let reference = try repository.resolve(importedReference) else { return }
        _ = try repository.ask(["update-ref", "-d", importedReference, reference])
    }
}

extension Project {
    /// Where the project's environments are shared, each place once, with the environments that are shared there.
    ///
    /// An environment that is not valid is left out: what is wrong with it is `rehearse check`'s to say.
    package var sharedHistories: [(settings: SharedHistory, environments: [String])] {
        let loader = ProjectLoader(self)
        var found: [(settings: SharedHistory, environments: [String])] = []
        for name in environmentNames {
            guard let history = loader.environment(name)?.history else { continue }
            let index = found.firstIndex {
                $0.settings.remote == history.remote && $0.settings.project == history.project
            }
            guard let index else {
                found.append((history, [name]))
                continue
            }
            found[index].environments.append(name)
            // What one of them demands is demanded of all that stands in the same place.
            if history.requiresSignature, !found[index].settings.requiresSignature {
                found[index].settings.requiresSignature = true
                found[index].settings.allowedSigners = history.allowedSigners
            }
        }
        return found
    }
}

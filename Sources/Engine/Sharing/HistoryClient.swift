package import Deployment
import Host

/// The shared history of one remote and project: what is known of it, and how it is read and written.
///
/// A class, because what was last fetched and the trees that were read belong to one conversation. Used from one thread,
/// or from several that take turns.
package final class HistoryClient {
    let repository: HistoryRepository
    let project: Project
    /// What the remote had when it was last asked.
    private(set) var state = RemoteState()
    /// Folders of the history that were read or written, by their names: they never change.
    private var trees: [String: [String: TreeEntry]] = [:]
    private static let mostTrees = 4_000
    /// Runs of which what stands in the history is what was pushed from here, by their folder's name there.
    var pushed: [String: String] = [:]
    /// The commit of the history all of which is here; `nil` while nobody has looked.
    var importedTip: String?
    /// The same as the private repository remembers it.
    var lastNotedTip: String?

    var host: Host { project.host }
    package var shownRemote: String { repository.remote.shown }
    package var projectName: String? { repository.settings.project }

    /// - Throws: `SharingFailure`; the remote itself was not asked yet.
    package init(_ project: Project, _ settings: SharedHistory) throws(SharingFailure) {
        self.project = project
        repository = try HistoryRepository(project, settings)
    }

    // MARK: - The remote

    /// Asks the remote for what is new.
    func fetch() throws(SharingFailure) {
        state = try exclusively { () throws(SharingFailure) in try repository.fetch() }
        let place = String(repository.tracking.split(separator: "/").last ?? "")
        try SharedLockCopies(folder: project.state, host: host).keep(state.locks, of: place) {
            (id) throws(SharingFailure) in try lock(id)
        }
    }

    /// - Returns: `nil` for what is no lock.
    func lock(_ id: String) throws(SharingFailure) -> SharedLock? {
        SharedLock(id: id, text: try repository.text(ofCommit: id))
    }

    /// - Returns: false when one of the refs was not what it had to be; then what is there was fetched.
    func push(_ references: [PushedReference]) throws(SharingFailure) -> Bool {
        let isDone = try exclusively { () throws(SharingFailure) in try repository.push(references) }
        guard isDone else {
            try fetch()
            return false
        }
        for reference in references {
            if reference.name == repository.historyReference {
                if importedTip == state.history, reference.object != nil { importedTip = reference.object }
                state.history = reference.object
            } else if let name = reference.name.value(after: repository.lockPrefix) {
                state.locks[name] = reference.object
            }
        }
        return true
    }

    /// What the remote has now, without fetching it.
    func look() throws(SharingFailure) -> RemoteState { try repository.listing() }

    /// Two processes of one project must not fetch into the same refs at the same time.
    private func exclusively<Result>(_ work: () throws(SharingFailure) -> Result) throws(SharingFailure) -> Result {
        let deadline = host.clock.monotonicNanoseconds() + repository.transferTimeout.nanoseconds * 2
        while true {
            let attempt: LockAttempt
            do throws(FileFailure) {
                attempt = try host.files.lock("\(project.state.shared)/lock", Array("shared history\n".utf8))
            } catch {
                throw .state(.file(error))
            }
            if case .acquired(let lock) = attempt {
                defer { lock.release() }
                return try work()
            }
            guard host.clock.monotonicNanoseconds() < deadline else {
                throw .unreachable(remote: shownRemote, .timedOut(repository.transferTimeout * 2))
            }
            host.clock.sleep(.milliseconds(10))
            if let signal = host.signals.received()?.first { throw .stopped(signal: signal) }
        }
    }

    // MARK: - Trees

    func entries(of tree: String) throws(SharingFailure) -> [String: TreeEntry] {
        if let known = trees[tree] { return known }
        let entries = try repository.entries(of: tree)
        keep(entries, as: tree)
        return entries
    }

    private func keep(_ entries: [String: TreeEntry], as tree: String) {
        // A copy, made again where it is needed.
        if trees.count >= Self.mostTrees { trees.removeAll() }
        trees[tree] = entries
    }

    /// What stands at a path of the history as it was last fetched; `nil` for nothing.
    func entry(at path: [String]) throws(SharingFailure) -> TreeEntry? {
        guard var tree = state.history else { return nil }
        var found: TreeEntry?
        for name in path {
            guard let entry = try entries(of: tree)[name] else { return nil }
            found = entry
            tree = entry.object
        }
        return found
    }

    /// The folder that another one becomes with these entries in it; whole folders are put in place of old ones.
    func tree(_ base: String?, with changes: [(path: [String], TreeEntry)]) throws(SharingFailure) -> String {
        var entries: [String: TreeEntry] = [:]
        if let base { entries = try self.entries(of: base) }
        var inner: [String: [(path: [String], TreeEntry)]] = [:]
        for (path, entry) in changes {
            if path.count == 1 {
                entries[path[0]] = entry
            } else {
                inner[path[0], default: []].append((Array(path.dropFirst()), entry))
            }
        }
        for (name, changes) in inner.sorted(by: { $0.key < $1.key }) {
            let old = entries[name].flatMap { $0.kind == .folder ? $0.object : nil }
            entries[name] = TreeEntry(kind: .folder, object: try tree(old, with: changes))
        }
        // What is not ours in there (a link, a submodule) is not written again, and so is gone from the new tree.
        entries = entries.filter { $0.value.kind != .other }
        let object = try repository.write(trees: [entries])[0]
        keep(entries, as: object)
        return object
    }

    /// Packs what has gathered here, when that is much. What goes wrong is no loss: it is tried again the next time.
    func tidy() {
        _ = try? exclusively { () throws(SharingFailure) in
            _ = repository.attempt(
                ["-c", "gc.auto=3000", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet", "--prune=1.day.ago"],
                timeout: .seconds(120), stopsOnSignal: true)
        }
    }

    /// A pause of its own length, so that those who met once do not meet again.
    func pause(try number: Int) {
        let longest = min(2_000, 40 << min(number, 6))
        let chance = host.randomBytes(2).reduce(0) { $0 << 8 | Int($1) }
        host.clock.sleep(.milliseconds(10 + chance % longest))
    }
}

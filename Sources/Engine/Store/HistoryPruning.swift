import Deployment
import Host

/// Removes old runs. Never one that is not settled, one that cannot be read, or the last success of a runbook on an
/// environment.
package struct HistoryPruning {
    package struct Result: Sendable {
        /// Newest first.
        package var removed: [String] = []
        package var kept = 0
        /// Kept, because nobody can say what they are.
        package var damaged: [String] = []
    }

    /// What the last success is of.
    private struct Subject: Hashable {
        let environment: String
        let runbook: String
        let isRehearsal: Bool
    }

    private let project: Project

    package init(project: Project) { self.project = project }

    /// - Parameter count: so many of the newest runs on each environment stay, whatever they are.
    /// - Throws: `.lock` before anything is removed, while a run is under way on one of the environments.
    package func prune(keeping count: Int) throws(StartFailure) -> Result {
        for folder in [project.state.path, project.state.runs, project.state.locks] {
            do { try project.state.check(folder) } catch { throw .state(error) }
        }
        do { try project.state.prepare() } catch { throw .state(error) }
        let locks = try lockAll()
        defer { for lock in locks { lock.release() } }
        do throws(StateFailure) {
            try removeLeftovers()
            return try prune(count)
        } catch {
            throw .state(error)
        }
    }

    /// A run that is looked at must not begin to be rolled back meanwhile.
    private func lockAll() throws(StartFailure) -> [HeldLock] {
        let identifiers: [String]
        do throws(StateFailure) { identifiers = try project.store.identifiers() } catch { throw .state(error) }
        // One that cannot be read is not removed either, and needs no lock.
        let names = Set(identifiers.compactMap { try? project.store.listed($0).environment.name })
        var locks: [HeldLock] = []
        do throws(StartFailure) {
            for name in names.sorted() {
                locks.append(
                    try RunStart(project: project) { _ in }.take(
                        name, run: "history-prune", patience: .zero, next: "rehearse history"))
            }
        } catch {
            for lock in locks { lock.release() }
            throw error
        }
        return locks
    }

    private func prune(_ count: Int) throws(StateFailure) -> Result {
        var result = Result()
        var seen: [String: Int] = [:]
        var succeeded: Set<Subject> = []
        for run in try project.store.identifiers() {
            let record: RunRecord
            do throws(StateFailure) {
                // The journal, not its copy: what is removed is gone.
                record = try project.store.record(of: run)
            } catch {
                result.damaged.append(run)
                continue
            }
            let subject = Subject(
                environment: record.environment.name, runbook: record.runbook.name, isRehearsal: record.rehearsal)
            let isLastSuccess = record.status == .succeeded && succeeded.insert(subject).inserted
            seen[subject.environment, default: 0] += 1
            if seen[subject.environment, default: 0] <= count || !record.settled || isLastSuccess {
                result.kept += 1
            } else {
                try remove(run)
                result.removed.append(run)
            }
        }
        result.kept += result.damaged.count
        if !result.removed.isEmpty { project.store.keepListed(Set(try project.store.identifiers())) }
        return result
    }

    /// Out of sight first: half a run must never be taken for a damaged one.
    private func remove(_ run: String) throws(StateFailure) {
        let files = project.host.files
        let grave = "\(project.state.runs)/\(Self.removedPrefix)\(run)"
        do throws(FileFailure) {
            try files.move(project.store.path(of: run), grave)
            try files.removeTree(grave)
        } catch {
            throw .file(error)
        }
    }

    /// No run's name begins with it.
    private static let removedPrefix = ".removed-"

    /// What a removal that was cut short has left.
    private func removeLeftovers() throws(StateFailure) {
        let files = project.host.files
        do throws(FileFailure) {
            for name in try files.list(project.state.runs) where name.hasPrefix(Self.removedPrefix) {
                try files.removeTree("\(project.state.runs)/\(name)")
            }
        } catch {
            throw .file(error)
        }
    }
}

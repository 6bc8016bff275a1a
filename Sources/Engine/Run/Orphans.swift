import Deployment
import Diagnostics
import Host

/// Processes that outlived the run they belong to, and may still be changing things.
struct Orphans {
    private struct Orphan {
        /// `nil` for one that no line of the journal names.
        let step: String?
        let process: ProcessIdentity
    }

    private let host: Host
    private let run: String
    private let living: [Orphan]

    /// Those that the journal names and that have no end there, and those that carry the run's name: the program may have
    /// died between starting a process and writing its number down, and what a step starts is never written down.
    init(of run: String, _ journal: Journal, host: Host) {
        self.host = host
        self.run = run
        var found = Self.recorded(journal, host).filter { host.processes.isAlive($0.process) }
        let known = Set(found.map(\.process.pid))
        if case .opened(let opened) = journal.events.first {
            found += host.processes.carriers(StepVariables.run(run), StepVariables.opener(opened.owner))
                .filter { !known.contains($0.pid) }.map { Orphan(step: nil, process: $0) }
        }
        living = found
    }

    private static func recorded(_ journal: Journal, _ host: Host) -> [Orphan] {
        guard RecordFold.owner(journal.events)?.bootId == host.surroundings.bootID else { return [] }
        var open: [String: ProcessIdentity] = [:]
        for event in journal.events {
            switch event {
            case .stepSpawned(let spawned), .rollbackSpawned(let spawned):
                open[spawned.step] = ProcessIdentity(pid: spawned.pid, startTime: spawned.startTime)
            case .stepEnded(let ended) where ended.status != .unknown: open[ended.step] = nil
            case .rollbackEnded(let ended) where ended.status != .unknown: open[ended.step] = nil
            default: break
            }
        }
        return open.sorted { $0.key < $1.key }.map { Orphan(step: $0.key, process: $0.value) }
    }

    /// - Parameters:
    ///   - kill: end them, and everything below them.
    ///   - again: what to type to have that done.
    /// - Throws: `.undecided` while one of them lives.
    func check(kill: Bool, again: String) throws(StartFailure) {
        guard let first = living.first else { return }
        let survivors = kill ? host.processes.stop(living.map(\.process), Step.defaultGrace) : []
        if kill, survivors.isEmpty { return }
        let shown = survivors.first ?? first.process
        let step = living.first { $0.process == shown }?.step
        let name = shown.commandLine.isEmpty ? "" : " (\(shown.commandLine))"
        let others =
            living.count > 1
            ? ", and \(Wording.count(living.count - 1, "other process", plural: "other processes"))" : ""
        let whose = step.map { " of the step `\($0)`" } ?? ""
        throw .undecided(
            Diagnostic(
                kill
                    ? "process \(shown.pid)\(name)\(whose) cannot be ended, although its run \(run) is gone"
                    : "process \(shown.pid)\(name)\(others)\(whose) is still running, although its run \(run) is gone",
                expected: "no process of the run", retry: "safe, once it has ended",
                next: kill ? "end it as its owner or as root: kill -9 \(shown.pid)" : again))
    }
}

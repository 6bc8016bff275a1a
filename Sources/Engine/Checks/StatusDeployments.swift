import Deployment
import Diagnostics
import Host
import YAML

/// What the last deployment on an environment changed: configuration, commits, figures; and who is at work now.
struct StatusDeployments {
    /// Runs that are looked at.
    private static let mostRuns = 200

    private let project: Project
    private let environment: String
    /// Newest first; those that cannot be read are left out.
    private let records: [RunRecord]

    init(project: Project, environment: String) {
        self.project = project
        self.environment = environment
        // A history that cannot be read tells nothing; `history verify` says what is wrong with it.
        let runs = ((try? project.store.identifiers()) ?? []).filter { $0.dropLast(5).hasSuffix("-\(environment)") }
        var found: [RunRecord] = []
        var good = 0
        for run in runs.prefix(Self.mostRuns) where good < 2 {
            guard let record = try? project.store.listed(run), record.environment.name == environment else { continue }
            found.append(record)
            if record.status == .succeeded { good += 1 }
        }
        records = found
    }

    func lockHolder() -> String? {
        guard let last = records.first, last.status == .running else { return nil }
        return "run \(last.id), by \(last.actor.user) on \(last.actor.host) since \(last.startedAt)"
    }

    func answer() -> EnvironmentStatus.Answer {
        guard let last = records.first else { return .init(.unknown, "there is no run on `\(environment)` yet") }
        if !last.settled, last.status != .running {
            return .init(
                .yes, "the last run is not settled: \(last.id) \(last.status.rawValue)", next: last.unsettledWays.first)
        }
        let good = records.filter { $0.status == .succeeded }
        guard let now = good.first else {
            return .init(.unknown, "no run on `\(environment)` has succeeded and stayed")
        }
        guard good.count > 1 else { return .init(.yes, "\(now.id) is the first that succeeded") }
        let before = good[1]
        let changes = [settings(before, now), commits(before, now), figures(before, now)].compactMap(\.self)
        let since = "\(now.id) after \(before.id)"
        if changes.isEmpty { return .init(.no, "nothing: \(since)") }
        return .init(.yes, "\(changes.joined(separator: "; ")) (\(since))")
    }

    private func settings(_ before: RunRecord, _ now: RunRecord) -> String? {
        if before.environment == now.environment { return nil }
        guard let left = compared(before), let right = compared(now) else {
            return "the configuration changed, and what it was is not kept"
        }
        let differences = Comparison.differences(
            left: ComparedTree.filled(left, beside: right), right: ComparedTree.filled(right, beside: left)
        ).differences
        guard !differences.isEmpty else { return nil }
        let paths = differences.prefix(3).map { "`\($0.path.description)`" }.joined(separator: ", ")
        let more = differences.count > 3 ? " and \(differences.count - 3) more" : ""
        return "\(Wording.count(differences.count, "setting")): \(paths)\(more)"
    }

    private func compared(_ record: RunRecord) -> Node? {
        let path = "\(StateFolder.name)/runs/\(record.id)/\(ComparedSnapshot.fileName)"
        guard let bytes = try? project.host.files.read("\(project.root)/\(path)", ComparedSnapshot.largest) else {
            return nil
        }
        var sources = SourceTable()
        let file = SourceFile(path: path, bytes: bytes)
        return ComparedSnapshot.read(file, id: sources.add(file), problems: Problems())
    }

    private func commits(_ before: RunRecord, _ now: RunRecord) -> String? {
        guard let first = before.git?.commit, let last = now.git?.commit, first != last else { return nil }
        let count = now.changes.isEmpty ? "" : "\(Wording.count(now.changes.count, "commit")) "
        return "\(count)\(first.prefix(8))..\(last.prefix(8))"
    }

    private func figures(_ before: RunRecord, _ now: RunRecord) -> String? {
        for step in now.steps {
            guard let p95 = step.metrics["p95"], let earlier = before.step(step.id)?.metrics["p95"], p95 != earlier,
                // Too small to be a change: both are single measurements.
                step.metrics["verdict"].map({ $0 == "faster" || $0 == "slower" }) ?? false
            else { continue }
            return "\(step.metrics["verdict"] ?? ""): p95 of `\(step.id)` \(earlier) → \(p95)"
        }
        return nil
    }
}

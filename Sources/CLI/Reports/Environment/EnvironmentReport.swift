import Deployment
package import Engine

/// How an environment's last runs went: a fold of their records.
package struct EnvironmentReport: Sendable {
    /// The runs of one runbook.
    package struct RunbookFigures: Hashable, Sendable {
        package let name: String
        package let runs: Int
        /// Of the ended ones.
        package let succeeded: Int
        /// Of those that succeeded; `nil` when none did.
        package let medianMs: Int?
        package let longestMs: Int?
    }

    package struct Rollbacks: Hashable, Sendable {
        /// By the run itself after a failure.
        package var automatic = 0
        package var byHand = 0
        /// Of either kind: something could not be undone.
        package var incomplete = 0

        package var count: Int { automatic + byHand }
    }

    package struct Person: Hashable, Sendable {
        /// `ann on laptop`, `runner on ci-7 (CI)`.
        package let name: String
        package var runs = 0
        package var rollbacks = 0
    }

    package let environment: String
    /// Newest first.
    package let records: [RunRecord]

    package init(_ environment: String, _ records: [RunRecord]) {
        self.environment = environment
        self.records = records
    }

    // MARK: - Figures

    package var ended: Int { records.count { $0.status != .running } }

    /// Runs that ended well and stayed: what was rolled back later is none.
    package var succeeded: Int { records.count { $0.status == .succeeded } }

    /// From 0 to 1; `nil` while none has ended.
    package var successRate: Double? { ended == 0 ? nil : Double(succeeded) / Double(ended) }

    package var overriddenGates: Int { records.count { $0.gateOverride != nil } }
    package var unsettled: [RunRecord] { records.filter { !$0.settled } }

    package var rollbacks: Rollbacks {
        records.reduce(into: Rollbacks()) { result, record in
            guard let rollback = record.rollback else { return }
            if rollback.automatic { result.automatic += 1 } else { result.byHand += 1 }
            if record.status == .rollbackIncomplete || rollback.problem != nil { result.incomplete += 1 }
        }
    }

    /// By the names of the runbooks.
    package var runbooks: [RunbookFigures] {
        Dictionary(grouping: records, by: \.runbook.name).sorted { $0.key < $1.key }.map { name, runs in
            let durations = runs.filter { $0.status == .succeeded }.compactMap(\.durationMs).sorted()
            return RunbookFigures(
                name: name, runs: runs.count, succeeded: runs.count { $0.status == .succeeded },
                medianMs: Self.median(durations), longestMs: durations.last)
        }
    }

    /// Who started runs, and who rolled them back by hand; the busiest first.
    package var people: [Person] {
        var found: [String: Person] = [:]
        for record in records {
            found[record.actor.words, default: Person(name: record.actor.words)].runs += 1
            guard let rollback = record.rollback, !rollback.automatic else { continue }
            found[rollback.by.words, default: Person(name: rollback.by.words)].rollbacks += 1
        }
        return found.values.sorted { ($1.runs, $1.rollbacks, $0.name) < ($0.runs, $0.rollbacks, $1.name) }
    }

    /// `12 runs, 9 of 12 succeeded (75 %), 2 rolled back`
    package var sentence: String {
        var parts = ["\(succeeded) of \(ended) succeeded" + (percent.map { " (\($0))" } ?? "")]
        if records.count > ended { parts.append("\(records.count - ended) running") }
        if rollbacks.count > 0 { parts.append("\(rollbacks.count) rolled back") }
        if rollbacks.incomplete > 0 { parts.append("\(rollbacks.incomplete) of these incomplete") }
        return parts.joined(separator: ", ")
    }

    /// `75 %`: rounded down, so that only all is 100.
    package var percent: String? { ended == 0 ? nil : "\(succeeded * 100 / ended) %" }

    /// - Parameter sorted: ascending.
    private static func median(_ sorted: [Int]) -> Int? {
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}

package import Deployment
package import Diagnostics

/// Finds what a measurement is compared with, where that was measured before.
package struct MeasureBaselines {
    /// Runs that are looked at: a history may be long.
    private static let mostRuns = 200

    private let store: RunStore

    package init(_ store: RunStore) { self.store = store }

    /// The figures that an earlier step of a run has put on record.
    package func step(_ id: String, of record: RunRecord) -> Measurement.Baseline {
        guard let step = record.step(id) else { return .missing("this run has no step `\(id)`") }
        guard let text = step.metrics[MeasureReport.sampleKey] else {
            return .missing("the step `\(id)` has measured nothing: it is \(step.status.rawValue)")
        }
        return sample(text, source: "the step `\(id)`")
    }

    /// The same step in the last run on the environment that succeeded and stayed, and measured in it.
    ///
    /// - Parameters:
    ///   - run: the run that asks; it does not count.
    ///   - step: `nil`: whichever step measured one of these routes.
    package func last(
        on environment: String, runbook: String?, step: String?, routes: [String] = [], except run: String? = nil,
        now: Timestamp
    ) -> Measurement.Baseline {
        let runs: [String]
        do { runs = try store.identifiers() } catch { return .missing("the history cannot be read") }
        let candidates = runs.filter { $0 != run && $0.dropLast(5).hasSuffix("-\(environment)") }
        for id in candidates.prefix(Self.mostRuns) {
            // One that cannot be read is no good run; `history verify` finds it.
            guard let record = try? store.listed(id), record.environment.name == environment,
                record.status == .succeeded, runbook == nil || record.runbook.name == runbook
            else { continue }
            for candidate in record.steps.reversed() where step == nil || candidate.id == step {
                guard candidate.status == .succeeded, let text = candidate.metrics[MeasureReport.sampleKey] else {
                    continue
                }
                let age = Timestamp(record.startedAt).map {
                    max(0, now.millisecondsSince1970 - $0.millisecondsSince1970)
                }
                let when = age.map { ", \(Wording.duration(milliseconds: Int($0))) ago" } ?? ""
                let found = sample(text, source: "run \(record.id)\(when)")
                guard step != nil || hasRoute(found, routes) else { continue }
                return found
            }
        }
        return .first
    }

    private func hasRoute(_ baseline: Measurement.Baseline, _ routes: [String]) -> Bool {
        guard case .sample(let sample, _) = baseline else { return false }
        return sample.samples.keys.contains { routes.contains($0.route) }
    }

    private func sample(_ text: String, source: String) -> Measurement.Baseline {
        guard let sample = TrafficSample(text: text) else {
            return .missing("the figures of \(source) cannot be read by this version")
        }
        return sample.answers > 0 ? .sample(sample, source: source) : .missing("\(source) has no answers on record")
    }
}

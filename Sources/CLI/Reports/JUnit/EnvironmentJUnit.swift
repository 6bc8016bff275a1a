import Deployment
import Engine

/// An environment's last runs as test results: the environment is a suite, each run a case.
package enum EnvironmentJUnit {
    package static func report(_ report: EnvironmentReport) -> JUnitReport {
        let suite = JUnitReport.Suite(
            name: "runs on \(report.environment)", startedAt: report.records.last?.startedAt ?? "",
            host: report.records.first?.actor.host ?? "",
            milliseconds: report.records.compactMap(\.durationMs).reduce(0, +),
            properties: [("environment", report.environment)], cases: report.records.reversed().map(single))
        return JUnitReport(suites: [suite])
    }

    private static func single(_ record: RunRecord) -> JUnitReport.Case {
        JUnitReport.Case(
            name: record.id, className: "\(record.environment.name).\(record.runbook.name)",
            milliseconds: record.durationMs ?? 0, outcome: outcome(record))
    }

    private static func outcome(_ record: RunRecord) -> JUnitReport.Outcome {
        let step = record.stoppedStep?.step
        let what = step.map { "step \($0.id): \($0.failure?.what ?? $0.status.mark.word)" }
        let message = [record.status.mark.word, what].compactMap(\.self).joined(separator: ", ")
        let text = ([record.reason.map { "reason: \($0)" }] + [record.rollback?.problem]).compactMap(\.self)
            .joined(separator: "\n")
        switch record.status {
        case .succeeded: return .passed
        case .running: return .skipped("still running")
        case .failed, .rolledBack, .closed: return .failure(kind: record.status.rawValue, message: message, text: text)
        case .interrupted, .crashed, .rollbackIncomplete:
            return .error(kind: record.status.rawValue, message: message, text: text)
        }
    }
}

import Deployment
import Engine

/// What a rehearsal has shown as test results: whether each step came back, and whether the whole holds.
enum RehearsalJUnit {
    /// Empty for a run that is no rehearsal.
    static func suites(_ record: RunRecord) -> [JUnitReport.Suite] {
        guard let rehearsed = record.rehearsed else { return [] }
        let className = RunJUnit.className(record) + ".rehearsal"
        let steps = rehearsed.steps.map { step in
            JUnitReport.Case(
                name: "way back of \(step.id)", className: className, milliseconds: step.back?.durationMs ?? 0,
                outcome: outcome(step, record))
        }
        let whole = JUnitReport.Case(
            name: "the rehearsal holds", className: className, milliseconds: 0,
            outcome: rehearsed.held
                ? .passed
                : .failure(kind: "rehearsal", message: rehearsed.problem ?? "it did not come to its end", text: ""))
        return [
            JUnitReport.Suite(
                name: "rehearsal of \(record.title)", startedAt: record.startedAt, host: record.actor.host,
                milliseconds: steps.reduce(0) { $0 + $1.milliseconds },
                properties: [("run", record.id), ("phase", rehearsed.phase.rawValue)], cases: steps + [whole])
        ]
    }

    private static func outcome(_ step: RehearsalRecord.Step, _ record: RunRecord) -> JUnitReport.Outcome {
        if let why = step.notRehearsed { return .skipped("not rehearsed: \(why)") }
        guard let back = step.back else {
            let rollback = record.step(step.id)?.rollback
            return .skipped(
                rollback?.kind == PlannedRollback.Kind.none
                    ? rollback?.reason ?? "it changes nothing" : "it did not come to its way back")
        }
        let text = back.differences.joined(separator: "\n")
        switch back.status {
        case .done where back.differences.isEmpty: return .passed
        case .none where back.differences.isEmpty: return .skipped("it changes nothing")
        case .waived: return .skipped("passed by: a person said so")
        case .done, .none, .failed:
            let message = back.status == .failed ? "its undo failed" : "its undo did not bring back what was there"
            return .failure(kind: "way_back", message: message, text: text)
        case .pending, .running, .unknown:
            return .error(kind: back.status.rawValue, message: "how its undo ended is not known", text: text)
        }
    }
}

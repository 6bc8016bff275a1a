import Deployment

/// What the fold keeps of a rehearsal besides its record.
struct RehearsalFold {
    var record: RehearsalRecord
    var checks: [String: RunEvent.WayBackChecked] = [:]
    /// Forward and back, once the second way forward has begun.
    var first: [RehearsalRecord.Step]?

    init(_ options: RehearsalOptions) {
        record = RehearsalRecord(phase: .forward, twice: options.twice, held: false, steps: [], unproven: [])
    }

    /// The second way forward begins: what was seen of the first and of the way back is kept.
    mutating func goAgain(_ run: RunRecord, _ plan: [PlannedStep]) {
        first = steps(run, plan)
        record.fingerprint = run.fingerprint
        record.phase = .again
    }

    /// What all of it comes to for a run as it stands.
    func finished(_ run: RunRecord, _ plan: [PlannedStep]) -> RehearsalRecord {
        var result = record
        result.steps = steps(run, plan)
        if record.phase == .back { result.fingerprint = run.fingerprint }
        if let first, record.phase == .again {
            for index in result.steps.indices {
                let again = result.steps[index].forward
                result.steps[index].forward = first[index].forward
                result.steps[index].back = first[index].back
                result.steps[index].again = again
                result.steps[index].notRehearsed = first[index].notRehearsed
            }
        }
        result.unproven = unproven(result, plan, hasFingerprint: !(run.fingerprint?.before.isEmpty ?? true))
        result.problem = problem(run, result, plan)
        result.held = result.problem == nil
        return result
    }

    private func steps(_ run: RunRecord, _ plan: [PlannedStep]) -> [RehearsalRecord.Step] {
        zip(run.steps, plan).map { step, planned in
            RehearsalRecord.Step(
                id: step.id, notRehearsed: reason(step, planned), forward: RehearsalRecord.Pass(step),
                back: record.phase == .forward ? nil : RehearsalRecord.WayBack(step, checks[step.id]))
        }
    }

    private func reason(_ step: StepRecord, _ planned: PlannedStep) -> String? {
        if let skipped = planned.skipped { return skipped }
        if planned.rollback.kind == .irreversible { return "a point of no return: only in the last forward" }
        guard step.status == .satisfied, planned.rollback.kind != .none else { return nil }
        return "it was done already: \(step.skipped ?? "`skip_if`")"
    }

    private func unproven(_ result: RehearsalRecord, _ plan: [PlannedStep], hasFingerprint: Bool) -> [String] {
        guard !hasFingerprint else { return [] }
        return zip(result.steps, plan).filter { step, planned in
            (step.back?.times ?? 0) > 0 && planned.rollback.verify == nil && planned.skipIf == nil
                && (planned.capture.isEmpty || planned.always)
        }.map(\.0.id)
    }

    private func problem(_ run: RunRecord, _ result: RehearsalRecord, _ plan: [PlannedStep]) -> String? {
        if let closed = run.closed { return "it was closed by hand: \(closed.reason ?? "")" }
        switch (record.phase, run.status) {
        case (_, .running): return "it is under way"
        case (.back, _): return run.rollback?.problem ?? "it went back, and not forward again"
        case (let phase, .failed), (let phase, .rolledBack), (let phase, .rollbackIncomplete):
            let bad = run.steps.first { [.failed, .unknown, .interrupted].contains($0.status) }
            guard let bad else { return "it was rolled back since" }
            let time = phase == .again ? " the second time" : ""
            return "`\(bad.id)` failed going forward\(time): \(bad.failure?.what ?? "how it ended is not known")"
        case (_, .interrupted): return "it was interrupted"
        case (_, .crashed): return "its process went away"
        case (.forward, _): return "it did not come to its way back"
        case (.again, _): break
        }
        if run.resumed.contains(where: { $0.reason != nil }) {
            return "a person said what became of a step, and the program did not see it"
        }
        let hasUndo = plan.filter { $0.skipped == nil && [.command, .automatic].contains($0.rollback.kind) }
        if !hasUndo.isEmpty, hasUndo.allSatisfy({ result.step($0.id)?.notRehearsed != nil }) {
            return "every step that changes something was done already, so that no undo was rehearsed"
        }
        return nil
    }
}

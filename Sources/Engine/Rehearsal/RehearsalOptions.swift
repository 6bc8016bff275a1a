package import Deployment

/// What a rehearsal was told when it began.
package struct RehearsalOptions: Hashable, Sendable, Codable {
    /// Every undo runs two times.
    package var twice: Bool
    /// Points of no return that are crossed all the same: in the last forward only, because nothing brings them back.
    package var crossed: [String]

    package init(twice: Bool, crossed: [String] = []) {
        self.twice = twice
        self.crossed = crossed
    }
}

extension Plan {
    /// The plan as a rehearsal carries it out: without the steps that must not happen for practice.
    ///
    /// A tag is not made: it would be published, and other programs act on it. Its preflight is all that is rehearsed.
    ///
    /// - Parameter crossesPivots: whether points of no return are crossed in the last forward.
    package func rehearsing(crossesPivots: Bool) -> Plan {
        var plan = self
        for index in plan.steps.indices where plan.steps[index].skipped == nil {
            let step = plan.steps[index]
            if step.action.tag != nil {
                plan.steps[index].skipped = "a rehearsal publishes nothing: that the tag can be made was checked before"
            } else if step.rollback.kind == .irreversible, !crossesPivots {
                let why = step.rollback.reason.map { ": \($0)" } ?? ""
                plan.steps[index].skipped = "it cannot be undone, so that it is not rehearsed\(why)"
            }
        }
        return plan
    }

    /// The points of no return among the steps that run.
    package var pivots: [String] { steps.filter { $0.skipped == nil && $0.rollback.kind == .irreversible }.map(\.id) }
}

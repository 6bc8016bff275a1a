import Deployment
import Host

/// The steps of a plan, those of one `parallel` step together.
enum StepGroups {
    /// In the plan's order; a step of no group is by itself.
    static func of(_ steps: [PlannedStep]) -> [[PlannedStep]] {
        steps.reduce(into: []) { groups, step in
            if step.group != nil, groups.last?.last?.group == step.group {
                groups[groups.count - 1].append(step)
            } else {
                groups.append([step])
            }
        }
    }

    /// Runs steps side by side; the first that does not succeed stops the others.
    ///
    /// - Returns: how the group stands: `failed` or `unknown` before `interrupted`, which those that were stopped are.
    /// - Throws: the first `StateFailure` of any of them; nothing of the group runs any more then.
    static func run(
        _ steps: [PlannedStep], on host: Host, _ runner: @escaping (PlannedStep, StopSwitch) -> StepRunner
    ) throws(StateFailure) -> StepStatus {
        let stopSwitch = StopSwitch()
        let outcome = GroupOutcome()
        host.processes.sideBySide(
            steps.map { step in
                {
                    do throws(StateFailure) {
                        outcome.statuses.append(try runner(step, stopSwitch).run())
                    } catch {
                        outcome.failures.append(error)
                    }
                    if !outcome.isGood { stopSwitch.turnOn() }
                }
            })
        if let failure = outcome.failures.first { throw failure }
        for status in [StepStatus.failed, .unknown, .interrupted] where outcome.statuses.contains(status) {
            return status
        }
        return .succeeded
    }
}

/// What the steps of a group have come to so far; touched by one at a time.
private final class GroupOutcome {
    var statuses: [StepStatus] = []
    var failures: [StateFailure] = []

    var isGood: Bool { failures.isEmpty && !statuses.contains { [.failed, .unknown, .interrupted].contains($0) } }
}

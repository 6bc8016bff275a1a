import Deployment
package import Engine

/// A command that goes on from where a run stands, and what it is for.
package struct NextCommand: Hashable, Sendable {
    /// Completes "to …".
    package let purpose: String
    /// One line that can be pasted.
    package let command: String

    /// The ways on, the most likely one first. Never empty.
    package static func ways(on record: RunRecord) -> [NextCommand] {
        let id = record.id
        let show = NextCommand(purpose: "see all of it", command: "rehearse history show \(id)")
        switch record.status {
        case .running: return [show]
        case .succeeded:
            return [show] + (record.commands.rollback.map { [NextCommand(purpose: "undo it", command: $0)] } ?? [])
        case .failed, .interrupted, .crashed: return waysOut(of: record)
        case .rollbackIncomplete: return waysOutOfRollback(of: record)
        case .rolledBack: return [show, again(record)]
        case .closed: return [show]
        }
    }

    /// The text block of a report: each purpose, and below it the command on a line of its own.
    package static func block(_ ways: [NextCommand]) -> [String] {
        ways.flatMap { ["to \($0.purpose):", "  \($0.command)"] }
    }

    private static func waysOut(of record: RunRecord) -> [NextCommand] {
        var ways: [NextCommand] = []
        if let resume = record.commands.resume {
            let place = record.stoppedStep.map { " from `\(ShownText.line($0.step.id))`, once its cause is repaired" }
            ways.append(NextCommand(purpose: "carry on" + (place ?? ""), command: resume))
        }
        if let rollback = record.commands.rollback {
            ways.append(NextCommand(purpose: "undo what it did", command: rollback))
        }
        ways.append(record.settled ? again(record) : close(record))
        return ways
    }

    private static func waysOutOfRollback(of record: RunRecord) -> [NextCommand] {
        var ways: [NextCommand] = []
        if let rollback = record.commands.rollback {
            let next = RollbackEngine.remaining(record).first
            if let next, next.rollback.kind == .irreversible {
                ways.append(
                    NextCommand(
                        purpose: "undo the steps before `\(ShownText.line(next.id))`, which itself stays done",
                        command: "\(rollback) --past-irreversible"))
            } else {
                ways.append(NextCommand(purpose: "carry on with the rollback where it stopped", command: rollback))
            }
            ways.append(NextCommand(purpose: "see the commands that are left", command: "\(rollback) --plan"))
        }
        return ways + [close(record)]
    }

    private static func close(_ record: RunRecord) -> NextCommand {
        NextCommand(
            purpose: "settle it as it is, once a person has dealt with it",
            command: "rehearse history close \(record.id) --reason 'WHY'")
    }

    private static func again(_ record: RunRecord) -> NextCommand {
        let inputs = record.inputs.sorted { $0.key < $1.key }
            .map { " --input \(ShellQuoting.quoted("\($0.key)=\($0.value)"))" }.joined()
        return NextCommand(
            purpose: "begin a new run",
            command: "rehearse run \(record.runbook.name) -e \(record.environment.name)\(ShownText.line(inputs))")
    }
}

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
            let certificate = NextCommand(
                purpose: "see what it proves", command: "rehearse history show \(id) --certificate")
            return [show] + (record.rehearsal ? [certificate] : []) + undo(record, "undo it")
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
        ways += undo(record, "undo what it did")
        ways.append(record.settled ? again(record) : close(record))
        return ways
    }

    private static func waysOutOfRollback(of record: RunRecord) -> [NextCommand] {
        let ways = undo(record, "carry on with the rollback where it stopped")
        guard let rollback = record.commands.rollback else {
            return [
                close(record), NextCommand(purpose: "see all of it", command: "rehearse history show \(record.id)"),
            ]
        }
        return ways + [
            NextCommand(purpose: "see the commands that are left", command: "\(rollback) --plan"), close(record),
        ]
    }

    /// None where nothing is left to undo. What cannot be undone needs a word of its own.
    private static func undo(_ record: RunRecord, _ purpose: String) -> [NextCommand] {
        guard let rollback = record.commands.rollback else { return [] }
        guard let next = RollbackEngine.remaining(record).first, next.rollback.kind == .irreversible else {
            return [NextCommand(purpose: purpose, command: rollback)]
        }
        return [
            NextCommand(
                purpose: "undo what can be undone; `\(ShownText.line(next.id))` stays done",
                command: "\(rollback) --past-irreversible")
        ]
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
            command: "rehearse run \(record.runbook.name) -e \(record.environment.name)"
                + (record.rehearsal ? " --rehearsal" : "") + ShownText.line(inputs))
    }
}

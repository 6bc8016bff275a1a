import Deployment
package import Diagnostics
package import Engine

/// The closing lines of a run, a resume or a rollback.
package enum RunSummary {
    /// What happened, where its traces are, and the commands to go on. Ends with a line break.
    ///
    /// - Parameters:
    ///   - logsRoot: the run's folder as a person at the project's root types it: `.rehearse/runs/ID`.
    ///   - lastLines: by step, the last lines of what a failed step or undo printed, where they have not been shown yet.
    package static func text(
        _ record: RunRecord, logsRoot: String, lastLines: [String: [String]] = [:], palette: Palette = .plain,
        width: Int = 80
    ) -> String {
        var facts = LabelledLines(labelWidth: 8, width: width, palette: palette)
        facts.add("run", exact: record.id)
        facts.add("steps", prose: record.stepCounts)
        facts.add("logs", exact: record.steps.contains { $0.logPath != nil } ? "\(logsRoot)/steps" : nil)
        facts.add("gate", prose: record.gateOverride.map { "closed, and passed all the same: \($0)" }, .caution)
        facts.add("closed", prose: record.closed.map { "by \($0.by.words): \($0.reason ?? "")" })
        var blocks = [[headline(record, palette)] + facts.lines]
        let writer = SummaryWriter(
            record: record, logsRoot: logsRoot, lastLines: lastLines, palette: palette, width: width)
        blocks.append(writer.failedStep())
        blocks.append(writer.rollback())
        blocks.append(RehearsalText(record: record, palette: palette, width: width).lines)
        blocks.append(NextCommand.block(NextCommand.ways(on: record)))
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// `✗ release on staging FAILED after 12.3 s and was rolled back`.
    static func headline(_ record: RunRecord, _ palette: Palette) -> String {
        let duration = record.durationMs.map(Wording.duration(milliseconds:))
        let mark = record.status.mark
        let after = duration.map { " after \($0)" } ?? ""
        let rehearsal = record.rehearsal ? " (rehearsal)" : ""
        let words =
            switch record.status {
            case .succeeded: "\(mark.word)\(duration.map { " in \($0)" } ?? "")"
            case .interrupted: "was \(mark.word)\(after)"
            case .rolledBack:
                record.stoppedStep == nil ? "was rolled back" : "FAILED and was rolled back\(after)"
            case .rollbackIncomplete: "is not rolled back completely"
            case .closed: "is closed"
            case .running: "is running"
            case .failed, .crashed: "\(mark.word)\(after)"
            }
        return palette.paint("\(mark.sign) \(record.title) \(words)\(rehearsal)", mark.tone)
    }
}

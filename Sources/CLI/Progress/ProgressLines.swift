import Deployment
import Diagnostics
import Engine

/// One line for each event of a run, for logs: fact, step, name, how long.
struct ProgressLines {
    let palette: Palette
    let state: ProgressState

    /// The lines that tell an event; none for output and ticks.
    func lines(_ progress: RunProgress) -> [String] {
        switch progress {
        case .opened(let record): return [opened(record)]
        case .rehearsedAgain(let record):
            return ["again     \(record.title), forward a second time  \(record.id)"]
        case .rollbackOpened(let record) where record.rollback?.rehearsal == true:
            return ["back      \(record.title), \(Wording.count(state.rows.count, "step")), newest first  \(record.id)"]
        case .rollbackOpened(let record):
            return ["rollback  \(record.title), \(Wording.count(state.rows.count, "step")), newest first  \(record.id)"]
        case .stepPassed(let step):
            return [fact(step.status.mark, step, [step.name, step.skipped ?? ""])]
        case .stepStarted(let step, let attempt):
            return [fact(step.status.mark, step, [step.name, attempt > 1 ? "attempt \(attempt)" : ""])]
        case .stepEnded(let step, let lastLines): return ended(step, lastLines)
        case .retrying(let step, let delay):
            let wait = Wording.duration(milliseconds: delay.milliseconds)
            return [
                fact(StateMark("↻", "again", .caution), step, [step.failure?.what ?? "", "tried again in \(wait)"])
            ]
        case .rollbackStarted(let step):
            let attempt = step.rollback.attempts.count
            return [fact(step.rollback.mark, step, [step.rollback.shown, attempt > 1 ? "attempt \(attempt)" : ""])]
        case .rollbackEnded(let step, let lastLines): return undone(step, lastLines)
        case .warning(let text): return ["\(palette.yellow("warning:")) \(ShownText.line(text))"]
        case .output, .tick: return []
        }
    }

    /// Whether the event tells of a failure: what is said even when everything else is not.
    static func isFailure(_ progress: RunProgress) -> Bool {
        switch progress {
        case .stepEnded(let step, _): step.status != .succeeded
        case .rollbackEnded(let step, _): step.rollback.status != .done
        default: false
        }
    }

    /// A line of a step's own output.
    func output(_ line: String) -> String {
        "\(palette.dim("\(ShownText.line(state.current?.id ?? "")) │")) \(line)"
    }

    private func opened(_ record: RunRecord) -> String {
        let open = record.steps.count { $0.status != .succeeded && $0.status != .skipped && $0.status != .satisfied }
        let word = record.resumed.isEmpty ? "run" : "resume"
        return "\(Wording.column(word, 9)) \(record.title), \(Wording.count(open, "step"))  \(record.id)"
    }

    private func ended(_ step: StepRecord, _ lastLines: [String]) -> [String] {
        let duration = step.attempts.last?.durationMs.map(Wording.duration(milliseconds:)) ?? ""
        guard step.status != .succeeded else { return [fact(step.status.mark, step, [step.name, duration])] }
        let first = fact(step.status.mark, step, [step.name, duration, step.failure?.what ?? ""])
        return [first] + evidence(lastLines, log: step.logPath)
    }

    private func undone(_ step: StepRecord, _ lastLines: [String]) -> [String] {
        let duration = step.rollback.attempts.last?.durationMs.map(Wording.duration(milliseconds:)) ?? ""
        let mark = step.rollback.mark
        guard step.rollback.status != .done else { return [fact(mark, step, [duration])] }
        let first = fact(mark, step, ["undoing it", duration, step.rollback.failure?.what ?? ""])
        return [first] + evidence(lastLines, log: state.record?.rollbackLog(of: step))
    }

    private func evidence(_ lastLines: [String], log: String?) -> [String] {
        lastLines.map { "          \(palette.dim("│")) \(ShownText.line($0))" }
            + (log.map { ["          log: \(state.logsRoot)/\($0)"] } ?? [])
    }

    /// `ok        lint  Run linting  1.2 s`
    private func fact(_ mark: StateMark, _ step: StepRecord, _ words: [String]) -> String {
        let width = min(24, state.rows.map { ShownText.columns(ShownText.line($0.id)) }.max() ?? 0)
        let id = ShownText.line(step.id)
        let cells =
            [id + String(repeating: " ", count: max(0, width - ShownText.columns(id)))]
            + words.map { ShownText.line($0) }
        let text = cells.filter { !$0.isEmpty }.joined(separator: "  ")
        return "\(palette.paint(Wording.column(mark.word, 9), mark.tone)) \(text)"
    }
}

import Engine
import Host

/// What is known of a run while it goes on: a fold of what it tells.
struct ProgressState {
    /// The step that runs, or that is being undone.
    struct Current {
        let id: String
        /// Monotonic nanoseconds.
        let since: Int
        /// Its last lines, oldest first.
        var lines: [String] = []
        /// Complete lines are taken out of what comes in pieces.
        var output = [OutputStream: OutputLines]()
    }

    /// Lines of the running step that are shown at most.
    static let shownLines = 5

    /// Colours that a step prints are kept.
    private let keepsColours: Bool
    private(set) var record: RunRecord?
    /// Monotonic nanoseconds.
    private(set) var since = 0
    private(set) var current: Current?
    /// The steps that the rollback deals with, in its order; `nil` while the run goes forward.
    private(set) var undoing: [String]?
    /// By step: the last lines of those that failed, or whose undo did.
    private(set) var failures: [String: [String]] = [:]

    init(keepsColours: Bool) { self.keepsColours = keepsColours }

    /// The current run's folder, as a person at the project's root types it.
    var logsRoot: String { ".rehearse/runs/\(record?.id ?? "")" }

    /// The rows of the list: all steps, or those to undo.
    var rows: [StepRecord] {
        guard let record else { return [] }
        return undoing.map { $0.compactMap(record.step) } ?? record.steps
    }

    /// - Parameter now: monotonic nanoseconds.
    /// - Returns: the lines that this piece of output has completed.
    mutating func take(_ progress: RunProgress, now: Int) -> [String] {
        switch progress {
        case .opened(let record):
            self.record = record
            since = now
        case .rollbackOpened(let record):
            self.record = record
            since = now
            undoing = RollbackEngine.remaining(record).map(\.id)
            current = nil
        case .stepStarted(let step, _), .rollbackStarted(let step):
            put(step)
            current = Current(id: step.id, since: now)
        case .stepPassed(let step), .retrying(let step, _):
            put(step)
            current = nil
        case .stepEnded(let step, let lastLines):
            put(step)
            current = nil
            failures[step.id] = step.status == .succeeded ? nil : lastLines
        case .rollbackEnded(let step, let lastLines):
            put(step)
            current = nil
            failures[step.id] = step.rollback.status == .done ? failures[step.id] : lastLines
        case .output(let stream, let bytes): return takeOutput(stream, bytes)
        case .tick, .warning: break
        }
        return []
    }

    /// What a step that ends has printed last without a line's end.
    mutating func unfinishedLines() -> [String] {
        guard var current else { return [] }
        let lines = [OutputStream.standardOutput, .standardError].flatMap { current.output[$0]?.finish() ?? [] }
        self.current = current
        return lines
    }

    private mutating func put(_ step: StepRecord) {
        guard let position = record?.steps.firstIndex(where: { $0.id == step.id }) else { return }
        record?.steps[position] = step
    }

    private mutating func takeOutput(_ stream: OutputStream, _ bytes: [UInt8]) -> [String] {
        guard current != nil else { return [] }
        let complete = current?.output[stream, default: OutputLines(allowsColour: keepsColours)].feed(bytes) ?? []
        let shown = complete.filter { !$0.isEmpty }
        if !shown.isEmpty, let lines = current?.lines {
            current?.lines = Array((lines + shown).suffix(Self.shownLines))
        }
        return complete
    }
}

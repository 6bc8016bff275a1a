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
    /// In the order of their start: more than one only of steps that run side by side.
    private(set) var running: [Current] = []
    /// Whose output came last.
    private var speaker: String?
    /// The steps that the rollback deals with, in its order; `nil` while the run goes forward.
    private(set) var undoing: [String]?
    /// By step: the last lines of those that failed, or whose undo did.
    private(set) var failures: [String: [String]] = [:]

    init(keepsColours: Bool) { self.keepsColours = keepsColours }

    /// The one that runs; of several, the one that printed last.
    var current: Current? { running.last { $0.id == speaker } ?? running.last }

    /// The current run's folder, as a person at the project's root types it.
    var logsRoot: String { ".rehearse/runs/\(record?.id ?? "")" }

    /// The `parallel` step that a step stands in while the run goes forward.
    func group(of step: String?) -> String? {
        undoing == nil ? step.flatMap { record?.step($0) }?.group : nil
    }

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
        case .rehearsedAgain(let record):
            self.record = record
            undoing = nil
            running = []
        case .rollbackOpened(let record):
            self.record = record
            since = now
            undoing = RollbackEngine.remaining(record).map(\.id)
            running = []
        case .stepStarted(let step, _), .rollbackStarted(let step):
            end(step)
            running.append(Current(id: step.id, since: now))
        case .stepPassed(let step), .retrying(let step, _):
            end(step)
        case .stepEnded(let step, let lastLines):
            end(step)
            failures[step.id] = step.status == .succeeded ? nil : lastLines
        case .rollbackEnded(let step, let lastLines):
            end(step)
            failures[step.id] = step.rollback.status == .done ? failures[step.id] : lastLines
        case .output(let step, let stream, let bytes): return takeOutput(step, stream, bytes)
        case .tick, .warning: break
        }
        return []
    }

    /// What a step that ends has printed last without a line's end.
    mutating func unfinishedLines(of step: String) -> [String] {
        guard let position = running.firstIndex(where: { $0.id == step }) else { return [] }
        speaker = step
        return [OutputStream.standardOutput, .standardError].flatMap {
            running[position].output[$0]?.finish() ?? []
        }
    }

    private mutating func end(_ step: StepRecord) {
        put(step)
        running.removeAll { $0.id == step.id }
    }

    private mutating func put(_ step: StepRecord) {
        guard let position = record?.steps.firstIndex(where: { $0.id == step.id }) else { return }
        record?.steps[position] = step
    }

    private mutating func takeOutput(_ step: String, _ stream: OutputStream, _ bytes: [UInt8]) -> [String] {
        guard let position = running.firstIndex(where: { $0.id == step }) else { return [] }
        speaker = step
        let complete = running[position].output[stream, default: OutputLines(allowsColour: keepsColours)].feed(bytes)
        let shown = complete.filter { !$0.isEmpty }
        if !shown.isEmpty { running[position].lines = Array((running[position].lines + shown).suffix(Self.shownLines)) }
        return complete
    }
}

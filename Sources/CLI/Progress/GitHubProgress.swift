import Deployment
import Diagnostics
import Engine

/// What GitHub's log shows: every step's output in a group, and an annotation for what failed.
///
/// While a step prints, the runner is told to obey nothing, so that no output is taken for a command.
struct GitHubProgress {
    /// Annotations that GitHub shows for one step of a job; more are dropped without a word.
    static let mostAnnotations = 10

    private var pause: GitHubCommands.Pause?
    /// The title of the group that is open.
    private var title: String?
    private(set) var annotations = 0

    /// The lines that tell an event.
    ///
    /// - Parameter random: 16 unpredictable bytes, asked for when a step's output begins.
    mutating func lines(
        _ progress: RunProgress, _ state: ProgressState, palette: Palette, random: () -> [UInt8]
    ) -> [String] {
        let plain = ProgressLines(palette: palette, state: state).lines(progress)
            .map { pause == nil ? GitHubCommands.neutralized($0) : $0 }
        switch progress {
        case .stepStarted(let step, _) where step.group != nil:
            let title = "\(step.group ?? "")  side by side"
            return (self.title == title ? [] : begin(title, random())) + neutral(plain)
        case .stepEnded(let step, _) where Self.isOpen(step.group, besides: step.id, state):
            guard step.status == .failed, let title else { return neutral(plain) }
            // While the runner is told to obey nothing it takes no annotation either.
            return end() + neutral(plain) + annotation(step, failed: true, step.failure, "failed", state)
                + begin(title, random())
        case .stepStarted(let step, let attempt):
            return begin("\(step.id)  \(step.name)\(attempt > 1 ? "  attempt \(attempt)" : "")", random())
        case .rollbackStarted(let step): return begin("undo \(step.id)  \(step.name)", random())
        case .stepEnded(let step, _):
            return end() + neutral(plain)
                + annotation(step, failed: step.status == .failed, step.failure, "failed", state)
        case .rollbackEnded(let step, _):
            let failed = step.rollback.status != .done
            return end() + neutral(plain)
                + annotation(step, failed: failed, step.rollback.failure, "could not be undone", state)
        default: return plain
        }
    }

    /// Whether steps that run side by side with this one are still to come or to end.
    private static func isOpen(_ group: String?, besides id: String, _ state: ProgressState) -> Bool {
        guard let group else { return false }
        return state.record?.steps.contains { step in
            step.group == group && step.id != id && (step.status == .pending || step.status == .running)
        } ?? false
    }

    /// The rest: a group that is still open, annotations that were too many.
    mutating func finish() -> [String] {
        let left = annotations - Self.mostAnnotations
        defer { annotations = 0 }
        return end() + (left > 0 ? ["\(Wording.count(left, "more failure")) without an annotation"] : [])
    }

    // MARK: - Groups

    private mutating func begin(_ title: String, _ random: [UInt8]) -> [String] {
        let pause = GitHubCommands.Pause(random: random)
        let closing = end()
        self.pause = pause
        self.title = title
        return closing + [GitHubCommands.command("group", [], ShownText.line(title)), pause.begin]
    }

    private mutating func end() -> [String] {
        guard let pause else { return [] }
        self.pause = nil
        title = nil
        return [pause.end, GitHubCommands.command("endgroup", [], "")]
    }

    private func neutral(_ lines: [String]) -> [String] { lines.map(GitHubCommands.neutralized) }

    // MARK: - Annotations

    private mutating func annotation(
        _ step: StepRecord, failed: Bool, _ failure: StepRecord.Failure?, _ verb: String, _ state: ProgressState
    ) -> [String] {
        guard failed else { return [] }
        annotations += 1
        guard annotations <= Self.mostAnnotations else { return [] }
        let what = ShownText.line(failure?.what ?? "no reason on record")
        var lines = ["\(what); expected: \(ShownText.line(failure?.expected ?? step.expect.says))"]
        if let retry = failure?.retry { lines.append("retry: \(ShownText.line(retry))") }
        if let run = state.record?.id { lines.append("rehearse history log \(run) \(step.id)") }
        let title = ShownText.line("\(step.id) \(verb)")
        return [GitHubCommands.command("error", [("title", title)], lines.joined(separator: "\n"))]
    }
}

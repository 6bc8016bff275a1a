import Deployment
import Diagnostics
package import Engine

extension RunRecord {
    /// `release on staging`.
    package var title: String { ShownText.line("\(runbook.name) on \(environment.name)") }

    /// `3 ok, 1 FAILED, 1 waiting`, in the order of the states; states without a step are left out.
    package var stepCounts: String {
        let order: [StepStatus] = [
            .succeeded, .satisfied, .skipped, .failed, .interrupted, .unknown, .running, .pending,
        ]
        return order.compactMap { status in
            let number = steps.count { $0.status == status }
            return number == 0 ? nil : "\(number) \(status.mark.word)"
        }.joined(separator: ", ")
    }

    /// The step at which the run came to a stop: the first that failed, or whose outcome nobody knows; without one, the
    /// first that was stopped. Beside another step it may have been stopped only because that one failed.
    package var stoppedStep: (position: Int, step: StepRecord)? {
        let causes: Set<StepStatus> = [.failed, .unknown]
        let stopped =
            steps.firstIndex { causes.contains($0.status) } ?? steps.firstIndex { $0.status == .interrupted }
        return stopped.map { ($0 + 1, steps[$0]) }
    }

    /// `1a2b3c4d5e6f on main, with uncommitted changes`.
    package var commitWords: String? {
        guard let git else { return nil }
        var words = String(git.commit.prefix(12))
        if let branch = git.branch { words += " on \(branch)" }
        if let tag = git.tag { words += ", tag \(tag)" }
        if git.dirty { words += ", with uncommitted changes" }
        return ShownText.line(words)
    }
}

extension Actor {
    /// `ann on laptop`, `runner on ci-7 (CI)`.
    package var words: String { ShownText.line("\(user) on \(host)\(ci ? " (CI)" : "")") }
}

extension StepRecord {
    /// All attempts together; `nil` before the first one has ended.
    package var durationMs: Int? { Self.total(attempts) }

    static func total(_ attempts: [Attempt]) -> Int? {
        let known = attempts.compactMap(\.durationMs)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// `1.2 s`, `3.4 s in 2 attempts`; empty for a step that did not run.
    package var durationWords: String {
        guard let durationMs else { return "" }
        let words = Wording.duration(milliseconds: durationMs)
        return attempts.count > 1 ? "\(words) in \(attempts.count) attempts" : words
    }

    /// What its action does; lines of a shell text are kept.
    package var actionText: String { action.text }
}

extension PlannedAction {
    /// What it does: a command as a person would type it, a built-in action in words.
    package var text: String {
        if let parity { return "compare \(parity.left) with \(parity.right)" }
        if let tag {
            return
                "\(tag.sign ? "signed tag" : "tag") \(tag.name), \(tag.push.map { "pushed to \($0)" } ?? "not pushed")"
        }
        if let check, let kind = CheckKind(rawValue: kind) { return check.summary(kind) }
        if kind == "render" { return output.map { "write \($0)" } ?? "into the run's own folder" }
        return question ?? command?.pasteable ?? ""
    }
}

import Diagnostics
import Engine
import YAML

/// The answers of `status` on one screen: a line for each question, and what to do next.
struct StatusText {
    let palette: Palette
    let width: Int

    func lines(_ status: EnvironmentStatus) -> [String] {
        var lines = [palette.bold(status.environment)]
        lines += line("up", status.up, isGood: status.up.word == .yes, isBad: status.up.word != .yes)
        lines += line("slow", status.slow, isGood: status.slow.word == .no, isBad: status.slow.word == .yes)
        lines += line("jobs failing", status.jobs, isGood: status.jobs.word == .no, isBad: status.jobs.word != .no)
        lines += line(
            "deployment changed", status.lastDeployment, isGood: false, isBad: status.lastDeployment.next != nil)
        if let lock = status.lock { lines += labelled("at work now", ShownText.line(lock), .active) }
        let next = [status.up, status.slow, status.jobs, status.lastDeployment].compactMap(\.next)
        return lines + next.prefix(1).map { "next: \(ShownText.line($0))" }
    }

    private static let labelWidth = 18

    private func line(_ label: String, _ answer: EnvironmentStatus.Answer, isGood: Bool, isBad: Bool) -> [String] {
        labelled(
            label, "\(answer.word.rawValue): \(ShownText.line(answer.why))", isBad ? .bad : isGood ? .good : .plain)
    }

    private func labelled(_ label: String, _ text: String, _ tone: Tone) -> [String] {
        var lines = LabelledLines(labelWidth: Self.labelWidth, width: width, palette: palette)
        lines.add(label, prose: text, tone)
        return lines.lines
    }

    /// DESIGN section 11's `status`.
    static func node(_ status: EnvironmentStatus) -> Node {
        func node(_ answer: EnvironmentStatus.Answer) -> Node {
            .mapping([
                ("answer", .string(answer.word.rawValue)), ("why", .string(answer.why)),
                ("next", .string(orNull: answer.next)),
            ])
        }
        return .mapping([
            ("schema", .integer(1)), ("environment", .string(status.environment)),
            ("healthy", .boolean(status.isHealthy)), ("up", node(status.up)), ("slow", node(status.slow)),
            ("jobs", node(status.jobs)), ("last_deployment", node(status.lastDeployment)),
            ("lock", .string(orNull: status.lock)),
        ])
    }
}

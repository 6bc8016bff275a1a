import Deployment
import Diagnostics
import Engine

/// What a rehearsal has shown, on a page.
enum RehearsalTable {
    static func verdict(_ rehearsed: RehearsalRecord) -> String {
        guard let problem = rehearsed.problem else {
            return "<span class=\"good\">holds: forward, back to what was there before, and forward again</span>"
        }
        return "<span class=\"bad\">does not hold: \(HTML.text(problem))</span>"
    }

    static func html(_ rehearsed: RehearsalRecord) -> String {
        HTML.table(
            ["Step", "Forward", "Back", "Forward again", ""],
            rehearsed.steps.map { step in
                [
                    HTML.code(ShownText.line(step.id)), cell(step.forward), cell(step.back), cell(step.again),
                    HTML.text(note(step)),
                ]
            })
    }

    private static func cell(_ pass: RehearsalRecord.Pass?) -> String {
        pass.map { marked($0.status.mark.word, $0.status.mark.tone, $0.durationMs) } ?? ""
    }

    private static func cell(_ back: RehearsalRecord.WayBack?) -> String {
        guard let back, back.times > 0 else { return "" }
        let isBack = back.status == .done && back.differences.isEmpty
        return marked(back.status == .done ? "undone" : back.status.rawValue, isBack ? .good : .bad, back.durationMs)
    }

    private static func marked(_ word: String, _ tone: Tone, _ milliseconds: Int?) -> String {
        "<span class=\"\(tone.onPage.rawValue)\">\(HTML.text(word))</span>"
            + (milliseconds.map { " \(Wording.duration(milliseconds: $0))" } ?? "")
    }

    private static func note(_ step: RehearsalRecord.Step) -> String {
        ([step.notRehearsed.map { "not rehearsed: \($0)" }] + (step.back?.differences ?? [])).compactMap(\.self)
            .joined(separator: "; ")
    }
}

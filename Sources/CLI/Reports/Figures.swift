import Deployment
import Diagnostics
import Engine

/// The figures that a run's steps measured, next to those of an earlier run.
struct Figures {
    private struct Row {
        let step: String
        let name: String
        let before: String?
        let now: String
    }

    private let rows: [Row]

    init(_ record: RunRecord, previous: RunRecord?) {
        rows = record.steps.flatMap { step in
            // What later runs compare themselves with is no figure.
            step.metrics.filter { $0.key != MeasureReport.sampleKey }.sorted { $0.key < $1.key }.map {
                Row(step: step.id, name: $0.key, before: previous?.step(step.id)?.metrics[$0.key], now: $0.value)
            }
        }
    }

    /// A table; empty without figures.
    var markdown: [String] {
        guard rows.contains(where: { $0.before != nil }) else {
            return Markdown.table(
                ["Figure", "Value"],
                rows.map { ["\(Markdown.code($0.step)) \(Markdown.text($0.name))", Markdown.text($0.now)] })
        }
        return Markdown.table(
            ["Figure", "Before", "Now", "Change"],
            rows.map { row in
                [
                    "\(Markdown.code(row.step)) \(Markdown.text(row.name))", Markdown.text(row.before ?? ""),
                    Markdown.text(row.now), row.before.flatMap { Self.change(from: $0, to: row.now) } ?? "",
                ]
            })
    }

    /// `step name: value`, one a line.
    var plain: [String] { rows.map { ShownText.line("\($0.step) \($0.name): \($0.now)") } }

    /// `-12.5 %`, `+3.0 %`, `same`; `nil` where one is no number, their units differ, or the first is zero.
    static func change(from before: String, to now: String) -> String? {
        guard let (first, firstUnit) = number(before), let (second, secondUnit) = number(now), firstUnit == secondUnit
        else { return nil }
        if first == second { return "same" }
        guard first != 0 else { return nil }
        let tenths = ((second - first) / first.magnitude * 1_000).rounded()
        guard tenths.magnitude < 1e9 else { return nil }
        let whole = Int(tenths.magnitude)
        return "\(tenths < 0 ? "-" : "+")\(whole / 10).\(whole % 10) %"
    }

    private static func number(_ text: String) -> (Double, unit: Substring)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
        guard let value = Double(digits), value.isFinite else { return nil }
        return (value, text.dropFirst(digits.count).drop { $0 == " " })
    }
}

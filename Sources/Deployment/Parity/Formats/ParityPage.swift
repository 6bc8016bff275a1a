package import Diagnostics
import YAML

/// The report as one HTML file that loads nothing: searchable, foldable, light and dark.
///
/// Without scripts it is complete, only not searchable.
package struct ParityPage {
    private let report: ParityReport
    private let wording: ParityWording

    package static func document(
        _ report: ParityReport, sources: SourceTable, redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> String {
        ParityPage(report: report, wording: ParityWording(report, sources: sources, redact: redact)).document
    }

    private var document: String {
        let title = "Parity of \(html(wording.text(report.left))) and \(html(wording.text(report.right)))"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            script-src 'unsafe-inline'">
            <title>\(title)</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p class="\(report.holds ? "accepted" : "drift")" id="summary">\(html(report.summary.sentence))</p>
            \(controls)</header>
            <main>
            \(report.groups.map(section).joined())\(notes)</main>
            <script>\(Self.script)</script>
            </body>
            </html>

            """
    }

    private var controls: String {
        guard !report.findings.isEmpty else { return "" }
        let boxes = ParityFinding.Verdict.allCases.reversed().map { verdict -> String in
            let count = report.findings.count { $0.verdict == verdict }
            return "<label><input type=\"checkbox\" data-verdict=\"\(verdict.rawValue)\" checked> "
                + "\(verdict.rawValue) <span class=\"count\">\(count)</span></label>\n"
        }
        return """
            <form role="search" id="controls" hidden>
            <input type="search" id="search" placeholder="Search path, value, rule, owner" aria-label="Search">
            \(boxes.joined())<button type="button" id="fold">Fold all</button>
            <output id="shown" aria-live="polite"></output>
            </form>

            """
    }

    // MARK: - Findings

    private func section(_ group: ParityReport.Group) -> String {
        let title = group.path.isEmpty ? "Top level" : wording.path(group.path)
        let counts = ParityFinding.Verdict.allCases.reversed().compactMap { verdict -> String? in
            let count = group.findings.count { $0.verdict == verdict }
            return count == 0 ? nil : "<span class=\"badge \(verdict.rawValue)\">\(count) \(verdict.rawValue)</span>"
        }
        let isOpen = group.findings.contains { $0.verdict != .accepted }
        return "<details class=\"group\"\(isOpen ? " open" : "")>\n"
            + "<summary><h2>\(html(title))</h2> \(counts.joined(separator: " "))</summary>\n"
            + group.findings.map { article($0, below: group.path) }.joined() + "</details>\n"
    }

    private func article(_ finding: ParityFinding, below group: ParityPath) -> String {
        let difference = finding.difference
        let inner = difference.path.dropping(group.segments.count)
        let path = inner.isEmpty ? wording.path(difference.path) : wording.path(inner)
        var text = "<article class=\"finding\" data-verdict=\"\(finding.verdict.rawValue)\" "
        text += "data-path=\"\(html(wording.path(difference.path)))\">\n"
        text += "<h3><span class=\"badge \(finding.verdict.rawValue)\">\(finding.verdict.rawValue)</span> "
        text += "<span class=\"kind\">\(difference.kind.rawValue)</span> <code>\(html(path))</code>"
        text += wording.note(difference).map { " <small>\(html($0))</small>" } ?? ""
        text += "</h3>\n" + values(difference) + "<dl>\n"
        if let rule = finding.rule {
            text += term("rule", wording.text(rule.name)) + term("reason", wording.text(rule.reason))
            text += term("owner", wording.owner(finding))
        } else if let why = wording.why(finding) {
            text += term("why", why)
        }
        if let renaming = wording.renaming(finding) { text += term("hint", renaming) }
        return text + "</dl>\n</article>\n"
    }

    private func term(_ name: String, _ text: String) -> String { "<dt>\(name)</dt><dd>\(html(text))</dd>\n" }

    private func values(_ difference: Difference) -> String {
        if difference.kind == .changed,
            let lines = LineDifference(wording.shown(difference, .left), wording.shown(difference, .right))?.lines
        {
            let places = [ParitySide.left, .right].map { side in
                "<p>\(html(wording.text(wording.name(side)))) \(place(difference, side))</p>\n"
            }
            return places.joined() + "<pre>" + lines.map(line).joined() + "</pre>\n"
        }
        let sides = [ParitySide.left, .right].map { side -> String in
            let name = html(wording.text(wording.name(side)))
            guard let value = wording.shown(difference, side) else {
                return "<div class=\"side absent\"><b>\(name)</b> <i>has none</i></div>\n"
            }
            let text = value.scalar == nil ? String(YAMLWriter.text(of: value).dropLast()) : wording.inline(value)
            return "<div class=\"side\"><b>\(name)</b> \(place(difference, side))"
                + "<pre>\(html(Wording.visible(text)))</pre></div>\n"
        }
        return "<div class=\"sides\">\n\(sides.joined())</div>\n"
    }

    private func place(_ difference: Difference, _ side: ParitySide) -> String {
        wording.location(difference, side).map { "<span class=\"place\">\(html($0))</span>" } ?? ""
    }

    private func line(_ line: LineDifference.Line) -> String {
        switch line {
        case .same(let text): "  \(html(Wording.visible(text)))\n"
        case .removed(let text): "<del>- \(html(Wording.visible(text)))</del>\n"
        case .added(let text): "<ins>+ \(html(Wording.visible(text)))</ins>\n"
        case .skipped(let count): "<i>… \(Wording.count(count, "equal line"))</i>\n"
        }
    }

    // MARK: - Notes

    private var notes: String {
        var notes = report.staleRules.map { stale in
            "stale rule <code>\(html(wording.text(stale.rule.name)))</code> "
                + (wording.location(stale.rule.range).map { "<span class=\"place\">\(html($0))</span> " } ?? "")
                + "matches nothing" + (wording.hint(stale).map { ": \(html($0))" } ?? "")
        }
        notes += report.overlaps.map { overlap in
            "rule <code>\(html(wording.text(overlap.winner)))</code> decides before "
                + "<code>\(html(wording.text(overlap.loser)))</code> at <code>\(html(wording.path(overlap.path)))</code>"
        }
        notes += report.reordered.map { "same items in another order: <code>\(html(wording.path($0)))</code>" }
        if report.summary.accepted > 0 { notes.append(ParityWording.meaningOfAccepted) }
        guard !notes.isEmpty else { return "" }
        return "<ul class=\"notes\">\n" + notes.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n"
    }

    /// Text that is only text, between tags and in quoted attributes.
    private func html(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

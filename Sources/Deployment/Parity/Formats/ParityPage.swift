package import Diagnostics
import YAML

/// The report as a page.
package struct ParityPage {
    private let report: ParityReport
    private let wording: ParityWording

    package static func document(
        _ report: ParityReport, sources: SourceTable, redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> String {
        ParityPage(report: report, wording: ParityWording(report, sources: sources, redact: redact)).page.document
    }

    private var page: Page {
        var page = Page(
            title: "Parity of \(wording.text(report.left)) and \(wording.text(report.right))",
            summary: Page.State(report.summary.sentence, report.holds ? .good : .bad),
            searchHint: "Search path, value, rule, owner", groups: report.groups.map(group))
        page.notesHTML = notes
        return page
    }

    // MARK: - Findings

    private func group(_ group: ParityReport.Group) -> Page.Group {
        let title = group.path.isEmpty ? "Top level" : wording.path(group.path)
        let isOpen = group.findings.contains { $0.verdict != .accepted }
        return Page.Group(title, isOpen: isOpen, group.findings.map { entry($0, below: group.path) })
    }

    private func entry(_ finding: ParityFinding, below group: ParityPath) -> Page.Entry {
        let difference = finding.difference
        let inner = difference.path.dropping(group.segments.count)
        let path = inner.isEmpty ? wording.path(difference.path) : wording.path(inner)
        var head = "<span class=\"kind\">\(difference.kind.rawValue)</span> \(HTML.code(path))"
        head += wording.note(difference).map { " <small>\(HTML.text($0))</small>" } ?? ""
        var body = values(difference) + "<dl>\n"
        if let rule = finding.rule {
            body += term("rule", wording.text(rule.name)) + term("reason", wording.text(rule.reason))
            body += term("owner", wording.owner(finding))
        } else if let why = wording.why(finding) {
            body += term("why", why)
        }
        if let renaming = wording.renaming(finding) { body += term("hint", renaming) }
        return Page.Entry(
            name: wording.path(difference.path), state: Self.state(finding.verdict), headHTML: head,
            bodyHTML: body + "</dl>\n")
    }

    private static func state(_ verdict: ParityFinding.Verdict) -> Page.State {
        switch verdict {
        case .accepted: Page.State(verdict.rawValue, .good)
        case .expired: Page.State(verdict.rawValue, .caution)
        case .drift: Page.State(verdict.rawValue, .bad)
        }
    }

    private func term(_ name: String, _ text: String) -> String { HTML.term(name, html(text)) }

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

    private var notes: [String] {
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
        return notes
    }

    private func html(_ text: String) -> String { HTML.text(text) }
}

package import Diagnostics
import YAML

/// The report for a pull request's comment or a step's summary.
///
/// What needs a decision comes first; what is accepted is folded away with rule, reason and owner.
package struct ParityMarkdown {
    private let report: ParityReport
    private let wording: ParityWording

    /// Ends with a line break.
    ///
    /// - Parameter limit: bytes at most; rows that do not fit are counted instead. GitHub refuses comments above
    ///   65,536 characters and summaries above 1 MiB.
    package static func document(
        _ report: ParityReport,
        sources: SourceTable,
        limit: Int = 60_000,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> String {
        let markdown = ParityMarkdown(
            report: report, wording: ParityWording(report, sources: sources, redact: redact))
        return markdown.document(limit)
    }

    private func document(_ limit: Int) -> String {
        let summary = report.summary
        let sides = "\(code(wording.text(report.left))) and \(code(wording.text(report.right)))"
        let head = "### Parity of \(sides): \(report.holds ? "holds" : "drift")\n\n\(summary.sentence)\n"
        let tail = notes
        let open = report.findings.filter { $0.verdict != .accepted }
        let accepted = report.findings.filter { $0.verdict == .accepted }
        var room = limit - head.utf8.count - tail.utf8.count - Self.frame
        var text = head
        if !open.isEmpty { text += "\n" + table(open, withRules: false, &room) }
        for finding in open { text += lineDifference(finding, &room) }
        if !accepted.isEmpty {
            text += "\n<details><summary>\(accepted.count) accepted</summary>\n\n"
            text += table(accepted, withRules: true, &room)
            text += "\n\(ParityWording.meaningOfAccepted)\n\n</details>\n"
        }
        return text + tail
    }

    /// Bytes kept for headings and sentences about what is left out.
    private static let frame = 1_000

    // MARK: - Tables

    private func table(_ findings: [ParityFinding], withRules: Bool, _ room: inout Int) -> String {
        let names = [cell(wording.text(report.left)), cell(wording.text(report.right))]
        let columns = ["verdict", "path"] + names + [withRules ? "rule" : "remark"]
        var text = "| " + columns.joined(separator: " | ") + " |\n"
        text += "|" + String(repeating: "---|", count: columns.count) + "\n"
        var shown = 0
        for finding in findings {
            let row = row(finding, withRules: withRules)
            guard row.utf8.count <= room else { break }
            room -= row.utf8.count
            text += row
            shown += 1
        }
        if shown < findings.count {
            room = 0
            text += "\n… and \(findings.count - shown) more, left out here for their length\n"
        }
        return text
    }

    private func row(_ finding: ParityFinding, withRules: Bool) -> String {
        let difference = finding.difference
        let sides = [ParitySide.left, .right].map { side -> String in
            guard let value = wording.shown(difference, side) else { return "" }
            let place = wording.location(difference, side).map { "<br><sub>\(cell($0))</sub>" } ?? ""
            return valueCell(value) + place
        }
        var remarks: [String] = []
        if withRules, let rule = finding.rule {
            remarks = [
                "**\(cell(wording.text(rule.name)))**", cell(wording.text(rule.reason)), cell(wording.owner(finding)),
            ]
        } else {
            remarks = [wording.note(difference), wording.why(finding), wording.renaming(finding)]
                .compactMap { $0.map(cell) }
        }
        let verdict = finding.verdict == .accepted ? finding.verdict.rawValue : "**\(finding.verdict.rawValue)**"
        let cells = [verdict, code(wording.path(difference.path))] + sides + [remarks.joined(separator: "<br>")]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// A value as code; a long one is cut and says so.
    private func valueCell(_ value: Node) -> String {
        let text = wording.inline(value)
        guard text.count > Self.longestValue else { return code(text) }
        return code(String(text.prefix(Self.longestValue))) + " … (\(Wording.count(text.count, "character")))"
    }

    private static let longestValue = 200

    // MARK: - Texts of several lines

    private func lineDifference(_ finding: ParityFinding, _ room: inout Int) -> String {
        let difference = finding.difference
        guard
            let lines = LineDifference(wording.shown(difference, .left), wording.shown(difference, .right))?.lines
        else { return "" }
        var body = ""
        for line in lines {
            switch line {
            case .same(let text): body += "  \(Wording.visible(text))\n"
            case .removed(let text): body += "- \(Wording.visible(text))\n"
            case .added(let text): body += "+ \(Wording.visible(text))\n"
            case .skipped(let count): body += "@@ \(Wording.count(count, "equal line")) @@\n"
            }
        }
        let fence = Self.fence(for: body, shortest: 3)
        let path = code(wording.path(difference.path))
        let text = "\n<details><summary>lines of \(path)</summary>\n\n\(fence)diff\n\(body)\(fence)\n\n</details>\n"
        guard text.utf8.count <= room else { return "" }
        room -= text.utf8.count
        return text
    }

    // MARK: - Notes

    private var notes: String {
        var notes = report.staleRules.map { stale in
            "stale rule \(code(wording.text(stale.rule.name)))"
                + (wording.location(stale.rule.range).map { " (\(cell($0)))" } ?? "") + " matches nothing"
                + (wording.hint(stale).map { ": \(cell($0))" } ?? "")
        }
        notes += report.overlaps.map { overlap in
            "rule \(code(wording.text(overlap.winner))) decides before \(code(wording.text(overlap.loser))) at "
                + code(wording.path(overlap.path))
        }
        notes += report.reordered.map { "same items in another order: \(code(wording.path($0)))" }
        return notes.isEmpty ? "" : "\n" + notes.map { "- \($0)\n" }.joined()
    }

    // MARK: - Escaping

    /// Text that means nothing to Markdown or HTML and stays in its cell.
    private func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\n": result += "<br>"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\\", "|", "*", "_", "`", "[", "]", "#", "@", "~": result += "\\" + String(character)
            default: result.append(character)
            }
        }
        return result
    }

    /// A code span; its fence is longer than any run of backticks inside, and a `|` stays in its cell.
    private func code(_ text: String) -> String {
        let fence = Self.fence(for: text, shortest: 1)
        let body = text.replacing("|", with: "\\|").replacing("\n", with: " ")
        let pad = body.hasPrefix("`") || body.hasSuffix("`") || body.isEmpty ? " " : ""
        return fence + pad + body + pad + fence
    }

    private static func fence(for text: String, shortest: Int) -> String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return String(repeating: "`", count: longest >= shortest ? longest + 1 : shortest)
    }
}

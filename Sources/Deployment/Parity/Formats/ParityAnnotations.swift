package import Diagnostics

/// The report as workflow commands of GitHub Actions: each drift at its line.
///
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands shows ten errors and ten
/// warnings of a step; the last of ours counts what is left out. Accepted differences are not annotated.
package enum ParityAnnotations {
    /// One command a line; ends with a line break unless there is nothing to say.
    ///
    /// - Parameters:
    ///   - place: what the runner calls a file, by the path it was read under; `nil` for one that it does not have.
    ///   - isOfInterest: whether a path is among the files that the change touches. Of the two places of a difference
    ///     the one in such a file is annotated, and the left one when both or neither are.
    package static func commands(
        _ report: ParityReport,
        sources: SourceTable,
        redact: @escaping @Sendable (String) -> String = { $0 },
        place: (String) -> String? = { $0 },
        isOfInterest: (String) -> Bool = { _ in false }
    ) -> String {
        let wording = ParityWording(report, sources: sources, redact: redact)
        let findings = report.findings.filter { $0.verdict != .accepted }
        var lines = findings.prefix(findings.count > limit ? limit - 1 : limit).map { finding in
            command(
                "error",
                title: "parity \(finding.verdict.rawValue): \(wording.path(finding.difference.path))",
                message: message(finding, wording),
                at: range(finding.difference, sources, place, isOfInterest),
                place,
                wording
            )
        }
        if findings.count > limit {
            let rest = findings.count - limit + 1
            lines.append(
                command(
                    "error", title: "parity", message: "\(rest) more; \(ParityBrief.line(report, redact: redact))",
                    at: .none, place, wording))
        }
        lines += report.staleRules.prefix(limit).map { stale in
            command(
                "warning",
                title: "stale parity rule",
                message: "`\(wording.text(stale.rule.name))` matches nothing"
                    + (wording.hint(stale).map { ": \($0)" } ?? ""),
                at: stale.rule.range,
                place,
                wording
            )
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static let limit = 10

    private static func message(_ finding: ParityFinding, _ wording: ParityWording) -> String {
        let difference = finding.difference
        var lines = [ParitySide.left, .right].map { side in
            let value = wording.shown(difference, side).map { wording.inline($0) } ?? "nothing"
            return "\(wording.text(wording.name(side))): \(value)"
        }
        if let why = wording.why(finding) { lines.append(why) }
        if let renaming = wording.renaming(finding) { lines.append(renaming) }
        return lines.joined(separator: "\n")
    }

    private static func range(
        _ difference: Difference, _ sources: SourceTable, _ place: (String) -> String?, _ isOfInterest: (String) -> Bool
    ) -> SourceRange {
        let places = [difference.leftRange, difference.rightRange].filter { range in
            sources[range.file].map { place($0.path) != nil } ?? false
        }
        return places.first { isOfInterest(sources[$0.file]?.path ?? "") } ?? places.first ?? .none
    }

    private static func command(
        _ name: String, title: String, message: String, at range: SourceRange, _ place: (String) -> String?,
        _ wording: ParityWording
    ) -> String {
        var properties: [String] = []
        if let path = wording.sources[range.file].flatMap({ place($0.path) }) {
            properties.append("file=\(escaped(wording.text(path), isProperty: true))")
            properties.append("line=\(range.start.line)")
            // A block ends before the first column of the line behind it.
            let last = range.end.column == 1 ? range.end.line - 1 : range.end.line
            if last > range.start.line { properties.append("endLine=\(last)") }
            properties.append("col=\(range.start.column)")
            if range.end.line == range.start.line { properties.append("endColumn=\(range.end.column)") }
        }
        properties.append("title=\(escaped(title, isProperty: true))")
        return "::\(name) \(properties.joined(separator: ","))::\(escaped(message, isProperty: false))"
    }

    /// What would end a command or a property of it is written as a percent code.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

import Deployment
package import Diagnostics
package import Engine
package import Host

/// The table of runs. An identifier is never cut: it is what the other commands want.
package enum HistoryText {
    /// - Parameter records: in the order they are to be listed.
    package static func text(_ records: [RunRecord], palette: Palette = .plain, width: Int = 80) -> String {
        let byID = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
        return text(records.map(HistoryEntry.init), palette: palette, width: width) { byID[$0] }
    }

    /// - Parameters:
    ///   - entries: in the order they are to be listed.
    ///   - cores: share the work on a long list.
    ///   - record: asked for the few that stand in the way of the next run.
    package static func text(
        _ entries: [HistoryEntry], palette: Palette, width: Int, cores: Cores = .one,
        record: (_ run: String) -> RunRecord?
    ) -> String {
        let rows = cores.map(entries, fewest: worthSharing) { $0.map(Row.init) }
        let widths = Column.allCases.map { self.width(of: $0, rows) }
        let layout = Layout.allCases.first { $0.columns(widths) <= width } ?? .stacked
        var lines =
            layout == .stacked ? stacked(rows, palette, width) : table(rows, layout, widths, palette, width, cores)
        var seen: Set<String> = []
        for entry in entries where seen.insert(entry.environment).inserted {
            // Only an environment's newest run stands in the way of the next one.
            guard !entry.settled, entry.status != .running, let record = record(entry.id) else { continue }
            lines.append("")
            lines.append(palette.yellow("not settled: \(record.id)"))
            lines += NextCommand.block(NextCommand.ways(on: record))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    // MARK: - Cells

    private enum Column: Int, CaseIterable {
        case id, runbook, environment, status, started, duration

        var title: String {
            switch self {
            case .id: "RUN"
            case .runbook: "RUNBOOK"
            case .environment: "ENVIRONMENT"
            case .status: "STATUS"
            case .started: "STARTED (UTC)"
            case .duration: "TOOK"
            }
        }
    }

    private struct Row {
        /// By the columns' numbers.
        private let cells: [String]
        let reason: String
        let tone: Tone

        subscript(column: Column) -> String { cells[column.rawValue] }

        init(_ entry: HistoryEntry) {
            let mark = entry.status.mark
            cells = [
                entry.id, ShownText.line(entry.runbook), ShownText.line(entry.environment),
                "\(mark.sign) \(mark.word)\(entry.rehearsal ? " (rehearsal)" : "")"
                    + (entry.gateOverride == nil ? "" : " (gate overridden)"), Moments.minute(entry.startedAt),
                entry.durationMs.map(Wording.duration(milliseconds:)) ?? "",
            ]
            reason = ShownText.line(entry.reason ?? "")
            tone = mark.tone
        }
    }

    /// From roomy to narrow. An identifier already tells time, runbook and environment.
    private enum Layout: CaseIterable {
        case full, middle, short, stacked

        var columns: [Column] {
            switch self {
            case .full: [.id, .runbook, .environment, .status, .started, .duration]
            case .middle: [.id, .status, .started, .duration]
            case .short: [.id, .status, .duration]
            case .stacked: []
            }
        }

        /// Without the reason, which takes what is left; the roomier layouts leave it some.
        ///
        /// - Parameter widths: of all columns, by their numbers.
        func columns(_ widths: [Int]) -> Int {
            let reason = self == .full || self == .middle ? 18 : 0
            return columns.reduce(reason) { $0 + widths[$1.rawValue] + 2 }
        }
    }

    private static func width(of column: Column, _ rows: [Row]) -> Int {
        rows.reduce(ShownText.columns(column.title)) { max($0, ShownText.columns($1[column])) }
    }

    // MARK: - Lines

    private static func table(
        _ rows: [Row], _ layout: Layout, _ widths: [Int], _ palette: Palette, _ width: Int, _ cores: Cores
    ) -> [String] {
        let widths = layout.columns.map { widths[$0.rawValue] }
        let hasReasons = rows.contains { !$0.reason.isEmpty }
        let titles = zip(layout.columns, widths).map { ShownText.column($0.title, $1) } + (hasReasons ? ["REASON"] : [])
        let lines = cores.map(rows, fewest: worthSharing) { part in
            part.map { row in
                var pieces: [(String, Tone)] = []
                for (column, columnWidth) in zip(layout.columns, widths) {
                    pieces.append(
                        (ShownText.column(row[column], columnWidth), column == .status ? row.tone : .plain))
                }
                pieces.append((row.reason, .plain))
                return fitted(pieces, palette, width)
            }
        }
        return [fitted([(titles.joined(separator: "  "), .quiet)], palette, width)] + lines
    }

    /// Rows that take longer than starting a thread.
    private static let worthSharing = 500

    private static func stacked(_ rows: [Row], _ palette: Palette, _ width: Int) -> [String] {
        rows.flatMap { row in
            [
                row[.id],
                fitted(
                    [
                        ("  " + row[.status], row.tone), (row[.duration], .plain),
                        (row.reason, .plain),
                    ]
                    .filter { !$0.0.isEmpty },
                    palette, width),
            ]
        }
    }

    /// Pieces with two blanks between them; blanks at the end are left out.
    private static func fitted(_ pieces: [(String, Tone)], _ palette: Palette, _ width: Int) -> String {
        var pieces = pieces
        while let last = pieces.last {
            pieces.removeLast()
            if let end = last.0.utf8.lastIndex(where: { $0 != UInt8(ascii: " ") }) {
                pieces.append((String(last.0[...end]), last.1))
                break
            }
        }
        var line = StyledLine()
        for (index, piece) in pieces.enumerated() { line.add((index == 0 ? "" : "  ") + piece.0, piece.1) }
        return line.text(palette, columns: width)
    }
}

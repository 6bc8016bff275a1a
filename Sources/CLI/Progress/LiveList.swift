import Deployment
import Diagnostics
import Engine
import Host

/// The live list of a run as lines, for a terminal of some size. Pure: state in, lines out.
struct LiveList {
    let state: ProgressState
    /// Monotonic nanoseconds.
    let now: Int

    /// - Parameter size: the list is no higher than the terminal and no wider; `nil` asks for all of it, for good.
    func lines(in size: TerminalSize?) -> [StyledLine] {
        let rows = state.rows
        let all = rows.map(row)
        guard let size else { return [heading] + all }
        // The cursor rests on a line of its own below the list.
        let room = max(1, size.lines - 1)
        let current = rows.firstIndex { $0.id == state.current?.id }
        let tail = tailLines
        for shown in [tail, Array(tail.suffix(3))] where 1 + all.count + shown.count <= room {
            return [heading] + insert(shown, in: all, behind: current)
        }
        let focus = current ?? rows.lastIndex { $0.status != .pending } ?? 0
        guard room >= 6, !all.isEmpty else { return all.isEmpty ? [heading] : [all[focus]] }
        let shown = room >= 10 ? Array(tail.suffix(3)) : []
        return [heading] + folded(all, rows, around: focus, room: room - 1 - shown.count, shown, current)
    }

    /// Whether all rows fit; otherwise the end of the run is worth the whole list once more.
    func isWhole(in size: TerminalSize) -> Bool { 1 + state.rows.count <= size.lines - 1 }

    // MARK: - Lines

    private var heading: StyledLine {
        guard let record = state.record else { return StyledLine() }
        var line = StyledLine(state.undoing == nil ? record.title : "undoing \(record.title), newest first", .strong)
        line.add("  \(elapsed(since: state.since))", .quiet)
        line.add("  \(record.id)", .quiet)
        return line
    }

    private func row(_ step: StepRecord) -> StyledLine {
        let mark = state.undoing == nil ? step.status.mark : step.rollback.mark
        let isOver = mark.tone != .quiet && mark.tone != .active
        var line = StyledLine("\(mark.sign) \(Wording.column(mark.word, 9))", mark.tone)
        line.add(
            "  \(ShownText.column(ShownText.line(step.id), idWidth))",
            isOver ? .plain : mark.tone == .active ? .strong : .quiet)
        line.add("  \(time(step))", .quiet)
        line.add(note(step), mark.tone == .bad ? .bad : mark.tone == .active || isOver ? .plain : .quiet)
        return line
    }

    private var idWidth: Int {
        min(24, state.rows.map { ShownText.columns(ShownText.line($0.id)) }.max() ?? 0)
    }

    /// The elapsed time stands before the name, so that no narrow terminal cuts it off.
    private func time(_ step: StepRecord) -> String {
        let text: String
        if let current = state.running.first(where: { $0.id == step.id }) {
            text = elapsed(since: current.since)
        } else {
            let attempts = state.undoing == nil ? step.attempts : step.rollback.attempts
            text = StepRecord.total(attempts).map(Wording.duration(milliseconds:)) ?? ""
        }
        return ShownText.column(text, 8)
    }

    private func note(_ step: StepRecord) -> String {
        let name = "  \(ShownText.line(step.name))"
        if state.undoing != nil {
            if step.rollback.kind == .irreversible { return "  \(ShownText.line(step.rollback.reason ?? ""))" }
            return step.rollback.failure.map { "  \(ShownText.line($0.what))" } ?? name
        }
        if let failure = step.failure, step.status == .failed { return "\(name): \(ShownText.line(failure.what))" }
        return step.skipped.map { "\(name): \(ShownText.line($0))" } ?? name
    }

    private var tailLines: [StyledLine] {
        (state.current?.lines ?? []).map { StyledLine("    │ \(ShownText.line($0))", .quiet) }
    }

    private func elapsed(since start: Int) -> String {
        Wording.duration(milliseconds: max(0, now - start) / 1_000_000)
    }

    // MARK: - Too many

    private func insert(
        _ tail: [StyledLine], in rows: [StyledLine], behind position: Int?
    ) -> [StyledLine] {
        guard let position else { return rows }
        return rows[...position] + tail + rows[(position + 1)...]
    }

    /// The rows around one of them; what is left out before and after is counted.
    private func folded(
        _ all: [StyledLine], _ steps: [StepRecord], around focus: Int, room: Int, _ tail: [StyledLine],
        _ current: Int?
    ) -> [StyledLine] {
        let shown = max(1, room - 2)
        let first = max(0, min(focus - shown / 2, all.count - shown))
        let last = min(all.count, first + shown)
        let rows = insert(tail, in: Array(all[first..<last]), behind: current.map { $0 - first })
        var lines: [StyledLine] = []
        if first > 0 { lines.append(StyledLine("  … \(first) before", .quiet)) }
        lines += rows
        if last < all.count { lines.append(StyledLine("  … \(all.count - last) more", .quiet)) }
        return lines
    }
}

import Deployment
import Diagnostics
package import Engine

/// A run as a page: its steps, what they printed, and how they were undone.
package struct RunPage {
    private let record: RunRecord
    private let logs: [LogExcerpt]

    /// - Parameter logs: what the steps printed, folded away.
    package static func document(_ record: RunRecord, logs: [LogExcerpt] = []) -> String {
        RunPage(record: record, logs: logs).page.document
    }

    private var page: Page {
        let took = record.durationMs.map { " after \(Wording.duration(milliseconds: $0))" } ?? ""
        var groups = [Page.Group("Steps", isOpen: true, record.steps.enumerated().map { step($1, number: $0 + 1) })]
        let undos = record.steps.reversed().filter { $0.mayHaveActed || !$0.rollback.attempts.isEmpty }.map(undo)
        if !undos.isEmpty { groups.append(Page.Group("Rollback", isOpen: record.rollback != nil, undos)) }
        var page = Page(
            title: record.title,
            summary: Page.State(
                "\(record.status.mark.word)\(took): \(record.stepCounts)", record.status.mark.tone.onPage),
            searchHint: "Search step, owner, command, output", groups: groups)
        page.leadHTML = facts + ways
        page.appendices = appendices
        page.notesHTML = record.warnings.map { HTML.text(ShownText.line($0)) }
        return page
    }

    // MARK: - The run

    private var facts: String {
        var facts = HTML.term("run", HTML.code(record.id)) + HTML.term("by", HTML.text(record.actor.words))
        facts += HTML.term("started", Moments.instant(record.startedAt))
        if let reason = record.reason { facts += HTML.term("reason", HTML.text(reason)) }
        if let commit = record.commitWords { facts += HTML.term("commit", HTML.text(commit)) }
        for (name, value) in record.inputs.sorted(by: { $0.key < $1.key }) {
            facts += HTML.term("input", HTML.code("\(name)=\(value)"))
        }
        if let rehearsed = record.rehearsed { facts += HTML.term("rehearsal", RehearsalTable.verdict(rehearsed)) }
        if let why = record.gateOverride {
            facts += HTML.term("gate", "<span class=\"bad\">closed, and passed all the same: \(HTML.text(why))</span>")
        }
        for resumed in record.resumed {
            facts += HTML.term("resumed", HTML.text("\(Moments.instant(resumed.at)) by \(resumed.by.words)"))
        }
        if let rollback = record.rollback {
            let who = rollback.automatic ? "by the run itself" : "by \(rollback.by.words)"
            facts += HTML.term("rolled back", HTML.text("\(Moments.instant(rollback.startedAt)) \(who)"))
            if let why = rollback.reason { facts += HTML.term("because", HTML.text(why)) }
            if let problem = rollback.problem {
                facts += HTML.term("incomplete", "<span class=\"bad\">\(HTML.text(problem))</span>")
            }
        }
        if let closed = record.closed {
            facts += HTML.term(
                "closed", HTML.text("\(Moments.instant(closed.at)) by \(closed.by.words): \(closed.reason ?? "")"))
        }
        return "<dl class=\"facts\">\n\(facts)\(fingerprint)</dl>\n"
    }

    private var fingerprint: String {
        guard let fingerprint = record.fingerprint else { return "" }
        return fingerprint.before.sorted { $0.key < $1.key }.map { name, before in
            guard let after = fingerprint.after?[name] else { return HTML.term(name, HTML.code(before)) }
            return after == before
                ? HTML.term(name, "<span class=\"good\">\(HTML.code(before)), and again after the rollback</span>")
                : HTML.term(name, "<span class=\"bad\">was \(HTML.code(before)), is \(HTML.code(after))</span>")
        }.joined()
    }

    /// What to type next, to be copied.
    private var ways: String {
        NextCommand.ways(on: record).map { way in
            "<p class=\"way\">to \(HTML.text(way.purpose)): \(HTML.code(way.command))</p>\n"
        }.joined()
    }

    private var appendices: [(title: String, html: String)] {
        func list(_ items: [String]) -> String {
            "<ul>\n" + items.map { "<li>\(HTML.text(ShownText.line($0)))</li>\n" }.joined() + "</ul>\n"
        }
        var found: [(title: String, html: String)] = []
        if let rehearsed = record.rehearsed { found.append(("Rehearsal", RehearsalTable.html(rehearsed))) }
        if !record.changes.isEmpty { found.append(("What changed", list(record.changes))) }
        if !record.filesTouched.isEmpty { found.append(("Files touched", list(record.filesTouched))) }
        return found
    }

    // MARK: - A step

    private func step(_ step: StepRecord, number: Int) -> Page.Entry {
        var terms = HTML.term("owner", HTML.text(step.owner))
        // What has not been tried has no result to hold against it.
        if !step.attempts.isEmpty { terms += HTML.term("expected", HTML.text(step.expect.says)) }
        if let why = step.skipped { terms += HTML.term("skipped", HTML.text(why)) }
        if let failure = step.failure {
            terms += HTML.term("failed", "<span class=\"bad\">\(HTML.text(failure.what))</span>")
            terms += HTML.term("retry", HTML.text(failure.retry))
        }
        if step.attempts.count > 1 { terms += HTML.term("attempts", HTML.text(Self.attempts(step.attempts))) }
        for (name, value) in step.captures.sorted(by: { $0.key < $1.key }) {
            terms += HTML.term("captured", HTML.code("\(name)=\(value)"))
        }
        for (name, value) in step.outputs.sorted(by: { $0.key < $1.key }) {
            terms += HTML.term("put out", HTML.code("\(name)=\(value)"))
        }
        for (name, value) in step.metrics.sorted(by: { $0.key < $1.key }) {
            terms += HTML.term("figure", HTML.text("\(name): \(value)"))
        }
        let command = step.status == .skipped ? "" : "<pre>\(HTML.text(shown(step.actionText)))</pre>\n"
        let isTrouble = [StepStatus.failed, .interrupted, .unknown].contains(step.status)
        return Page.Entry(
            name: step.id, state: step.status.mark.onPage, headHTML: head(step, "\(number)", step.durationWords),
            bodyHTML: "\(command)<dl>\n\(terms)</dl>\n"
                + log(of: step, isUndo: false, isOpen: isTrouble))
    }

    private func undo(_ step: StepRecord) -> Page.Entry {
        let rollback = step.rollback
        var terms = HTML.term("owner", HTML.text(step.owner))
        if let why = rollback.reason { terms += HTML.term("why", HTML.text(why)) }
        if let failure = rollback.failure {
            terms += HTML.term("failed", "<span class=\"bad\">\(HTML.text(failure.what))</span>")
            terms += HTML.term("expected", HTML.text(failure.expected))
        }
        if rollback.attempts.count > 1 { terms += HTML.term("attempts", HTML.text(Self.attempts(rollback.attempts))) }
        let took = StepRecord.total(rollback.attempts).map(Wording.duration(milliseconds:)) ?? ""
        let command = rollback.shown.isEmpty ? "" : "<pre>\(HTML.text(shown(rollback.shown)))</pre>\n"
        return Page.Entry(
            name: step.id, state: Self.state(rollback), headHTML: head(step, "undo", took),
            bodyHTML: "\(command)<dl>\n\(terms)</dl>\n"
                + log(of: step, isUndo: true, isOpen: rollback.status == .failed))
    }

    private static func state(_ rollback: StepRecord.RollbackRecord) -> Page.State {
        switch (rollback.kind, rollback.status) {
        case (.irreversible, _): rollback.mark.onPage
        case (_, .pending): Page.State("not undone", .quiet)
        case (_, .none): Page.State("nothing to undo", .quiet)
        default: rollback.mark.onPage
        }
    }

    private func head(_ step: StepRecord, _ before: String, _ took: String) -> String {
        "<span class=\"kind\">\(before)</span> \(HTML.code(ShownText.line(step.id))) "
            + "\(HTML.text(ShownText.line(step.name))) <small>\(took)</small>"
    }

    private func log(of step: StepRecord, isUndo: Bool, isOpen: Bool) -> String {
        guard let log = logs.first(where: { $0.step == step.id && $0.isUndo == isUndo }), log.size > 0 else {
            return ""
        }
        return "<details class=\"log\"\(isOpen ? " open" : "")><summary>what it printed "
            + "<span class=\"place\">\(HTML.text(log.path)), \(Wording.bytes(log.size))</span></summary>"
            + "<pre>\(HTML.text(shown(log.text)))</pre></details>\n"
    }

    /// Lines as they are, nothing in them invisible.
    private func shown(_ text: String) -> String { ShownText.lines(text).joined(separator: "\n") }

    private static func attempts(_ attempts: [StepRecord.Attempt]) -> String {
        attempts.map { attempt in
            let how = attempt.signal ?? attempt.exit.map { "exit \($0)" } ?? attempt.reason?.rawValue ?? "no end"
            return how + (attempt.durationMs.map { " after \(Wording.duration(milliseconds: $0))" } ?? "")
        }.joined(separator: "; ")
    }
}

import Deployment
import Diagnostics
import Engine

/// An environment's last runs as a page.
package enum EnvironmentPage {
    package static func document(_ report: EnvironmentReport) -> String {
        let isGood = report.unsettled.isEmpty && report.succeeded == report.ended
        var page = Page(
            title: "Runs on \(ShownText.line(report.environment))",
            summary: Page.State(report.sentence, isGood ? .good : report.unsettled.isEmpty ? .caution : .bad),
            searchHint: "Search run, runbook, person, reason",
            groups: [Page.Group("Runs", isOpen: true, report.records.map(entry))])
        page.leadHTML = facts(report)
        page.appendices = [("Runbooks", runbooks(report)), ("Who", people(report))]
        return page.document
    }

    private static func facts(_ report: EnvironmentReport) -> String {
        var facts = ""
        if let last = report.records.first, let first = report.records.last {
            facts +=
                HTML.term("from", Moments.instant(first.startedAt)) + HTML.term("to", Moments.instant(last.startedAt))
        }
        let rollbacks = report.rollbacks
        facts += HTML.term(
            "rollbacks",
            "\(rollbacks.automatic) by the run itself, \(rollbacks.byHand) by hand, \(rollbacks.incomplete) incomplete")
        if report.overriddenGates > 0 {
            facts += HTML.term(
                "gate", "closed and passed all the same \(Wording.count(report.overriddenGates, "time"))")
        }
        for record in report.unsettled {
            facts += HTML.term("not settled", "<span class=\"bad\">\(HTML.code(record.id))</span>")
        }
        return "<dl class=\"facts\">\n\(facts)</dl>\n"
    }

    private static func entry(_ record: RunRecord) -> Page.Entry {
        let took = record.durationMs.map(Wording.duration(milliseconds:)) ?? ""
        var body = HTML.term("started", "\(Moments.instant(record.startedAt)) by \(HTML.text(record.actor.words))")
        if let reason = record.reason { body += HTML.term("reason", HTML.text(reason)) }
        if let (position, step) = record.stoppedStep {
            let what = step.failure?.what ?? step.status.mark.word
            body += HTML.term(
                "stopped", "step \(position) of \(record.steps.count), \(HTML.code(step.id)): \(HTML.text(what))")
        }
        if let rollback = record.rollback {
            let who = rollback.automatic ? "by the run itself" : "by \(rollback.by.words)"
            body += HTML.term("rolled back", HTML.text("\(Moments.instant(rollback.startedAt)) \(who)"))
            if let problem = rollback.problem { body += HTML.term("incomplete", HTML.text(problem)) }
        }
        if let why = record.gateOverride {
            body += HTML.term("gate", HTML.text("closed, and passed all the same: \(why)"))
        }
        if let commit = record.commitWords { body += HTML.term("commit", HTML.text(commit)) }
        return Page.Entry(
            name: record.id, state: record.status.mark.onPage,
            headHTML:
                "\(HTML.text(ShownText.line(record.runbook.name))) <small>\(took)</small> \(HTML.code(record.id))",
            bodyHTML: "<dl>\n\(body)</dl>\n")
    }

    private static func runbooks(_ report: EnvironmentReport) -> String {
        HTML.table(
            ["Runbook", "Runs", "Succeeded", "Median", "Longest"],
            report.runbooks.map { row in
                [
                    HTML.code(row.name), String(row.runs), String(row.succeeded),
                    row.medianMs.map(Wording.duration(milliseconds:)) ?? "",
                    row.longestMs.map(Wording.duration(milliseconds:)) ?? "",
                ]
            })
    }

    private static func people(_ report: EnvironmentReport) -> String {
        HTML.table(
            ["Who", "Runs", "Rollbacks by hand"],
            report.people.map { [HTML.text($0.name), String($0.runs), String($0.rollbacks)] })
    }
}

@testable import CLI
import Engine
import Testing

@Suite struct `Runs as JUnit results` {
    private func cases(_ story: RunStory, suite: Int = 0) -> [String] {
        let suites = RunJUnit.report(story.record).suites
        guard suite < suites.count else { return [] }
        return suites[suite].cases.map { single in
            switch single.outcome {
            case .passed: "\(single.name) passed in \(single.milliseconds)"
            case .skipped(let why): "\(single.name) skipped: \(why)"
            case .failure(let kind, let message, _): "\(single.name) failure \(kind): \(message)"
            case .error(let kind, let message, _): "\(single.name) error \(kind): \(message)"
            }
        }
    }

    @Test func `a run that succeeded is one suite without trouble`() {
        let report = RunJUnit.report(RunStory.succeeded.record)
        #expect(report.suites.count == 1)
        #expect(report.suites[0].cases.allSatisfy { $0.outcome == .passed && $0.milliseconds == 1_200 })
        #expect(report.suites[0].host == "laptop")
    }

    @Test func `a failed check is a failure, what was not reached is skipped`() {
        #expect(
            cases(.failed) == [
                "lint: Run linting passed in 1200", "migrate: Move the database passed in 1200",
                "deploy: Start the new version failure exit: exit 1",
                "announce: Tell the users skipped: not started: the run ended before it",
            ])
    }

    @Test func `a step whose process is gone is an error`() {
        var story = RunStory()
        story.start("lint")
        story.isOwnerAlive = false
        #expect(cases(story)[0] == "lint: Run linting error unknown: how it ended is not known")
    }

    @Test func `a step that could not be started is an error`() {
        var story = RunStory()
        story.start("lint")
        story.end(
            "lint", .failed, in: 3,
            StepRecord.Failure(reason: .spawn, what: "there is no `ruff`", expected: "no findings", retry: "safe"))
        #expect(cases(story)[0] == "lint: Run linting error spawn: there is no `ruff`")
    }

    @Test func `an undo that failed is a failure of the rollback's suite`() {
        #expect(
            cases(.stuck, suite: 1) == [
                "undo deploy: Start the new version failure exit: exit 3",
                "undo migrate: Move the database skipped: not undone: the rollback ended before it",
                "undo lint: Run linting skipped: reads only",
            ])
    }

    @Test(arguments: [
        ("a\u{1B}[1m\u{0}\u{FFFE}\u{FFFF}b", "a[1mb"), ("<&>\"", "&lt;&amp;&gt;&quot;"), ("]]>", "]]&gt;"),
        ("\u{1F680}\u{E000}", "\u{1F680}\u{E000}"), ("\r", "&#13;"), ("\n\t", "\n\t"),
    ])
    func `what XML cannot hold is left out, what it would read is escaped`(text: String, xml: String) {
        #expect(XML.text(text) == xml)
    }

    @Test func `an attribute keeps its line breaks`() { #expect(XML.attribute("a\n\tb") == "a&#10;&#9;b") }

    @Test func `times are seconds with three digits`() {
        #expect(RunJUnit.report(RunStory.succeeded.record).document.contains(" time=\"1.200\"/>"))
    }
}

@Suite struct `Excerpts of logs` {
    @Test func `a short log is whole`() {
        #expect(LogExcerpt(step: "a", isUndo: false, path: "p", bytes: Array("one\ntwo".utf8)).text == "one\ntwo")
    }

    @Test func `a long one keeps whole lines of both ends and says how much is missing`() {
        let lines = (1...5_000).map { "line \($0)\n" }.joined()
        let excerpt = LogExcerpt(step: "a", isUndo: false, path: "p", bytes: Array(lines.utf8))
        #expect(excerpt.text.hasPrefix("line 1\nline 2\n"))
        #expect(excerpt.text.hasSuffix("line 4999\nline 5000\n"))
        #expect(excerpt.text.firstMatch(of: /\nline \d+\n\[… [0-9.]+ KiB left out …\]\nline \d+\n/) != nil)
        #expect(excerpt.size == lines.utf8.count)
        #expect(excerpt.text.utf8.count < 13_000)
    }

    @Test func `a line without end is cut`() {
        let excerpt = LogExcerpt(
            step: "a", isUndo: false, path: "p", bytes: [UInt8](repeating: 0x78, count: 1 << 20))
        #expect(excerpt.text.utf8.count < 13_000)
    }
}

@Suite struct `Reports on environments` {
    private static let report = EnvironmentReport(
        "staging", [RunStory.stuck.record, RunStory.rolledBack.record, RunStory.succeeded.record])

    @Test func `what was rolled back is no success`() {
        #expect(Self.report.sentence == "1 of 3 succeeded (33 %), 2 rolled back, 1 of these incomplete")
        #expect(Self.report.rollbacks == .init(automatic: 2, byHand: 0, incomplete: 1))
        #expect(Self.report.people.map(\.name) == ["ann on laptop"])
        #expect(Self.report.runbooks.map(\.medianMs) == [RunStory.succeeded.record.durationMs])
    }

    @Test func `no run is no rate`() {
        let none = EnvironmentReport("staging", [])
        #expect(none.successRate == nil && none.sentence == "0 of 0 succeeded")
    }

    @Test func `a table that would be too long leaves the oldest runs out`() {
        let many = EnvironmentReport("staging", Array(repeating: RunStory.failed.record, count: 500))
        let text = EnvironmentMarkdown.text(many, limit: 20_000)
        #expect(text.utf8.count < 20_000)
        #expect(text.contains(" older runs left out, as the page may not be larger\n"))
        #expect(!EnvironmentMarkdown.text(many).contains("left out"))
    }
}

import CLI
import Diagnostics
import Host
import Testing
import YAML

@testable import Engine

@Suite struct `The list of runs` {
    private var records: [RunRecord] { [RunStory.rolledBack.record, RunStory.succeeded.record] }

    @Test func `is a table where there is room`() {
        #expect(
            HistoryText.text(records, width: 140) == """
                RUN                                    RUNBOOK  ENVIRONMENT  STATUS         STARTED (UTC)     TOOK   REASON
                20261120T204512Z-release-staging-9f3c  release  staging      ↶ rolled back  2026-11-20 20:45  7.4 s  fix uploads
                20261120T204512Z-release-staging-9f3c  release  staging      ✓ succeeded    2026-11-20 20:45  4.8 s  fix uploads

                """)
    }

    @Test func `leaves out what the identifier says at 80 columns`() {
        #expect(
            HistoryText.text(records, width: 80) == """
                RUN                                    STATUS         TOOK   REASON
                20261120T204512Z-release-staging-9f3c  ↶ rolled back  7.4 s  fix uploads
                20261120T204512Z-release-staging-9f3c  ✓ succeeded    4.8 s  fix uploads

                """)
    }

    @Test func `takes two lines for each run on a phone`() {
        #expect(
            HistoryText.text(records, width: 36) == """
                20261120T204512Z-release-staging-9f3c
                  ↶ rolled back  7.4 s  fix uploads
                20261120T204512Z-release-staging-9f3c
                  ✓ succeeded  4.8 s  fix uploads

                """)
    }

    @Test(arguments: [36, 80, 140])
    func `is the same on several cores, which each write a part of it`(width: Int) {
        let entries = (0..<1_300).map { number in
            var entry = HistoryEntry([RunStory.succeeded, RunStory.stuck][number % 2].record)
            entry.id += String(number)
            entry.environment = "env-\(number % 7)"
            return entry
        }
        let backwards = Cores(count: 3) { times, body in for number in (0..<times).reversed() { body(number) } }
        let texts = [Cores.one, backwards].map { cores in
            HistoryText.text(entries, palette: .coloured, width: width, cores: cores) { _ in nil }
        }
        #expect(texts[0] == texts[1])
        #expect(entries.allSatisfy { texts[1].contains($0.id) })
    }

    @Test func `cuts a long reason and never the identifier`() {
        var record = RunStory.succeeded.record
        record.reason = String(repeating: "because\n", count: 30)
        let lines = HistoryText.text([record], width: 80).split(separator: "\n")
        #expect(lines[1] == "20261120T204512Z-release-staging-9f3c  ✓ succeeded  4.8 s  because because beca…")
        #expect(lines.count == 2)
    }

    @Test func `ends with the ways on where a run is not settled`() {
        let text = HistoryText.text([RunStory.stuck.record], width: 80)
        #expect(text.contains("\n\nnot settled: 20261120T204512Z-release-staging-9f3c\nto carry on with the rollback"))
        #expect(text.hasSuffix("  rehearse history close 20261120T204512Z-release-staging-9f3c --reason 'WHY'\n"))
    }

    @Test func `an older run that is not settled is no obstacle any more`() {
        let text = HistoryText.text([RunStory.succeeded.record, RunStory.stuck.record], width: 80)
        #expect(!text.contains("not settled"))
    }

    @Test func `colours the state by its meaning`() {
        let text = HistoryText.text([RunStory.stuck.record], palette: .coloured, width: 80)
        #expect(text.contains("\u{1B}[31;1m  ✗ ROLLBACK INCOMPLETE\u{1B}[0m"))
    }

    @Test func `is a document with every key as JSON`() {
        var record = RunStory.stuck.record
        record.reason = nil
        #expect(
            JSONWriter.line(HistoryJSON.document([record])) == """
                {"schema":1,"runs":[{"id":"20261120T204512Z-release-staging-9f3c","runbook":"release",\
                "environment":"staging","status":"rollback_incomplete","started_at":"2026-11-20T20:45:12.000Z",\
                "duration_ms":6600,"reason":null,"rehearsal":false,"settled":false,"gate_override":null}]}
                """)
        #expect(JSONWriter.line(HistoryJSON.document([RunRecord]())) == #"{"schema":1,"runs":[]}"#)
    }
}

@Suite struct `One run in full` {
    @Test func `shows facts, steps, rollback and the commands to go on`() {
        let text = RunText.text(RunStory.stuck.record)
        #expect(text.hasPrefix("✗ release on staging is not rolled back completely\n  run          20261120T"))
        #expect(text.contains("  settled      no: something is left to finish or undo\n"))
        #expect(
            text.contains(
                """

                ✗ FAILED  3  deploy  Start the new version  3.4 s
                    owner     platform
                    run       ./bin/deploy new
                    expect    every container is healthy; within 2m
                    attempts  1: exit 1 after 3.4 s
                    failed    exit 1
                    expected  every container is healthy
                    retry     look first: the step may have changed something
                    log       steps/03-deploy.log, 24 bytes
                    rollback  ./bin/deploy old
                              then curl -fsS "$REHEARSE_URL/health"
                    undo      FAILED, exit 3 after 800 ms
                              exit 3

                """))
        #expect(
            text.contains(
                """

                rollback
                  started      2026-11-20 20:45:17 UTC, by the run itself
                  ended        2026-11-20 20:45:18 UTC
                  by           ann on laptop
                  incomplete   undoing `deploy` failed: exit 3

                to read what its steps printed:
                  rehearse history log 20261120T204512Z-release-staging-9f3c

                """))
    }

    @Test func `a fingerprint that did not come back shows both values`() {
        var story = RunStory()
        story.tell(.fingerprint(RunEvent.FingerprintTaken(when: .before, values: ["image": "old", "schema": "1"])))
        story.fail("deploy")
        story.finish(.failed)
        story.openRollback()
        story.undo("deploy")
        story.tell(.fingerprint(RunEvent.FingerprintTaken(when: .after, values: ["image": "new", "schema": "1"])))
        story.closeRollback(problem: "the fingerprint did not come back")
        #expect(
            RunText.text(story.record).contains(
                """

                fingerprint
                  image   was old, is new
                  schema  1, and again after the rollback

                """))
        let summary = RunSummary.text(story.record, logsRoot: "x")
        #expect(summary.contains("incomplete: the fingerprint did not come back\n"))
        #expect(summary.contains("rehearse history close"))
    }
}

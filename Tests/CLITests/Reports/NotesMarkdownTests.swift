import CLI
import Testing

@testable import Deployment
@testable import Engine

@Suite struct `The notes of a run` {
    private func finished(reason: String? = "fix uploads", metrics: [String: String] = [:]) -> RunStory {
        var story = RunStory(
            reason: reason, changes: ["Accept *all* PNGs (#12)", "Bump <b>"], files: ["app/main.py", "a|b`c.txt"])
        story.succeed("lint", metrics: metrics)
        story.succeed("migrate")
        story.finish(.succeeded)
        return story
    }

    @Test func `tell reason, changes, files, commands, figures, steps and rollback`() {
        #expect(
            NotesMarkdown.text(finished(metrics: ["findings": "0"]).record) == """
                # release on staging: succeeded

                - Run: `20261120T204512Z-release-staging-9f3c`
                - By: ann on laptop
                - Started: 2026-11-20 20:45:12 UTC, took 2.4 s
                - Commit: 1a2b3c4d1a2b on main
                - Input `VERSION`: `1.4.3`

                ## Reason

                fix uploads

                ## What changed

                - Accept \\*all\\* PNGs (\\#12)
                - Bump &lt;b&gt;

                ## Files touched

                - `app/main.py`
                - ``a|b`c.txt``

                ## Commands used

                ```sh
                # lint
                ruff check .
                # migrate
                ./bin/migrate up
                ```

                ## Figures

                | Figure | Value |
                | --- | --- |
                | `lint` findings | 0 |

                ## Steps

                | Step | Owner | Result | Took | Expected |
                | --- | --- | --- | --- | --- |
                | `lint` Run linting | backend | ok | 1.2 s | no findings |
                | `migrate` Move the database | data | ok | 1.2 s | the newest revision |
                | `deploy` Start the new version | platform | waiting |  | every container is healthy |
                | `announce` Tell the users | support | waiting |  | it works |

                ## Rollback

                Undo it with:

                ```sh
                rehearse rollback 20261120T204512Z-release-staging-9f3c
                ```

                | Step | Undo | State |
                | --- | --- | --- |
                | `migrate` | `./bin/migrate down "$BEFORE"` | not undone |
                | `lint` | none: reads only | nothing |

                """)
    }

    @Test func `compare figures with those of an earlier run`() {
        let before = finished(metrics: ["p95": "200 ms", "size": "3", "note": "x"]).record
        let now = finished(metrics: ["p95": "150 ms", "size": "3", "note": "y"]).record
        let text = NotesMarkdown.text(now, previous: before)
        #expect(text.contains("| `lint` p95 | 200 ms | 150 ms | -25.0 % |\n| `lint` size | 3 | 3 | same |\n"))
        #expect(text.contains("| `lint` note | x | y |  |\n"))
    }

    @Test func `are the message of the tag while the run goes on, and hold no comment line`() {
        var plan = Plan.sample
        plan.steps[3].action.tag = .init(name: "v1.4.3", message: nil, push: "origin", sign: false)
        var story = RunStory(
            plan, reason: "#12 is urgent\nand more", changes: ["# not a comment"], files: ["app/main.py"])
        story.succeed("lint", metrics: ["findings": "0"])
        let message = NotesMarkdown.tagMessage(story.record)
        #expect(
            message == """
                v1.4.3: release on staging

                 #12 is urgent
                and more

                What changed:
                - # not a comment

                Files touched:
                - app/main.py

                Checked before:
                - lint: no findings (1.2 s)

                Figures:
                - lint findings: 0

                Run: 20261120T204512Z-release-staging-9f3c
                By: ann on laptop
                Commit: 1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d
                Rollback: rehearse rollback 20261120T204512Z-release-staging-9f3c

                """)
    }
}

@Suite struct `Data in Markdown` {
    @Test(arguments: [
        ("a_b*c", "a\\_b\\*c"), ("<img src=x>", "&lt;img src=x&gt;"), ("[x](y)", "\\[x\\](y)"), ("1. x", "1\\. x"),
        ("- x", "\\- x"), ("a | b", "a \\| b"), ("one\ntwo", "one two"), ("&amp;", "&amp;amp;"),
        ("\u{202E}x", "&lt;U+202E&gt;x"),
    ])
    func `shows as it is`(text: String, markdown: String) {
        #expect(Markdown.text(text) == markdown)
    }

    @Test(arguments: [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("", ""), ("a\nb", "`a b`")])
    func `in code cannot end its span`(text: String, markdown: String) {
        #expect(Markdown.code(text) == markdown)
    }

    @Test func `in a table cannot end its cell`() {
        #expect(
            Markdown.table(["H"], [[Markdown.code("a|b")], [Markdown.text("a|b")]]).suffix(2) == [
                "| `a\\|b` |", "| a\\|b |",
            ])
    }

    @Test func `in a block cannot end it`() {
        #expect(Markdown.block(["```", "x"]) == ["````", "```", "x", "````"])
    }
}

@Suite struct `The page of a job` {
    @Test func `names the failure and the commands first`() {
        let text = GitHubSummary.text(
            RunStory.failed.record, logs: [.init(title: "deploy <1>", text: "line\n```\n")])
        #expect(text.hasPrefix("❌ **release on staging FAILED**\n\nStep 3 of 4, `deploy`: exit 1\n"))
        #expect(text.contains("```sh\nrehearse resume 20261120T204512Z-release-staging-9f3c\n```"))
        #expect(text.hasSuffix("<details><summary>deploy &lt;1&gt;</summary>\n\n````\nline\n```\n````\n\n</details>\n"))
    }

    @Test func `drops the last logs first and says so`() {
        let log = String(repeating: "x\n", count: 200_000)
        let logs = (1...4).map { GitHubSummary.Log(title: "log \($0)", text: log) }
        let text = GitHubSummary.text(RunStory.failed.record, logs: logs)
        #expect(text.utf8.count < 1_000_000)
        #expect(text.contains("<summary>log 2</summary>"))
        #expect(!text.contains("<summary>log 3</summary>"))
        #expect(
            text.hasSuffix(
                "\n2 logs are left out, as the page may not be larger: `rehearse history log \(RunStory.id)`\n"))
    }

    @Test func `is short when even the notes are too long`() {
        let text = GitHubSummary.text(RunStory.failed.record, limit: 1_500)
        #expect(text.utf8.count < 1_500)
        #expect(text.hasSuffix("```sh\nrehearse notes \(RunStory.id)\n```\n"))
    }
}

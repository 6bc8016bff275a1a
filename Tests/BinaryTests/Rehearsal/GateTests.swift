import Engine
import Host
import TestSupport
import Testing
import YAML

@Suite struct `The gate` {
    @Test func `is closed without a rehearsal, and names the line that makes one`() throws {
        let project = try GatedProject()
        let (found, openWith) = try project.found("rehearsed", held: false)
        #expect(found == "no rehearsal of `deploy` on `staging` is recorded")
        #expect(openWith == "rehearse run deploy -e staging --rehearsal")
        let run = project("run", "deploy", "-e", "production")
        #expect(run.status == 1, "\(run)")
        #expect(run.error.contains("`rehearsed` is not held"))
        #expect(try project.scratch.text(of: "world/production") == "1.4.1\n")
        // What it says to type opens it.
        try project.shell(#""$REHEARSE" \#(String((openWith ?? "").dropFirst("rehearse ".count)))"#)
        _ = try project.found("rehearsed", held: true)
    }

    @Test func `opens for exactly the commit that was rehearsed, and closes for the next one`() throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        let found = try project.found("rehearsed", held: true).found
        #expect(found.hasPrefix("`deploy` was rehearsed on `staging` "))
        #expect(found.contains("not rehearsed: `purge` (only on `production`)"))
        let run = project("run", "deploy", "-e", "production")
        #expect(run.status == 0, "\(run)")
        #expect(try project.scratch.text(of: "world/production") == "1.4.2\n")
        let record = try project.record()
        #expect(record.gateOverride == nil)
        #expect(record.gate?.map(\.name) == ["rehearsed"])
        #expect(record.gate?.first?.held == true)

        try project.shell("git commit -q --allow-empty -m next")
        let closed = try project.found("rehearsed", held: false).found
        #expect(closed.contains("the commit changed ("))
        #expect(project("run", "deploy", "-e", "production").status == 1)
        try project.shell("git checkout -q HEAD^")
        _ = try project.found("rehearsed", held: true)
    }

    /// A change of one byte, and what has to be named.
    struct Change: Sendable, CustomTestStringConvertible {
        let edit: String
        let named: String
        var testDescription: String { named }

        static let all = [
            Change(edit: "sed -i 's/Look around/Look arounD/' runbooks/deploy.yaml", named: "the runbook changed ("),
            Change(edit: "sed -i 's/com.app/com\\/apq/' templates/compose.yaml", named: "the templates changed ("),
            Change(
                edit: "sed -i 's/1.4.2/1.4.3/' environments/staging.yaml",
                named: "the configuration of staging changed ("),
            Change(
                edit: "sed -i 's/REPLICAS: 4/REPLICAS: 5/' environments/production.yaml",
                named: "the configuration of production changed ("),
        ]
    }

    @Test(arguments: Change.all)
    func `a change of one byte closes it, with the reason named`(change: Change) throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        try project.shell(change.edit)
        var found = try project.found("rehearsed", held: false).found
        #expect(found.contains(change.named), "\(found)")
        #expect(found.contains("there are uncommitted changes now"))
        #expect(!found.contains("the commit changed"))
        // From and to: two digests that differ.
        let digests = try #require(found.firstMatch(of: #/changed \(([0-9a-f]{12}) → ([0-9a-f]{12})\)/#))
        #expect(digests.1 != digests.2)
        #expect(project("run", "deploy", "-e", "production").status == 1)

        try project.shell("git commit -qam change")
        found = try project.found("rehearsed", held: false).found
        #expect(found.contains(change.named))
        #expect(found.contains("the commit changed ("))
        #expect(!found.contains("uncommitted"))
        // Put back to the byte: it is what was rehearsed.
        try project.shell("git reset -q --hard HEAD^")
        _ = try project.found("rehearsed", held: true)
    }

    @Test func `bound to the tree, it stays open for another commit of the same files`() throws {
        let project = try GatedProject(gate: "{rehearsed: {on: staging, by: tree}}")
        try project.rehearseDeploy()
        try project.shell("git commit -q --amend -m reworded")
        _ = try project.found("rehearsed", held: true)
        try project.shell("echo more >more; git add -A; git commit -qm more")
        #expect(try project.found("rehearsed", held: false).found.contains("the git tree changed ("))
    }

    @Test func `a rehearsal with uncommitted changes never counts`() throws {
        let project = try GatedProject()
        try project.shell("echo dirty >dirty")
        try project.rehearseDeploy()
        var (found, openWith) = try project.found("rehearsed", held: false)
        #expect(found.contains("it was made with uncommitted changes"))
        #expect(openWith == "git commit, then: rehearse run deploy -e staging --rehearsal")
        try project.shell("rm dirty")
        (found, openWith) = try project.found("rehearsed", held: false)
        #expect(found.contains("it was made with uncommitted changes"))
        #expect(openWith == "rehearse run deploy -e staging --rehearsal")
    }

    @Test func `a rehearsal may be no older than it says`() throws {
        let project = try GatedProject(gate: "{rehearsed: {on: staging, within: 1ms}}")
        try project.rehearseDeploy()
        let found = try project.found("rehearsed", held: false).found
        #expect(found.contains(" old, and may be 1 ms"), "\(found)")
    }

    @Test func `a rehearsal that did not hold does not open it, and an ordinary run is none`() throws {
        let project = try GatedProject()
        #expect(project("run", "deploy", "-e", "staging").status == 0)
        #expect(try project.found("rehearsed", held: false).found.hasPrefix("no rehearsal"))
        try project.shell(
            #"""
            printf '1.4.1\n' >../world/staging
            sed -i 's/rollback: {run: .*/rollback: "true"/' runbooks/deploy.yaml
            git commit -qam broken
            """#)
        #expect(project("run", "deploy", "-e", "staging", "--rehearsal").status == 4)
        let found = try project.found("rehearsed", held: false).found
        #expect(found.contains("it did not hold: "), "\(found)")
        #expect(found.contains("`PREVIOUS` was 1.4.1 and is 1.4.2"), "\(found)")
        #expect(found.contains("`version` was 1.4.1 and is 1.4.2"), "\(found)")
    }

    @Test func `a rehearsal that was rolled back since does not open it`() throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(try project.found("rehearsed", held: false).found.contains("it was rolled back since"))
    }

    @Test func `a rehearsal whose journal was changed does not open it`() throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        try project.shell(#"sed -i '1s/"dirty":false/"dirty":true /' .rehearse/runs/*/journal.jsonl"#)
        #expect(try project.found("rehearsed", held: false).found.hasPrefix("no rehearsal"))
    }

    @Test func `of another runbook it says nothing, unless none is named`() throws {
        let project = try GatedProject()
        try project.shell("sed 's/^runbook: deploy/runbook: other/' runbooks/deploy.yaml >runbooks/other.yaml")
        try project.shell("git add -A; git commit -qm other")
        try project.rehearseDeploy()
        #expect(project("gate", "production", "--runbook", "other").status == 1)
        #expect(project("gate", "production").status == 0)
        #expect(project("gate", "production", "--runbook", "nothing").status == 2)
        #expect(project("gate", "nowhere").status == 2)
        #expect(project("gate", "staging").status == 0)
    }

    @Test func `outside of git no commit can be compared, and what cannot be told is not held`() throws {
        let project = try GatedProject(gate: "{rehearsed: {on: staging}, clean: true, branch: main, status: true}")
        try project.shell("rm -rf .git")
        let (status, document) = project.gate()
        #expect(status == 1)
        #expect(document["conditions"]?.sequence?.map { $0["held"]?.boolean } == [false, false, false, false])
        #expect(document["conditions"]?.sequence?.compactMap { $0["open_with"]?.string }.count == 4)
    }

    /// Staging and production on one machine: https://github.com/basecamp/kamal/issues/270
    @Test func `pruning leaves what production's gate and its rollback need`() throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        let rehearsal = try project.record().id
        #expect(project("run", "deploy", "-e", "production").status == 0)
        for _ in 1...3 { #expect(project("run", "deploy", "-e", "staging").status == 0) }
        #expect(project("history", "prune", "--keep", "1").status == 0)
        #expect(try project.found("rehearsed", held: true).found.contains(rehearsal))
        let undone = project("rollback", "last:production", "--yes")
        #expect(undone.status == 0, "\(undone)")
        #expect(try project.scratch.text(of: "world/production") == "1.4.1\n")
    }

    // MARK: - Passing it all the same

    @Test func `passed with a reason, that is shown wherever the run is`() throws {
        let project = try GatedProject()
        let summary = project.scratch("summary.md")
        var rehearse = project.rehearse
        rehearse.environment["GITHUB_STEP_SUMMARY"] = summary
        rehearse.environment["GITHUB_ACTIONS"] = "true"
        let run = rehearse("run", "deploy", "-e", "production", "--override-gate", "customers are down")
        #expect(run.status == 0, "\(run)")
        #expect(run.error.contains("customers are down"))
        #expect(try project.scratch.text(of: "summary.md").contains("customers are down"))
        let record = try project.record()
        #expect(record.gateOverride == "customers are down")
        #expect(record.gate?.map(\.held) == [false])
        for words in [
            ["history", "show", "last"], ["notes", "last"], ["history", "--format", "json"],
            ["history", "show", "last", "--format", "json"],
        ] {
            let shown = project.rehearse.run([RehearseBinary.path] + words)
            #expect(shown.output.contains("customers are down"), "\(words): \(shown)")
        }
        var wide = project.rehearse
        wide.environment["COLUMNS"] = "200"
        #expect(wide("history").output.contains("(gate overridden)"))
        let undone = project("rollback", "last", "--yes")
        #expect(undone.status == 0)
        #expect(undone.error.contains("customers are down"))
    }

    // MARK: - Formats

    @Test func `answers as text, JSON, Markdown and annotations`() throws {
        let project = try GatedProject(gate: "{rehearsed: {on: staging, within: 7d}, branch: main}")
        let text = project("gate", "production")
        #expect(text.status == 1)
        #expect(text.error == "")
        #expect(
            text.output == """
                ✗ the gate of production is closed: 1 of 2 conditions is not held
                  ✗ NOT HELD  rehearsed
                    found      no rehearsal of any runbook on `staging` is recorded
                    open with  rehearse run RUNBOOK -e staging --rehearsal
                  ✓ held  branch
                    found      on `main`

                """)
        let document = json(project("gate", "production", "--format", "json").output)
        #expect(
            document.mapping?.entries.map(\.key) == [
                "schema", "environment", "runbook", "commit", "open", "conditions",
            ])
        let keys = document["conditions"]?.sequence?.first?.mapping?.entries.map(\.key)
        #expect(keys == ["name", "held", "found", "open_with"])
        #expect(
            project("gate", "production", "--format", "markdown").output.hasPrefix(
                "❌ **the gate of production is closed"))
        let annotations = project("gate", "production", "--format", "github").output
        #expect(annotations.hasPrefix("::error title=gate of production%3A rehearsed::no rehearsal"), "\(annotations)")
    }

    @Test func `in GitHub Actions it annotates and writes the summary unasked`() throws {
        let project = try GatedProject()
        var rehearse = project.rehearse
        rehearse.environment["GITHUB_STEP_SUMMARY"] = project.scratch("summary.md")
        rehearse.environment["GITHUB_ACTIONS"] = "true"
        let answer = rehearse("gate", "production")
        #expect(answer.status == 1)
        #expect(answer.error.contains("::error title=gate of production%3A rehearsed::"))
        #expect(try project.scratch.text(of: "summary.md").contains("| `rehearsed` | **not held** |"))
    }
}

import Host
import TestSupport
import Testing
import YAML

/// `report` as a CI job and a person call it, on runs that the same program made.
@Suite struct `Reporting on runs` {
    private static let runbook = """
        runbook: release
        owner: release-engineering
        steps:
          - id: lint
            name: Run "linting" & more
            owner: backend
            run: printf 'checking <all>\\033[31m red\\001\\n'
            expect: nothing is found
            rollback: {none: reads only}
          - id: old
            name: Only on production
            owner: backend
            when: {environment: [production]}
            run: "true"
            expect: nothing
            rollback: {none: reads only}
          - id: migrate
            name: Move the database
            owner: data
            run: echo "token is $TOKEN"
            secrets: [TOKEN]
            expect: the newest revision
            rollback: echo back
          - id: deploy
            name: Start the new version
            owner: platform
            run: test -e healthy || { echo "::error::not healthy"; exit 7; }
            expect: every container is healthy
            rollback: test -e undoable
          - id: announce
            name: Tell the users
            owner: support
            run: "true"
            expect: they know
            rollback: {irreversible: mail cannot be called back}

        """

    private let project: CommandProject

    init() throws {
        project = try CommandProject(
            [
                "environments/staging.yaml": CommandProject.staging + "secrets: {TOKEN: {env: TOKEN}}\n",
                "environments/production.yaml": CommandProject.production,
                "runbooks/release.yaml": Self.runbook,
                "runbooks/other.yaml": CommandProject.release.replacing(
                    "runbook: release", with: "runbook: other"),
            ], ["TOKEN": "canary-1f2e3d4c"])
    }

    /// A run whose fourth step fails, and which is undone unless that fails, too.
    private func failedRun(isUndoable: Bool) throws {
        if isUndoable { try project.write("", to: "undoable") }
        let run = project.rehearse(
            "run", "release", "-e", "staging", "--on-failure", "rollback", "--reason", "<b>why</b> & how", "--no-input")
        #expect(run.status == (isUndoable ? 1 : 4), "\(run)")
    }

    private func report(_ words: String...) -> RehearseBinary.Answer {
        let answer = project.rehearse.run([RehearseBinary.path, "report"] + words)
        #expect(answer.status == 0 && answer.error == "", "\(answer)")
        return answer
    }

    private func junit(_ text: String) throws -> Node {
        try project.write(text, to: "junit.xml")
        let script = "\(try #require(RehearseBinary.repository))/Tests/BinaryTests/Reports/junit.py"
        let answer = project.rehearse.run(["/bin/sh", "-c", "exec python3 '\(script)' <junit.xml"])
        #expect(answer.status == 0, "\(answer)\n\(text)")
        return json(answer.output)
    }

    private func strings(_ node: Node?) -> [String] { node?.sequence?.compactMap(\.string) ?? [] }

    // MARK: - A run

    @Test func `JUnit has the run as a suite, each step as a case, and the rollback as a suite of its own`() throws {
        try failedRun(isUndoable: true)
        let found = try junit(report("last", "--format", "junit").output)
        let suites = try #require(found["suites"]?.sequence)
        #expect(suites.map { $0["name"]?.string } == ["release on staging", "rollback of release on staging"])
        #expect(
            strings(suites[0]["cases"]) == [
                "lint: Run \"linting\" & more | passed",
                "old: Only on production | skipped | only on `production`",
                "migrate: Move the database | passed",
                "deploy: Start the new version | failure exit| exit 7",
                "announce: Tell the users | skipped | not started: the run ended before it",
            ])
        #expect(
            strings(suites[1]["cases"]) == [
                "undo deploy: Start the new version | passed", "undo migrate: Move the database | passed",
                "undo lint: Run \"linting\" & more | skipped | reads only",
            ])
        #expect(suites[0]["properties"]?["reason"]?.string == "<b>why</b> & how")
        #expect(suites[0]["properties"]?["status"]?.string == "rolled_back")
        let text = strings(suites[0]["texts"]).joined()
        #expect(text.contains("expected: every container is healthy"))
        #expect(text.contains("::error::not healthy"))
    }

    @Test func `in JUnit a rollback that failed is a failure, and what was not undone is skipped`() throws {
        try failedRun(isUndoable: false)
        let suites = try #require(try junit(report("last", "--format", "junit").output)["suites"]?.sequence)
        let back = try #require(suites.last)
        #expect(strings(back["cases"])[0] == "undo deploy: Start the new version | failure exit| exit 1")
        #expect(
            strings(back["cases"])[1]
                == "undo migrate: Move the database | skipped | not undone: the rollback ended before it")
        #expect(back["properties"]?["incomplete"]?.string?.isEmpty == false)
    }

    @Test func `a rehearsal is a suite of its own: whether each step came back, and whether it holds`() throws {
        try project.write(
            """
            runbook: proven
            owner: x
            fingerprint: {state: cat state 2>/dev/null || echo none}
            steps:
              - {id: look, name: Look, owner: x, run: "true", expect: nothing, rollback: {none: reads only}}
              - {id: make, name: Make, owner: x, run: echo new >state, expect: it is there, rollback: rm state}

            """, to: "runbooks/proven.yaml")
        let run = project.rehearse("run", "proven", "-e", "staging", "--rehearsal", "--no-input")
        #expect(run.status == 0, "\(run)")
        let suite = try #require(try junit(report("last", "--format", "junit").output)["suites"]?.sequence?.last)
        #expect(suite["name"]?.string == "rehearsal of proven on staging")
        #expect(
            strings(suite["cases"]) == [
                "way back of look | skipped | reads only", "way back of make | passed",
                "the rehearsal holds | passed",
            ])
        let page = report("last", "--format", "html").output
        #expect(page.contains("holds: forward, back to what was there before, and forward again"))
        #expect(page.contains("<th>Forward again</th>"))
    }

    @Test func `the page is one file that loads nothing, and shows what was printed as text`() throws {
        try failedRun(isUndoable: true)
        let page = report("last", "--format", "html").output
        #expect(page.hasPrefix("<!doctype html>\n") && page.hasSuffix("</html>\n"))
        for text in ["src=", "href=", "@import", "url("] { #expect(!page.contains(text), "\(text)") }
        #expect(page.contains("checking &lt;all&gt;"))
        #expect(!page.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x01 })
        #expect(page.contains("&lt;b&gt;why&lt;/b&gt; &amp; how"))
        #expect(page.contains("data-name=\"deploy\"") && page.contains("data-state=\"FAILED\""))
        #expect(page.contains("rehearse history show "))
    }

    @Test func `a report is made of the record alone`() throws {
        try failedRun(isUndoable: true)
        let before = ["markdown", "html", "junit", "json"].map { report("last", "--format", $0).output }
        // Neither runbooks nor environments are asked; only what runs left behind.
        #expect(project.rehearse.shell("rm -rf runbooks templates environments undoable").status == 0)
        let after = ["markdown", "html", "junit", "json"].map { report("last", "--format", $0).output }
        #expect(before == after)
        #expect(
            report("last", "--format", "json").output
                == project.rehearse("history", "show", "last", "--format", "json").output)
    }

    @Test(arguments: ["markdown", "html", "junit", "json"])
    func `no format shows a secret, and -o writes what is printed otherwise`(format: String) throws {
        try failedRun(isUndoable: true)
        let printed = report("last", "--format", format).output
        #expect(!printed.contains("canary-1f2e3d4c"))
        let answer = project.rehearse("report", "last", "--format", format, "-o", "out.txt")
        #expect(answer.status == 0 && answer.output == "" && answer.error == "wrote out.txt\n", "\(answer)")
        #expect(try project.folder.text(of: "out.txt") == printed)
    }

    @Test func `what a step printed is no command to GitHub's runner`() throws {
        try failedRun(isUndoable: true)
        var job = project.rehearse
        job.environment["GITHUB_ACTIONS"] = "true"
        for format in ["markdown", "junit"] {
            let lines = job("report", "last", "--format", format).output.split(separator: "\n")
            #expect(lines.contains { $0.contains("not healthy") })
            #expect(!lines.contains { $0.hasPrefix("::") }, "\(format)")
        }
    }

    /// GitHub drops a step summary above 1 MiB without a word: actions/runner#4337.
    @Test func `Markdown stays below a megabyte, and says what it left out`() throws {
        // Each of them runs, and fails, whatever the ones before have done.
        let loud = (1...4).map { number in
            """
              - id: loud-\(number)
                name: Loud
                owner: backend
                always: true
                run: head -c 400000 /dev/zero | tr '\\0' x | fold -w 99; exit 1
                expect: silence
                rollback: {none: prints only}

            """
        }
        try project.write("runbook: loud\nowner: x\nsteps:\n" + loud.joined(), to: "runbooks/loud.yaml")
        let run = project.rehearse("run", "loud", "-e", "staging", "--on-failure", "stop", "--no-input")
        #expect(run.status == 1, "\(run.error)")
        let text = report("last", "--format", "markdown").output
        #expect(text.utf8.count < 1_000_000)
        #expect(text.utf8.count > 500_000)
        #expect(text.contains(" left out, as the page may not be larger: `rehearse history log "))
        // A page of a browser shows the ends of each log instead.
        #expect(report("last", "--format", "html").output.utf8.count < 200_000)
    }

    // MARK: - An environment

    @Test func `an environment's report counts its last runs, rollbacks and people`() throws {
        try failedRun(isUndoable: true)
        try project.write("", to: "healthy")
        for _ in 0..<2 {
            let run = project.rehearse("run", "other", "-e", "staging", "--no-input")
            #expect(run.status == 0, "\(run)")
        }
        #expect(project.rehearse("run", "other", "-e", "production", "--no-input").status == 0)
        let found = json(report("staging", "--format", "json").output)
        #expect(found["environment"]?.string == "staging")
        let summary = found["summary"]
        #expect(summary?["runs"]?.integer == 3)
        #expect(summary?["succeeded"]?.integer == 2)
        #expect(summary?["success_rate"]?.spelling == "0.666")
        #expect(summary?["rollbacks"]?["automatic"]?.integer == 1)
        #expect(found["runbooks"]?.sequence?.compactMap { $0["name"]?.string } == ["other", "release"])
        #expect(found["people"]?.sequence?.first?["runs"]?.integer == 3)
        #expect(found["runs"]?.sequence?.count == 3)
        let markdown = report("staging").output
        #expect(markdown.hasPrefix("# Runs on staging: 2 of 3 succeeded (66 %), 1 rolled back\n"))
        #expect(markdown.ranges(of: "| `2").count == 3, "\(markdown)")
        let suites = try junit(report("staging", "--format", "junit").output)["suites"]
        let cases = strings(suites?.sequence?.first?["cases"])
        #expect(cases.count == 3)
        #expect(cases.first?.contains(" | failure rolled_back| rolled back, step deploy: exit 7") == true, "\(cases)")
        #expect(report("staging", "--format", "html").output.contains("Search run, runbook, person, reason"))
        #expect(json(report("staging", "-n", "1", "--format", "json").output)["summary"]?["runs"]?.integer == 1)
    }

    @Test(arguments: [
        ("nobody", "no run is called `nobody`"), ("production", "there is no run on `production`"),
        ("last", "there are no runs yet"),
    ])
    func `what there is nothing to report on is exit 2`(word: String, message: String) {
        let answer = project.rehearse("report", word)
        #expect(answer.status == 2 && answer.output == "")
        #expect(answer.error.hasPrefix("error: \(message)\n"), "\(answer)")
    }

    @Test func `a file that cannot be written is exit 5`() throws {
        #expect(project.rehearse("run", "other", "-e", "staging", "--no-input").status == 0)
        let answer = project.rehearse("report", "last", "-o", "no/such/folder/x")
        #expect(answer.status == 5, "\(answer)")
    }
}

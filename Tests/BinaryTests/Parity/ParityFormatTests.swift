import Host
import TestSupport
import Testing
import YAML

@Suite struct `What diff prints` {
    private func repository() throws -> ParityProject {
        let repository = try ParityProject()
        try repository.edit("environments/staging.yaml", "WORKERS: 4", "WORKERS: \"4\"\n  EXTRA: x")
        try repository.edit(
            "environments/parity.yaml", "rules:\n",
            "rules:\n  - {name: old, path: values.GONE, allow: any, reason: r, owner: o}\n")
        return repository
    }

    @Test func `the JSON is what its schema says`() throws {
        let repository = try repository()
        let schema = json(repository.rehearse("schema", "diff").output)
        let report = json(repository.rehearse("diff", "staging", "production", "--format", "json").output)
        #expect(JSONSchema(root: schema).problems(of: report) == [])
        #expect(report["differences"]?.sequence?.count == 4)
        // And the schema says something: what lacks a key, or has another type, is found.
        var broken = report
        broken.value = .mapping(report.mapping?.mapValues { $0.key == "summary" ? .mapping([]) : $0.value } ?? .init())
        #expect(JSONSchema(root: schema).problems(of: broken).contains("$.summary has no drift"))
    }

    @Test(arguments: [
        ("text", "staging and production: 2 drift"), ("json", "{\n  \"schema\": 1,"),
        ("markdown", "### Parity of `staging` and `production`: drift\n"), ("github", "::error file=environments/"),
        ("html", "<!doctype html>"), ("brief", "staging and production: 2 drift, 2 accepted, "),
    ])
    func `every format goes to standard output or to a file, and to nothing else`(format: String, start: String) throws
    {
        let repository = try repository()
        let answer = repository.rehearse("diff", "staging", "production", "--format", format)
        #expect(answer.status == 1)
        #expect(answer.error == "")
        #expect(answer.output.hasPrefix(start), "\(answer.output)")
        let written = repository.rehearse("diff", "staging", "production", "--format", format, "-o", "report")
        #expect(written.status == 1)
        #expect(written.output == "")
        #expect(written.error.hasPrefix("staging and production: 2 drift"))
        #expect(try repository.project.folder.text(of: "report") == answer.output)
        let refused = repository.rehearse("diff", "staging", "production", "--format", format, "-o", "no/such/folder")
        #expect(refused.status == 5)
        #expect(refused.error.contains("no/such/folder"))
    }

    @Test func `in GitHub Actions the runner is told without being asked, and the result stays what it is`() throws {
        var repository = try repository()
        repository.project.rehearse.environment["GITHUB_ACTIONS"] = "true"
        repository.project.rehearse.environment["GITHUB_STEP_SUMMARY"] = repository.project.folder("summary.md")
        let answer = repository.rehearse("diff", "staging", "production", "--format", "json")
        #expect(answer.status == 1)
        #expect(json(answer.output)["schema"]?.integer == 1)
        let lines = answer.error.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines[0].hasPrefix("::error file=environments/staging.yaml,line=8,col=10,endColumn=11,title=parity drift"),
            "\(lines[0])")
        #expect(lines[1].contains("file=environments/staging.yaml,line=7,"))
        #expect(lines[2].hasPrefix("::warning file=environments/parity.yaml,line=3,"))
        let summary = try repository.project.folder.text(of: "summary.md")
        #expect(summary.hasPrefix("### Parity of `staging` and `production`: drift\n"))
        // A second comparison adds its page.
        _ = repository.rehearse("diff", "staging", "staging")
        #expect(try repository.project.folder.text(of: "summary.md").hasPrefix(summary))
    }

    @Test func `a text of a compared file is no command of the runner`() throws {
        var project = try CommandProject([
            "a.yaml": "x: |\n  one\n  ::add-mask::x\n  ##[set-output]y\n  two\n", "b.yaml": "x: |\n  one\n  two\n",
        ])
        project.rehearse.environment["GITHUB_ACTIONS"] = "true"
        for format in ["text", "markdown", "html"] {
            let answer = project.rehearse("diff", "a.yaml", "b.yaml", "--format", format)
            for line in answer.output.split(separator: "\n") {
                let text = line.drop { $0 == " " }
                #expect(!text.hasPrefix("::"), "\(format): \(line)")
                #expect(!text.contains("##["), "\(format): \(line)")
            }
        }
    }

    /// https://github.com/actions/runner/issues/4337: a page over the limit is dropped as a whole, and silently.
    @Test func `PEERS 23: a page beyond a mebibyte is shortened and says so`() throws {
        var project = try CommandProject([:])
        let values = (0..<9_000).map { "  KEY_\($0): \(String(repeating: "v", count: 100))\n" }.joined()
        try project.write("a:\n\(values)", to: "a.yaml")
        try project.write("a:\n\(values.replacing("vv", with: "w"))", to: "b.yaml")
        project.rehearse.environment["GITHUB_ACTIONS"] = "true"
        project.rehearse.environment["GITHUB_STEP_SUMMARY"] = project.folder("summary.md")
        try project.write(String(repeating: "x", count: 200_000) + "\n", to: "summary.md")
        let answer = project.rehearse("diff", "a.yaml", "b.yaml", "--format", "brief")
        #expect(answer.status == 1)
        let size = try Files.live.status(project.folder("summary.md"))?.size ?? 0
        #expect(size > 900_000 && size < 1 << 20, "\(size)")
        let page = try project.folder.text(of: "summary.md")
        #expect(page.contains(" more, left out here for their length"))
        // Ten annotations are all that is shown of a step.
        let annotations = answer.error.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(annotations.count == 10)
        #expect(annotations.last?.contains("8991 more") == true)
    }

    @Test func `two columns stand beside one another where there is room`() throws {
        var repository = try repository()
        repository.project.rehearse.environment["COLUMNS"] = "80"
        let answer = repository.rehearse("diff", "staging", "production", "--side-by-side")
        #expect(answer.output.contains("\n    \"4\"                                  │ 4\n"), "\(answer.output)")
        repository.project.rehearse.environment["COLUMNS"] = "40"
        let narrow = repository.rehearse("diff", "staging", "production", "--side-by-side")
        #expect(narrow.output == repository.rehearse("diff", "staging", "production").output)
        for line in narrow.output.split(separator: "\n").dropFirst() { #expect(line.count <= 40, "\(line)") }
    }
}

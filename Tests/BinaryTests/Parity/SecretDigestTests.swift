import Host
import TestSupport
import Testing
import YAML

@Suite struct `Comparing secrets` {
    private static let canary = "hunter2-canary-4711"
    private static let other = "hunter2-canary-0815-longer"

    /// Staging and production have SAME alike, OTHER not, and MOVED alike from another source.
    private func project() throws -> CommandProject {
        var files = CommandProject.small
        for name in ["staging", "production"] {
            let moved = name == "staging" ? "{env: MOVED}" : "{file: moved.txt}"
            files["environments/\(name).yaml"] =
                "environment: \(name)\nsecrets: {SAME: {env: SAME}, OTHER: {file: \(name).txt}, MOVED: \(moved)}\n"
        }
        files["staging.txt"] = "\(Self.canary)\n"
        files["production.txt"] = "\(Self.other)\n"
        files["moved.txt"] = "\(Self.canary)-moved\n"
        return try CommandProject(
            files, ["SAME": "\(Self.canary)-same", "MOVED": "\(Self.canary)-moved"])
    }

    /// helm-diff#103, #235: what masks everything hides what changed, too.
    @Test func `PEERS 15: for every name it is told whether it is there, came from elsewhere, or is the same`() throws {
        let project = try project()
        let plain = json(project.rehearse("diff", "staging", "production", "--format", "json").output)
        #expect(
            plain["differences"]?.sequence?.compactMap { $0["path"]?.string } == [
                "secrets.MOVED", "secrets.OTHER.file",
            ])
        let answer = project.rehearse("diff", "staging", "production", "--secret-digests", "--format", "json")
        #expect(answer.status == 1, "\(answer)")
        let report = json(answer.output)
        #expect(
            report["differences"]?.sequence?.compactMap { $0["path"]?.string }
                == ["secrets.MOVED", "secrets.OTHER.digest", "secrets.OTHER.file"])
        // SAME is the same in value and source, MOVED in value.
        #expect(report["summary"]?["equal"]?.integer == 3)
        let digest = report["differences"]?.sequence?[1]
        #expect(digest?["left"]?.string == "[not shown]")
        #expect(digest?["right"]?.string == "[not shown]")
        let text = project.rehearse("diff", "staging", "production", "--secret-digests").output
        #expect(text.contains("~ OTHER.digest  (the values are not the same)"), "\(text)")
    }

    @Test func `two comparisons share nothing that could be kept`() throws {
        let project = try project()
        let answers = (0..<2).map { _ in
            project.rehearse("diff", "staging", "production", "--secret-digests", "--format", "json").output
        }
        // Nothing of a digest is printed, so that both are the same text, and no run of hexadecimal digits is in it.
        #expect(answers[0] == answers[1])
        var run = 0
        for character in answers[0] {
            run = character.isHexDigit ? run + 1 : 0
            #expect(run < 16)
        }
    }

    @Test(arguments: ["text", "json", "markdown", "github", "html", "brief"])
    func `no value and no length appears in any format, or in a failure`(format: String) throws {
        var project = try project()
        project.rehearse.environment["GITHUB_ACTIONS"] = "true"
        project.rehearse.environment["GITHUB_STEP_SUMMARY"] = project.folder("summary.md")
        // The same text in a place that is compared and shown.
        for name in ["staging", "production"] {
            try project.write(
                try project.folder.text(of: "environments/\(name).yaml")
                    + "config: {note: \"\(name) \(Self.canary)-same\"}\n",
                to: "environments/\(name).yaml")
        }
        let answer = project.rehearse("diff", "staging", "production", "--secret-digests", "--format", format)
        #expect(answer.status == 1)
        let explained = project.rehearse(
            "diff", "staging", "production", "--secret-digests", "--explain", "config.note")
        #expect(explained.output.contains("[secret SAME]"))
        project.rehearse.environment["SAME"] = nil
        let failed = project.rehearse("diff", "staging", "production", "--secret-digests", "--format", format)
        #expect(failed.status == 2)
        #expect(failed.error.contains("SAME"))
        let page = try project.folder.text(of: "summary.md")
        for text in [answer.output, answer.error, explained.output, failed.output, failed.error, page] {
            #expect(!text.contains("hunter2"), "\(text)")
        }
    }

    @Test func `what a run kept has no values, and that is said`() throws {
        let project = try project()
        #expect(project.rehearse("run", "release", "-e", "staging", "--no-input").status == 0)
        let id = try Files.live.list(project.folder(".rehearse/runs"))[0]
        let kept = try project.folder.text(of: ".rehearse/runs/\(id)/compared.yaml")
        #expect(kept.contains("SAME"))
        #expect(!kept.contains("hunter2"))
        let answer = project.rehearse("diff", "staging@deployed", "staging", "--secret-digests")
        #expect(answer.status == 2)
        #expect(answer.error.hasPrefix("error: `staging@deployed` has no values of secrets to compare"))
        #expect(project.rehearse("diff", "staging@deployed", "staging").status == 0)
    }
}

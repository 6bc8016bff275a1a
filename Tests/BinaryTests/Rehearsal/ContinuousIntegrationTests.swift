import Diagnostics
import Host
import TestSupport
import Testing
import YAML

/// The workflow that the README shows for GitHub Actions, its `run:` lines taken out and executed.
@Suite struct `The workflow of the README` {
    private static let path = ".github/workflows/release.yaml"

    /// The commands of a job, in order.
    private func commands(of job: String) throws -> [String] {
        let readme = try RepositoryFiles.text("README.md")
        let start = try #require(readme.firstRange(of: "```yaml\n# \(Self.path)\n"))
        let text = readme[start.upperBound...]
        let end = try #require(text.firstRange(of: "\n```"))
        let source = SourceText.document(String(text[..<end.lowerBound]) + "\n")
        let steps = try #require(source["jobs"]?[job]?["steps"]?.sequence, "no job `\(job)`")
        let commands = steps.compactMap { $0["run"]?.string }
        try #require(!commands.isEmpty)
        return commands
    }

    /// A runner's job in a fresh clone: each command in a shell of its own until one fails, as `bash -e` there.
    ///
    /// - Parameter number: tells its clone from others.
    private func run(
        _ job: String, _ number: Int = 1, of project: GatedProject
    ) throws -> (status: Int32, told: String) {
        let project = try project.clone("\(job)-\(number)")
        let summary = project.scratch("summary.md")
        var rehearse = project.rehearse
        rehearse.environment.merge([
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary, "GITHUB_ACTOR": "ann",
            "GITHUB_REF_NAME": "main", "GITHUB_RUN_ID": "4711",
            "GITHUB_SHA": try project.shell("git rev-parse HEAD").split(separator: "\n").joined(),
        ]) { $1 }
        var told = ""
        for command in try commands(of: job) {
            let answer = rehearse.shell("rehearse() { \"$REHEARSE\" \"$@\"; }\n\(command)")
            told += answer.output + answer.error
            guard answer.status == 0 else { return (answer.status, told) }
        }
        return (0, told)
    }

    private func project() throws -> GatedProject {
        let project = try GatedProject(
            gate: "{parity: {with: staging}, rehearsed: {on: staging, within: 7d}, branch: main}", isShared: true)
        try project.scratch.write(
            """
            rules:
              - {name: small, path: "values.*", allow: changed, reason: one host, owner: platform}
              - {name: one, path: compose.services.web.deploy.replicas, allow: changed, reason: one host, owner: platform}

            """, to: "app/environments/parity.yaml")
        try project.shell("git add -A; git commit -qm rules; git push -q")
        return project
    }

    @Test func `a job on the main branch rehearses, and the job of production gates itself`() throws {
        let project = try project()
        let gate = try run("gate", of: project)
        #expect(gate.status == 0, "\(gate.told)")

        let early = try run("production", of: project)
        #expect(early.status == 1)
        #expect(early.told.contains("no rehearsal of `deploy` on `staging` is recorded"), "\(early.told)")
        #expect(try project.scratch.text(of: "world/production") == "1.4.1\n")

        let rehearsal = try run("rehearsal", of: project)
        #expect(rehearsal.status == 0, "\(rehearsal.told)")
        let production = try run("production", 2, of: project)
        #expect(production.status == 0, "\(production.told)")
        #expect(try project.scratch.text(of: "world/production") == "1.4.2\n")
        #expect(try project.scratch.text(of: "summary.md").contains("the gate of production is open"))

        try project.shell("git commit -q --allow-empty -m next; git push -q")
        let late = try run("production", 3, of: project)
        #expect(late.status == 1)
        #expect(late.told.contains("the commit changed"))
    }

    @Test func `a pull request that brings drift is told so`() throws {
        let project = try project()
        try project.shell(
            "echo 'url: http://127.0.0.1' >>environments/staging.yaml; git commit -qam drift; git push -q")
        #expect(try run("gate", of: project).status == 1)
    }
}

/// YAML that a test reads.
private enum SourceText {
    static func document(_ text: String) -> Node {
        var problems: [Diagnostic] = []
        let file = SourceFile(path: "workflow.yaml", text: text)
        let node = Loading.document(file, id: FileID(index: 0), options: .template, problems: &problems)
        if problems.hasErrors { Issue.record("\(problems)") }
        return node ?? .null
    }
}

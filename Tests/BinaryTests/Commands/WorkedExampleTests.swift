import CLI
import Deployment
import Diagnostics
import Engine
import Host
import TestSupport
import Testing
import YAML

/// `environments/`, `templates/` and `runbooks/` at the top level of the repository.
@Suite struct `The worked example` {
    private static let folders = ["environments", "templates", "runbooks", "runbooks/checks"]

    private static func paths() throws -> [String] {
        try folders.flatMap { folder in
            try RepositoryFiles.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
        }
    }

    private var project: Project { Project(root: RepositoryFiles.root, host: .live()) }

    @Test func `every environment is loaded without a word`() throws {
        let names = try RepositoryFiles.names(in: "environments").filter { $0 != "parity.yaml" }
        #expect(names.count >= 3)
        for name in names {
            let problems = Problems()
            var sources = SourceTable()
            let valid = try #require(EnvironmentName(String(name.dropLast(5))))
            let manifest = EnvironmentReader(reader: project.reader, problems: problems).read(valid, sources: &sources)
            #expect(manifest?.name == valid)
            #expect(problems.all == [], "\(name)")
        }
    }

    @Test func `every runbook is loaded without a word`() throws {
        let names = try RepositoryFiles.names(in: "runbooks").filter { $0.hasSuffix(".yaml") }
        #expect(names.count >= 2)
        for name in names {
            let problems = Problems()
            var sources = SourceTable()
            let runbook = RunbookReader(reader: project.reader, problems: problems)
                .read(String(name.dropLast(5)), sources: &sources)
            #expect(runbook?.name == String(name.dropLast(5)))
            #expect(problems.all == [], "\(name)")
        }
    }

    @Test func `the parity rules are loaded without a word`() throws {
        let loader = ProjectLoader(project)
        #expect(loader.rules() != nil)
        #expect(loader.problems.all == [])
    }

    @Test func `every template is rendered for every environment that is deployed`() throws {
        for name in ["staging", "production"] {
            let loader = ProjectLoader(project)
            let manifest = try #require(loader.environment(name))
            let used = Set(manifest.compose?.files.map { "templates/\($0.value)" } ?? [])
            #expect(try used == Set(RepositoryFiles.names(in: "templates").map { "templates/\($0)" }))
            #expect(loader.rendering(of: manifest, outputFolder: ".") != nil)
            #expect(loader.problems.all == [])
        }
    }

    @Test func `the program finds all of them valid`() throws {
        let answer = RehearseBinary(in: RepositoryFiles.root)("check", "--format", "json")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        let document = json(answer.output)
        #expect(document["files"]?.sequence?.compactMap(\.string) == (try Self.paths()).sorted())
        #expect(document["errors"]?.sequence?.count == 0)
        #expect(document["warnings"]?.sequence?.count == 0)
    }

    @Test func `staging resembles production, and every rule explains something`() throws {
        let answer = RehearseBinary(in: RepositoryFiles.root)("diff", "staging", "production", "--format", "json")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        #expect(json(answer.output)["stale_rules"]?.sequence?.compactMap(\.string) == [])
    }

    @Test func `what init writes are these files, byte for byte`() throws {
        let embedded = Dictionary(uniqueKeysWithValues: WorkedExample.files.map { ($0.path, $0.text) })
        #expect(embedded.keys.sorted() == (try Self.paths()).sorted())
        for path in try Self.paths() { #expect(embedded[path] == (try RepositoryFiles.text(path)), "\(path)") }
    }

    @Test func `embedding them again changes nothing`() throws {
        let copy = try CommandProject([:])
        for path in try Self.paths() + [".ci/embed-example", "Sources/CLI/Init/WorkedExample.swift"] {
            try copy.write(try RepositoryFiles.text(path), to: path)
        }
        try copy.write("", to: "Sources/CLI/Init/WorkedExample.swift")
        let answer = copy.rehearse.run(["bash", ".ci/embed-example"])
        #expect(answer.status == 0)
        #expect(answer.output == "")
        #expect(answer.error == "")
        let path = "Sources/CLI/Init/WorkedExample.swift"
        #expect(try copy.folder.text(of: path) == RepositoryFiles.text(path))
    }
}

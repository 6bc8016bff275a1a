import Engine
import Host
import TestSupport
import Testing
import YAML

/// The worked example as a team has it: the service with its environments, templates and runbooks, and an `origin`.
struct ReleaseProject: Sendable {
    let scratch: ScratchDirectory
    var rehearse: RehearseBinary

    static let repository = RehearseBinary.repository

    /// Whether the service's Python tools are there.
    static let hasTools =
        repository.map { (try? Files.live.resolve("\($0)/.venv/bin/ruff")) != nil } ?? false
    static let whyNot: Comment = "the service's Python tools are not in .venv/: .ci/install demo"

    /// Made once, copied for every test.
    private static let template = Result<ScratchDirectory, any Error> {
        let scratch = try ScratchDirectory()
        let made = RehearseBinary(in: scratch.path).run(["\(try #require(repository))/.ci/example", scratch.path])
        try #require(made.status == 0, "\(made)")
        return scratch
    }

    init() throws {
        let template = try Self.template.get()
        scratch = try ScratchDirectory()
        let tools = "\(try #require(Self.repository))/.venv"
        let path = Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"
        rehearse = RehearseBinary(
            in: scratch("uploads"),
            [
                "PATH": "\(tools)/bin:\(path)", "VIRTUAL_ENV": tools, "HOME": scratch.path,
                "DATABASE_URL": "sqlite:////data/uploads.db", "SESSION_SECRET": "a-canary-of-the-release",
            ])
        let copied = RehearseBinary(in: scratch.path).run(["cp", "-a", "\(template.path)/.", scratch.path])
        try #require(copied.status == 0, "\(copied)")
    }

    func release(_ version: String = "1.5.0", _ more: String...) -> RehearseBinary.Answer {
        rehearse.run(
            [RehearseBinary.path, "run", "release", "-e", "staging", "--input", "VERSION=\(version)"] + more,
            within: .seconds(120))
    }

    func callAsFunction(_ arguments: String...) -> RehearseBinary.Answer {
        rehearse.run([RehearseBinary.path] + arguments)
    }

    /// Runs a shell text in the project, which must succeed, and returns what it printed.
    @discardableResult func shell(_ text: String) throws -> String {
        let answer = rehearse.shell(text)
        try #require(answer.status == 0, "\(text): \(answer)")
        return answer.output
    }

    /// Commits and pushes an edit, so that nothing but the edit stands in the way of a release.
    func commit(_ edit: String) throws { try shell("\(edit); git add -A; git commit -qm edit; git push -q") }

    /// The tags here and on `origin`, by name.
    func tags() throws -> (here: [String], there: [String]) {
        let here = try shell("git tag --list").split(separator: "\n").map(String.init)
        let there = try shell("git -C ../origin.git tag --list").split(separator: "\n").map(String.init)
        return (here, there)
    }

    func record(_ run: String = "last") throws -> RunRecord {
        let shown = self("history", "show", run, "--format", "json")
        try #require(shown.status == 0, "\(shown)")
        return try NodeDecoder.decode(RunRecord.self, from: try JSONReader.read(Array(shown.output.utf8)))
    }

    var hasState: Bool { (try? Files.live.status("\(rehearse.directory)/.rehearse")) ?? nil != nil }

    /// Puts a step that can be undone in front of the checklist, so that there is something to roll back.
    func prependStep(_ command: String = "true") throws {
        let step = """
              - id: announce
                name: Announce
                owner: platform
                run: "\(command); echo began >>../announced"
                expect: it is announced
                rollback: echo undone >>../announced
            """
        let runbook = try Files.live.read("\(rehearse.directory)/runbooks/release.yaml", 1 << 20)
        let text = String(decoding: runbook, as: UTF8.self).replacing("\nsteps:\n", with: "\nsteps:\n\(step)\n\n")
        try Files.live.replace("\(rehearse.directory)/runbooks/release.yaml", Array(text.utf8), 0o644)
    }

    /// What the step of `prependStep` and its undo wrote.
    var announced: [String] {
        // No file: it did not run.
        ((try? scratch.text(of: "announced")) ?? "").split(separator: "\n").map(String.init)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () throws -> Success) { self.init(catching: body) }
}

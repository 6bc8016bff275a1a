import Engine
import Host
import TestSupport
import Testing

@Suite struct `Going on after a failure` {
    /// The second step fails until a file is there.
    private func stopped(_ more: String...) throws -> TraceProject {
        let second = TracedStep("two", "trace two; test -e mended", more[...])
        let project = try TraceProject([.traced("one"), second, .traced("three")])
        let answer = project.run("--on-failure", "stop")
        #expect(answer.status == 1, "\(answer)")
        #expect(project.trace == ["one", "two"])
        #expect(try project.record().status == .failed)
        #expect(try !project.record().settled)
        try project.forgetTrace()
        return project
    }

    @Test func `an idempotent step is run again without asking`() throws {
        let project = try stopped("idempotent: true")
        try project.scratch.write("", to: "mended")
        #expect(project("resume", "last").status == 0)
        #expect(project.trace == ["two", "three"])
        let record = try project.record()
        #expect(record.status == .succeeded)
        #expect(record.settled)
        #expect(record.step("two")?.attempts.map(\.exit) == [1, 0])
        #expect(project("history", "verify").status == 0)
        try project.forgetTrace()
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["undo-three", "undo-two", "undo-one"])
    }

    @Test func `any other step asks what became of it`() throws {
        let project = try stopped()
        let answer = project("resume", "last")
        #expect(answer.status == 4)
        for word in ["done", "not-done", "rerun"] { #expect(answer.error.contains("--assume \(word)")) }
        #expect(project.trace.isEmpty)
    }

    @Test(arguments: [("done", ["three"]), ("not-done", ["two", "three"]), ("rerun", ["two", "three"])])
    func `each answer is acted upon and recorded`(word: String, trace: [String]) throws {
        let project = try stopped()
        try project.scratch.write("", to: "mended")
        let answer = project("resume", "last", "--assume", word)
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == trace)
        let record = try project.record()
        #expect(record.steps.map(\.status) == [.succeeded, .succeeded, .succeeded])
        #expect(record.resumed.map(\.reason) == [word])
        try project.forgetTrace()
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["undo-three", "undo-two", "undo-one"])
    }

    @Test func `a step that is run again still leads back to what stood before the first time`() throws {
        let project = try TraceProject([
            TracedStep(
                "one", "echo new >state; test -e mended", undo: "echo \"$WAS\" >state", "capture: {WAS: cat state}",
                "idempotent: true")
        ])
        try project.scratch.write("old\n", to: "state")
        #expect(project.run("--on-failure", "stop").status == 1)
        try project.scratch.write("", to: "mended")
        #expect(project("resume", "last").status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(try project.scratch.text(of: "state") == "old\n")
    }

    @Test func `a step that its skip_if finds done on a resume is undone all the same`() throws {
        let project = try TraceProject([
            TracedStep(
                "one", "trace one; echo x >made; exit 1", undo: "trace undo-one; rm made", "skip_if: test -e made",
                "idempotent: true")
        ])
        #expect(project.run("--on-failure", "stop").status == 1)
        #expect(project("resume", "last").status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["one", "undo-one"])
    }

    @Test func `a rendering that is written again still leads back to the file before`() throws {
        let project = try TraceProject(
            [], environment: "values: {TAG: \"2\"}\ncompose: {project: p, files: [compose.yaml]}")
        try Files.live.makeDirectory(project.scratch("templates"), 0o755)
        try project.scratch.write("services: {web: {image: \"web:${TAG}\"}}\n", to: "templates/compose.yaml")
        try project.scratch.write(
            """
            runbook: work
            owner: tester
            steps:
              - {id: render, name: Render, owner: tester, render: {output: out.yaml}, expect: written, verify: test -e mended, idempotent: true}

            """, to: "runbooks/work.yaml")
        try project.scratch.write("by hand\n", to: "out.yaml")
        #expect(project.run("--on-failure", "stop").status == 1)
        try project.scratch.write("", to: "mended")
        #expect(project("resume", "last").status == 0)
        #expect(try project.scratch.text(of: "out.yaml").contains("web:2"))
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(try project.scratch.text(of: "out.yaml") == "by hand\n")
    }

    @Test func `the frozen plan goes on, whatever the runbook says today`() throws {
        let project = try stopped("idempotent: true")
        try project.write([.traced("other")])
        try project.scratch.write("", to: "mended")
        #expect(project("resume", "last").status == 0)
        #expect(project.trace == ["two", "three"])
    }

    // MARK: - The three ways on

    @Test func `the next run waits and names the three ways on`() throws {
        let project = try stopped()
        let answer = project.run()
        #expect(answer.status == 4)
        let run = try #require(project.runs.last)
        for way in ["rehearse resume \(run)", "rehearse rollback \(run)", "rehearse history close \(run) --reason"] {
            #expect(answer.error.contains(way), "\(answer)")
        }
        #expect(project.trace.isEmpty)
        #expect(project.runs.count == 1)
    }

    @Test(arguments: [
        ["resume", "last", "--assume", "rerun"], ["rollback", "last", "--yes"],
        ["history", "close", "last", "--reason", "mended by hand"],
    ])
    func `each of the three lets the next run begin`(way: [String]) throws {
        let project = try stopped()
        try project.scratch.write("", to: "mended")
        let answer = project.rehearse.run([RehearseBinary.path] + way)
        #expect(answer.status == 0, "\(answer)")
        #expect(try project.record().settled)
        #expect(project.run().status == 0)
    }

    @Test func `a closed run says who closed it and why, and is left alone from then on`() throws {
        let project = try stopped()
        #expect(project("history", "close", "last").status == 2, "a reason is needed")
        #expect(project("history", "close", "last", "--reason", "undone by hand").status == 0)
        let record = try project.record()
        #expect(record.status == .closed)
        #expect(record.closed?.reason == "undone by hand")
        #expect(project("resume", "last").status == 2)
        #expect(project("history", "close", "last", "--reason", "again").status == 0)
        #expect(try project.record().closed?.reason == "undone by hand")
    }
}

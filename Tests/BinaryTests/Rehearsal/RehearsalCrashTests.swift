import Engine
import Glibc
import Host
import TestSupport
import Testing

/// `kill -9` in each phase of a rehearsal.
@Suite struct `A rehearsal that is killed` {
    /// Where it hangs, by how often the step has run so far.
    private static func project(hangingAt word: String, time: Int) throws -> TraceProject {
        func step(_ id: String) -> TracedStep {
            TracedStep(
                id, "trace \(id); hang \(id); echo \(id) >world",
                undo: #"trace undo-\#(id); hang undo-\#(id); echo "$BEFORE" >world"#,
                "capture: {BEFORE: cat world}", "idempotent: true")
        }
        let project = try TraceProject(
            [step("one"), step("two"), step("three")], head: "fingerprint: {world: cat world}",
            environment: "values: {BASH_ENV: unused}")
        // A function that every command has: hangs at one place, as long as a file says so.
        let text = try project.scratch.text(of: "runbooks/work.yaml").replacing(
            #"trace() { echo \"$1\" >>trace; }; "#,
            with:
                #"trace() { echo \"$1\" >>trace; }; hang() { test -e go || test \"$1\" != \#(word) || test \"$(grep -cx \"$1\" trace)\" != \#(time) || { echo yes >ready; exec sleep 7340; }; }; "#
        )
        try project.scratch.write(text, to: "runbooks/work.yaml")
        try project.scratch.write("old\n", to: "world")
        return project
    }

    private static func killed(_ project: TraceProject) throws {
        let started = try project.start("--rehearsal")
        _ = try project.scratch.awaitFile("ready")
        started.send(SIGKILL)
        _ = try started.wait()
        try project.scratch.write("", to: "go")
    }

    @Test func `going forward is carried on to its end, back and forward again included`() throws {
        let project = try Self.project(hangingAt: "two", time: 1)
        try Self.killed(project)
        #expect(try project.record().status == .crashed)
        #expect(try project.record().rehearsed?.problem == "its process went away")
        #expect(project.run().status == 4)
        let resumed = project("resume", "last", "--kill-orphan")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(
            project.trace == [
                "one", "two", "two", "three", "undo-three", "undo-two", "undo-one", "one", "two", "three",
            ])
        #expect(try project.record().rehearsed?.held == true)
    }

    @Test func `going forward is undone by the record`() throws {
        let project = try Self.project(hangingAt: "two", time: 1)
        try Self.killed(project)
        let undone = project("rollback", "last", "--yes", "--kill-orphan")
        #expect(undone.status == 0, "\(undone)")
        #expect(project.trace == ["one", "two", "undo-two", "undo-one"])
        #expect(try project.scratch.text(of: "world") == "old\n")
        let record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.rehearsed?.held == false)
        #expect(record.rehearsed?.phase == .forward)
    }

    @Test func `on its way back is not resumed, and a rollback carries on exactly there`() throws {
        let project = try Self.project(hangingAt: "undo-two", time: 1)
        try Self.killed(project)
        var record = try project.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(record.steps.map(\.rollback.status) == [.pending, .unknown, .done])
        #expect(project.run().status == 4)
        let resumed = project("resume", "last", "--kill-orphan")
        #expect(resumed.status == 2, "\(resumed)")
        let undone = project("rollback", "last", "--yes", "--kill-orphan")
        #expect(undone.status == 0, "\(undone)")
        #expect(project.trace == ["one", "two", "three", "undo-three", "undo-two", "undo-two", "undo-one"])
        #expect(try project.scratch.text(of: "world") == "old\n")
        record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.rehearsed?.held == false)
        #expect(record.rehearsed?.problem == "it went back, and not forward again")
    }

    @Test func `going forward again is carried on, and holds`() throws {
        let project = try Self.project(hangingAt: "two", time: 2)
        try Self.killed(project)
        let record = try project.record()
        #expect(record.status == .crashed)
        #expect(record.rehearsed?.phase == .again)
        #expect(record.rehearsed?.step("two")?.back?.status == .done)
        #expect(record.steps.map(\.status) == [.succeeded, .unknown, .pending])
        let resumed = project("resume", "last", "--kill-orphan")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(Array(project.trace.suffix(4)) == ["one", "two", "two", "three"])
        #expect(try project.record().rehearsed?.held == true)
        #expect(try project.scratch.text(of: "world") == "three\n")
    }

    @Test func `going forward again is undone by the record`() throws {
        let project = try Self.project(hangingAt: "two", time: 2)
        try Self.killed(project)
        let undone = project("rollback", "last", "--yes", "--kill-orphan")
        #expect(undone.status == 0, "\(undone)")
        #expect(Array(project.trace.suffix(4)) == ["one", "two", "undo-two", "undo-one"])
        #expect(try project.scratch.text(of: "world") == "old\n")
        #expect(try project.record().rehearsed?.held == false)
    }

    @Test func `and of whose step a person says what became of it, holds no more`() throws {
        let project = try TraceProject([
            TracedStep("one", "trace one; test -e go || { echo yes >ready; exec sleep 7341; }")
        ])
        try Self.killed(project)
        let resumed = project("resume", "last", "--kill-orphan", "--assume", "done")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(project.trace == ["one", "undo-one", "one"])
        let rehearsed = try #require(try project.record().rehearsed)
        #expect(!rehearsed.held)
        #expect(rehearsed.problem?.contains("a person said") == true)
    }

    @Test func `at any line of its journal leaves a record that can be read, and a way on`() throws {
        let project = try TraceProject([`Rehearsing`.deploy], head: `Rehearsing`.fingerprint)
        try project.scratch.write("old\n", to: "world")
        #expect(project.run("--rehearsal").status == 0)
        let path = try project.path("journal.jsonl")
        let lines = try project.scratch.text(of: path).split(separator: "\n")
        #expect(lines.count > 10)
        for count in 1..<lines.count {
            try project.scratch.write(lines.prefix(count).map { $0 + "\n" }.joined(), to: path)
            try? Files.live.remove(project.scratch(try project.path("run.json")))
            let record = try project.record()
            #expect([.crashed, .rollbackIncomplete, .rolledBack].contains(record.status), "\(count): \(record.status)")
            #expect(record.rehearsed?.held == false, "\(count)")
            #expect(record.settled || record.commands.rollback != nil || record.commands.resume != nil, "\(count)")
            // The world as it was when the journal ended there.
            let isBack = record.step("deploy")?.rollback.status == .done
            try project.scratch.write(isBack ? "old\n" : "new\n", to: "world")
            let undone = project("rollback", "last", "--yes")
            #expect(undone.status == 0, "\(count): \(undone)")
            let isUndone = record.step("deploy")?.needsRollback == true
            #expect(try project.scratch.text(of: "world") == (isUndone || isBack ? "old\n" : "new\n"), "\(count)")
            #expect(try project.record().settled)
        }
    }
}

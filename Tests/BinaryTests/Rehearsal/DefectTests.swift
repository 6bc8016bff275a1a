import Deployment
import Engine
import Host
import TestSupport
import Testing

/// A rollback that is wrong in a way that people get wrong, and that a rehearsal has to find.
struct RollbackDefect: Sendable, CustomTestStringConvertible {
    let name: String
    let steps: [TracedStep]
    var head = "fingerprint: {world: cat world}"
    var isTwice = false
    var variables: [String: String] = [:]
    /// What the rehearsal has to say.
    let told: String

    var testDescription: String { name }

    private static func deploy(_ undo: String, _ more: String...) -> TracedStep {
        TracedStep("deploy", "cp world backup; echo new >world", undo: undo, more[...])
    }

    static let all = [
        RollbackDefect(
            name: "does nothing", steps: [deploy("true")], told: "`world` was old and is new"),
        RollbackDefect(
            name: "does nothing, and only a capture can tell", steps: [deploy("true", "capture: {BEFORE: cat world}")],
            head: "", told: "`deploy`: `BEFORE` was old and is new"),
        RollbackDefect(
            name: "does nothing, and only `skip_if` can tell", steps: [deploy("true", "skip_if: grep -q new world")],
            head: "", told: "`deploy`: its `skip_if` says that it is still done"),
        RollbackDefect(
            name: "says itself that it did not work", steps: [deploy("{run: 'true', verify: grep -q old world}")],
            head: "", told: "`grep -q old world` says no"),
        RollbackDefect(
            name: "breaks on the second call", steps: [deploy("mv backup world")], isTwice: true,
            told: "undoing `deploy` failed: the second time: exit 1"),
        RollbackDefect(
            name: "needs a file that is gone",
            steps: [deploy("cp backup world"), TracedStep("tidy", "rm backup", undo: "{none: tidies up}")],
            told: "undoing `deploy` failed: exit 1"),
        RollbackDefect(
            name: "undoes too much",
            steps: [TracedStep("add", "echo added >>world", undo: ": >world")], told: "`world` was old and is empty"),
        RollbackDefect(
            name: "loses what a step before it has put there",
            steps: [
                TracedStep("seed", "echo row >>rows", undo: ": >rows"),
                TracedStep("migrate", "echo column >>rows", undo: ": >rows", "capture: {ROWS: cat rows}"),
            ], head: "", told: "`migrate`: `ROWS` was row and is empty"),
        RollbackDefect(
            name: "depends on a variable that is not recorded",
            steps: [deploy(#"echo "$OLD_VERSION" >world"#)], variables: ["OLD_VERSION": "old"],
            told: "undoing `deploy` failed"),
        RollbackDefect(
            name: "depends on a variable that only a CI job has",
            steps: [deploy(#"echo "$GITHUB_OLD_VERSION" >world"#)], variables: ["GITHUB_OLD_VERSION": "old"],
            told: "undoing `deploy` failed"),
        RollbackDefect(
            name: "takes too long", steps: [deploy("{run: sleep 7333, timeout: 200ms}")],
            told: "it took longer than allowed"),
    ]
}

@Suite struct `A rehearsal finds a rollback that` {
    @Test(arguments: RollbackDefect.all)
    func `is wrong`(defect: RollbackDefect) throws {
        let project = try TraceProject(defect.steps, head: defect.head, variables: defect.variables)
        try project.scratch.write("old\n", to: "world")
        try project.scratch.write("", to: "rows")
        let answer = project.rehearse.run(
            [RehearseBinary.path, "run", "work", "-e", "test", "--rehearsal"] + (defect.isTwice ? ["--twice"] : []))
        #expect(answer.status == 4, "\(answer)")
        let record = try project.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(!record.settled)
        let rehearsed = try #require(record.rehearsed)
        #expect(!rehearsed.held)
        #expect(rehearsed.phase == .back)
        #expect(rehearsed.problem?.contains(defect.told) == true, "\(rehearsed.problem ?? "")")
        // Told on the screen, too, however the line is broken there.
        let shown = answer.error.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
        #expect(shown.contains(defect.told), "\(answer)")
        #expect(!answer.error.contains("\nagain "))
        #expect(project.run().status == 4, "nothing starts on an environment that a rehearsal left undone")
    }

    @Test func `works, and holds`() throws {
        let project = try TraceProject(
            [
                TracedStep(
                    "deploy", "cp world backup; echo new >world",
                    undo: "{run: test ! -e backup || mv backup world, verify: grep -q old world}",
                    "capture: {BEFORE: cat world}", "skip_if: grep -q new world")
            ], head: "fingerprint: {world: cat world}")
        try project.scratch.write("old\n", to: "world")
        let answer = project.run("--rehearsal", "--twice")
        #expect(answer.status == 0, "\(answer)")
        let back = try project.record().rehearsed?.step("deploy")?.back
        #expect(back?.verified == true)
        #expect(back?.stillDone == false)
        #expect(back?.differences == [])
    }
}
